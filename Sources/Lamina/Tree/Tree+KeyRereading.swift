/// What printing and reading does to keys that are printed as blocks.
extension Tree {
  /// What becomes of the key of a field when go-yaml v3 prints it outside of brackets and reads it again.
  ///
  /// A key of several lines, or of more than 128 bytes, stands behind `?`, where it is a block if a file has it as
  /// one. So is a key with line feeds that kyaml has made, for it has no quotes: that of an annotation which a step
  /// wrote, or of any field after a patch of JSON. Of these the reader refuses what begins with a tab, as it does with
  /// values (`BlockRereading`).
  func rereading(ofKeyOf field: NodeID) -> BlockRereading.Outcome {
    let flags = self[field].flags
    guard flags.isDisjoint(with: [.keyIsSingleQuoted, .keyIsDoubleQuoted]) else {
      return .unchanged
    }
    return symbols.withBytes(of: key(field)) { text in
      guard !text.isEmpty, !ScalarWriter.isSimpleKey(text) else { return .unchanged }
      let isFolded = flags.contains(.keyIsFolded)
      guard isFolded || flags.contains(.keyIsLiteral) || text.contains(UInt8(ascii: "\n")) else {
        return .unchanged
      }
      return BlockRereading.outcome(of: text, isFolded: isFolded)
    }
  }

  /// Gives a key the text that is read again after it was printed.
  ///
  /// - Parameter id: the problem of a key that cannot be read again.
  mutating func rereadKey(of field: NodeID, else id: DiagnosticID) throws(Problem) {
    switch rereading(ofKeyOf: field) {
    case .unchanged: break
    case .changed(let text):
      setKey(symbols.intern(text.span), writtenAs: .keyIsLiteral, of: field)
    case .unreadable:
      throw .keyStartsWithTab(id, symbols.string(key(field)), at: position(field))
    }
  }
}

extension Problem {
  fileprivate static func keyStartsWithTab(
    _ id: DiagnosticID, _ key: String, at position: Position
  ) -> Problem {
    Problem(
      id,
      "a key that begins with a tab, and has several lines or more than 128 bytes, cannot be printed",
      at: position, hint: "kustomize fails here as well; put no tab at the beginning of the key"
    ).atKey(key)
  }
}
