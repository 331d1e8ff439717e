/// Writing text into the fields that a walk has found.
extension Tree {
  /// Replaces the text of a scalar.
  ///
  /// Throws where the field holds a mapping or a list. `tag` is what kustomize's setter would give
  /// the value: `unresolved` lets the new text decide whether it is a string or a number.
  mutating func write(
    _ text: String, tag: ScalarTag, to node: NodeID, by writer: Writer
  ) throws(Problem) {
    let bytes = Array(text.utf8)
    try write(bytes.span, tag: tag, to: node, by: writer)
  }

  mutating func write(
    _ text: Span<UInt8>, tag: ScalarTag, to node: NodeID, by writer: Writer
  ) throws(Problem) {
    guard shape(node) == .scalar else { throw .notAScalar(at: self.position(node)) }
    setScalar(node, text, tag: tag, by: writer)
    try checkSize(at: ledger.position(of: writer))
  }

  /// Sets a field to a text without a tag, so that the text and the style of the field decide what
  /// it is (kyaml fns.go `FieldSetter`).
  ///
  /// A field that is there keeps its style. A new one is put in quotes where a reader of YAML 1.1
  /// would not take the text for a string.
  ///
  /// - Parameter place: where the text may stand already; it is not put behind all text then.
  mutating func setText(
    _ key: Symbol, _ text: Symbol, of mapping: NodeID, by writer: Writer,
    standingAt place: TextPlace? = nil
  ) {
    if let known = field(key, of: mapping) {
      return setScalar(known, text, standingAt: place, tag: .unresolved, by: writer)
    }
    let isText = symbols.withBytes(of: text) { !ScalarTag.isOtherTypeInYAML11($0) }
    let node = addScalar("", tag: .unresolved, by: writer)
    setScalar(node, text, tag: .unresolved, by: writer)
    if !isText { self[writing: node].flags = .quoted }
    appendField(key, node, to: mapping)
  }

  /// Sets an entry of a mapping of strings, and returns it if it is new.
  ///
  /// A null mapping that nobody was to make stays as it is.
  mutating func setStringEntry(
    _ key: Symbol, _ value: String, of mapping: NodeID, by writer: Writer
  ) throws(Problem) -> NodeID? {
    let bytes = Array(value.utf8)
    return try setStringEntry(key, bytes.span, of: mapping, by: writer)
  }

  mutating func setStringEntry(
    _ key: Symbol, _ value: Span<UInt8>, of mapping: NodeID, by writer: Writer
  ) throws(Problem) -> NodeID? {
    if isNull(mapping) { return nil }
    guard shape(mapping) == .mapping else { throw .notAMapping(at: self.position(mapping)) }
    try checkSize(at: ledger.position(of: writer))
    if let known = field(key, of: mapping) {
      setScalar(known, value, tag: .string, by: writer)
      return nil
    }
    let entry = addScalar(value, tag: .string, by: writer)
    appendField(key, entry, to: mapping)
    return entry
  }
}

extension Tree {
  /// The entries of a mapping of strings; of a key that stands twice, the last. Values that are not
  /// scalars count as empty, as kyaml's getters have it.
  ///
  /// A list is read as keys and values in turn (kyaml/yaml/rnode.go `visitFieldsWhileTrue`), of which the
  /// last key has no entry where it has no value.
  mutating func stringEntries(of mapping: NodeID?) -> [Symbol: NodeID] {
    guard let mapping else { return [:] }
    let children = children(of: mapping)
    var result: [Symbol: NodeID] = [:]
    switch shape(mapping) {
    case .scalar: break
    case .mapping:
      for child in children { result[key(child)] = child }
    case .sequence:
      for index in stride(from: 1, to: children.count, by: 2) {
        result[symbol(of: children[index - 1])] = children[index]
      }
    }
    return result
  }

  /// Whether a list cannot be read as keys and values, because the last key has no value. kustomize
  /// crashes there.
  func hasKeyWithoutValue(_ list: NodeID) -> Bool {
    shape(list) == .sequence && !count(of: list).isMultiple(of: 2)
  }

  /// Puts a mapping of these strings, or none, in the place of a field (kyaml/yaml/rnode.go
  /// `setMapInMetadata`).
  ///
  /// Where the file has the key several times, the first field goes and the second one gets the entries on
  /// top of its own. A second field that is null takes none.
  mutating func replaceStringEntries(
    _ field: Symbol, _ entries: [Symbol: NodeID], of parent: NodeID
  ) throws(Problem) {
    let writer = self.field(field, of: parent).map { self.writer($0) } ?? .none
    removeField(field, of: parent)
    if entries.isEmpty { return }
    let mapping: NodeID
    if let second = self.field(field, of: parent) {
      mapping = second
    } else {
      mapping = addMapping(by: writer)
      self[writing: mapping].flags.insert(.remade)
      appendField(field, mapping, to: parent)
    }
    let keys = entries.keys.sorted { symbols.precedes($0, $1) }
    for (key, value) in keys.compactMap({ key in entries[key].map { (key, $0) } }) {
      let text = Array(bytes(value))
      let entry = try setStringEntry(key, text.span, of: mapping, by: self.writer(value))
      if let entry {
        self[writing: entry].flags.formUnion(flags(ofNewString: text.span).union(.remade))
      }
    }
  }
}

extension Problem {
  static func notAScalar(at position: Position) -> Problem {
    Problem(.valueNotAScalar, "expected a scalar here, not a collection", at: position)
  }

  /// - Parameter field: what should be a mapping of strings, and is a list.
  static func listInsteadOfMapping(_ field: StaticString, at position: Position) -> Problem {
    Problem(.listInsteadOfMapping, "\(field) must be a mapping, not a list", at: position)
  }

  static func notAMapping(at position: Position) -> Problem {
    Problem(.valueNotAMapping, "expected a mapping here", at: position)
  }
}
