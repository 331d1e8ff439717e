/// What kustomize's passes make of a scalar: what it is in the end, and its text.
enum SettledScalar {
  /// The tag of a scalar that is printed as it is written, which most are; nil for all others.
  ///
  /// `tag` says the same with more work.
  ///
  /// It answers for plain words and short decimal numbers, without copying their text.
  /// `SettlingTests` compares the two.
  @inline(__always)
  static func tagIfShort(_ node: NodeID, of tree: borrowing Tree) -> ScalarTag? {
    let text = tree.text.span.extracting(tree.textRange(node))
    if isOrdinary(text, tree[node]) { return .string }
    return isDecimal(text, tree[node]) ? .integer : nil
  }

  /// Such a text is a string whether or not it is left to decide that.
  ///
  /// A block has more to it than its text.
  private static func isOrdinary(_ text: Span<UInt8>, _ node: Node) -> Bool {
    (node.tag == .string || node.tag == .unresolved)
      && node.flags.isDisjoint(with: [.literal, .folded]) && ScalarWriter.isOrdinary(text)
  }

  /// A number that is printed as it is written.
  ///
  /// Fewer than 18 digits fit into 64 bits, and no sign, leading zero or exponent would be written
  /// differently.
  private static func isDecimal(_ text: Span<UInt8>, _ node: Node) -> Bool {
    guard node.tag == .integer, node.flags.isDisjoint(with: [.quoted, .explicitTag]),
      text.count < 18, text.isDigit(at: 0), text[0] != UInt8(ascii: "0") || text.count == 1
    else { return false }
    return text.indices.allSatisfy { text.isDigit(at: $0) }
  }

  /// Whether a scalar is a string whose text comes through as it is. `tag` says the same with a copy of the text,
  /// which may be megabytes.
  static func keepsText(
    _ node: NodeID, of tree: borrowing Tree, isBlock: Bool
  ) throws(Problem) -> Bool {
    guard tree[node].tag == .string else { return false }
    let text = tree.text.span.extracting(tree.textRange(node))
    guard ScalarRepair.isReadable(text) else { throw .controlCharacter(at: tree.position(node)) }
    guard isBlock else { return true }
    if case .unchanged = rereading(of: text, tree[node].flags) { return true }
    return false
  }

  /// What a scalar is: a string, null, a boolean, an integer or a float.
  ///
  /// - Parameters:
  ///   - isInFlow: it stands between brackets or braces.
  ///   - isBlock: a block is printed and read as one.
  ///   - out: gets the text.
  static func tag(
    _ node: NodeID, of tree: borrowing Tree, isInFlow: Bool, isBlock: Bool, text out: inout [UInt8]
  ) throws(Problem) -> ScalarTag {
    let text = tree.text.span.extracting(tree.textRange(node))
    guard ScalarRepair.isReadable(text) else { throw .controlCharacter(at: tree.position(node)) }
    switch tree.meaning(of: node) {
    case .string, .custom, .merge, .unresolved:
      switch isBlock ? rereading(of: text, tree[node].flags) : .unchanged {
      case .unchanged: out.append(bytesOf: text)
      case .changed(let reread): out += reread
      case .unreadable: throw .startsWithTab(at: tree.position(node))
      }
      return .string
    case .null:
      // Between brackets go-yaml v3 prints an empty null as '', which it reads as text.
      if isInFlow && tree.isWrittenAsNothing(node) { return .string }
      out.append(word: "null")
      return .null
    case .bool:
      let isTrue = text.count > 0 && (text[0] == UInt8(ascii: "t") || text[0] == UInt8(ascii: "T"))
      out.append(word: isTrue ? "true" : "false")
      return .bool
    case .integer:
      _ = appendNormalizedInteger(text, to: &out)
      return .integer
    case .float:
      guard appendNormalizedFloat(text, to: &out) == .written else {
        throw .notFinite(tree.string(node), at: tree.position(node))
      }
      return .float
    case .timestamp where isInFlow && text.contains(UInt8(ascii: ":")):
      // go-yaml v3 puts quotes around a colon between brackets, and so reads text.
      out.append(bytesOf: text)
      return .string
    case .timestamp:
      guard appendTimestampAsRFC3339(text, to: &out) else {
        throw .wrongTime(tree.string(node), at: tree.position(node))
      }
      return .string
    case .binary:
      guard let bytes = decodeBase64(text) else { throw .invalidBase64(at: tree.position(node)) }
      out += bytes
      return .string
    case nil: throw .wrongTag(tree.string(node), at: tree.position(node))
    }
  }

  /// What printing and reading does to a block; other texts come through unchanged.
  private static func rereading(
    of text: Span<UInt8>, _ flags: Node.Flags
  ) -> BlockRereading.Outcome {
    if !flags.isDisjoint(with: [.literal, .folded]) {
      return BlockRereading.outcome(of: text, isFolded: flags.contains(.folded))
    }
    // Text of several lines that is not in quotes is printed as a literal.
    if flags.contains(.quoted) || !text.contains(UInt8(ascii: "\n")) { return .unchanged }
    return BlockRereading.outcome(of: text, isFolded: false)
  }
}

extension Problem {
  static func controlCharacter(at position: Position) -> Problem {
    Problem(
      .printedControlCharacter, "text with control characters cannot be printed", at: position,
      hint: "kustomize fails here as well: DEL, U+0080 to U+009F, U+FFFE and U+FFFF are not allowed"
    )
  }

  fileprivate static func startsWithTab(at position: Position) -> Problem {
    Problem(
      .printedTextStartsWithTab, "text of several lines that begins with a tab cannot be printed",
      at: position, hint: "kustomize fails here as well; put a line break in front")
  }

  fileprivate static func invalidBase64(at position: Position) -> Problem {
    Problem(.printedBase64Invalid, "!!binary value contains invalid base64 data", at: position)
  }

  fileprivate static func wrongTag(_ text: String, at position: Position) -> Problem {
    Problem(.printedTagWrong, "cannot read `\(text)` as what its tag says", at: position)
  }

  fileprivate static func wrongTime(_ text: String, at position: Position) -> Problem {
    Problem(
      .printedTimeWrong, "`\(text)` is a time with a zone of a day or more, which JSON cannot hold",
      at: position, hint: "write it in quotes if it is meant as text")
  }

  fileprivate static func notFinite(_ text: String, at position: Position) -> Problem {
    Problem(
      .printedNumberNotFinite, "`\(text)` is not a number that JSON can hold", at: position,
      hint: "write it in quotes if it is meant as text")
  }
}
