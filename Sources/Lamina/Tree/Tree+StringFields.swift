/// Writing text into the fields that a walk has found.
extension Tree {
  /// Replaces the text of a scalar.
  ///
  /// Throws where the field holds a mapping or a list. `tag` is what kustomize's setter would give
  /// the value: `unresolved` lets the new text decide whether it is a string or a number.
  mutating func write(
    _ text: String, tag: ScalarTag, to node: NodeID, at position: Position
  ) throws(Problem) {
    guard shape(node) == .scalar else { throw .notAScalar(at: self.position(node)) }
    setScalar(node, text, tag: tag, at: position)
  }

  /// Sets a field to a text without a tag, so that the text and the style of the field decide what
  /// it is (kyaml fns.go `FieldSetter`).
  ///
  /// A field that is there keeps its style. A new one is put in quotes where a reader of YAML 1.1
  /// would not take the text for a string.
  mutating func setText(_ key: Symbol, _ text: Symbol, of mapping: NodeID, at position: Position) {
    let bytes = Array(symbols.bytes(text))
    if let known = field(key, of: mapping) {
      return setScalar(known, bytes.span, tag: .unresolved, at: position)
    }
    let flags: Node.Flags = ScalarTag.isOtherTypeInYAML11(bytes.span) ? .quoted : []
    let node = addScalar(bytes.span, tag: .unresolved, flags: flags, at: position)
    appendField(key, node, to: mapping)
  }

  /// Sets an entry of a mapping of strings, and returns it if it is new.
  ///
  /// A null mapping that nobody was to make stays as it is.
  mutating func setStringEntry(
    _ key: Symbol, _ value: String, of mapping: NodeID, at position: Position
  ) throws(Problem) -> NodeID? {
    if isNull(mapping) { return nil }
    guard shape(mapping) == .mapping else { throw .notAMapping(at: self.position(mapping)) }
    if let known = field(key, of: mapping) {
      setScalar(known, value, tag: .string, at: position)
      return nil
    }
    let entry = addScalar(value, tag: .string, at: position)
    appendField(key, entry, to: mapping)
    return entry
  }
}

extension Problem {
  static func notAScalar(at position: Position) -> Problem {
    Problem(.invalidTransformation, "expected a scalar here, not a collection", at: position)
  }

  static func notAMapping(at position: Position) -> Problem {
    Problem(.invalidTransformation, "expected a mapping here", at: position)
  }
}
