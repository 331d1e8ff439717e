/// Merge keys: `<<` puts the fields of other mappings into one.
extension Tree {
  /// Works the value of `<<` into its mapping: own fields win, then the sources in their order
  /// (kyaml rnode.go `mergeAll`).
  ///
  /// - Parameters:
  ///   - value: a mapping or a list of them; aliases have been replaced by copies.
  ///   - isStrict: a field that is there already is an error.
  mutating func mergeFields(
    of value: NodeID, into mapping: NodeID, isStrict: Bool = false
  ) throws(Problem) {
    let sources: [NodeID]
    switch shape(value) {
    case .mapping: sources = [value]
    case .sequence: sources = children(of: value)
    case .scalar: throw .invalidMerge(at: position(value))
    }
    var known: Set<Symbol> = []
    for child in children(of: mapping) { known.insert(key(child)) }
    for source in sources {
      guard shape(source) == .mapping else { throw .invalidMerge(at: position(source)) }
      for field in children(of: source) {
        if known.insert(key(field)).inserted {
          append(try copy(field, for: position(value)), to: mapping)
        } else if isStrict {
          throw .mergedTwice(symbols.string(key(field)), at: position(mapping))
        }
      }
    }
  }

  /// Works in all merge keys that a reader has left as they are (`YAMLReader.markedDocument`).
  ///
  /// Inner mappings come first, as a source may itself have a merge key.
  mutating func resolveMergeKeys(below node: NodeID) throws(Problem) {
    try stack.check(at: position(node))
    for child in children(of: node) { try resolveMergeKeys(below: child) }
    guard shape(node) == .mapping else { return }
    let values = children(of: node).filter {
      key($0) == .mergeKey && self[$0].flags.contains(.keyIsPlain)
    }
    guard let value = values.first else { return }
    if values.count > 1 { throw .duplicateMergeKey(at: position(node)) }
    removeChildren(of: node) { $1 == value }
    try mergeFields(of: value, into: node)
  }
}

extension Problem {
  static func duplicateMergeKey(at position: Position) -> Problem {
    Problem(.duplicateMergeKey, "duplicate merge key", at: position)
  }

  fileprivate static func mergedTwice(_ key: String, at position: Position) -> Problem {
    Problem(
      .mergeKeyRepeatsField, "key \"\(key)\" already set in map: a merge key brings it as well",
      at: position)
  }

  fileprivate static func invalidMerge(at position: Position) -> Problem {
    Problem(
      .invalidMergeKey, "map merge requires map or sequence of maps as the value", at: position)
  }
}
