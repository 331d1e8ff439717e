/// How the scalars of a tree are printed: what kustomize's passes make of each kind, and in which style.
enum PrintedScalar {
  /// Appends a scalar as `append` does, if it is one of those that need no more than a look.
  static func appendIfShort(
    _ node: NodeID, of tree: borrowing Tree, column: Int, to out: inout ByteBuffer
  ) -> Bool {
    let text = tree.text.span.extracting(tree.textRange(node))
    guard isOrdinary(text, tree[node]) || isDecimal(text, tree[node]),
      ScalarWriter.fits(text, column: column)
    else { return false }
    out.append(.space)
    out.append(text)
    out.append(.lineFeed)
    return true
  }

  /// Such a text is a string whether or not it is left to decide that.
  private static func isOrdinary(_ text: Span<UInt8>, _ node: Node) -> Bool {
    (node.tag == .string || node.tag == .unresolved)
      && node.flags.isDisjoint(with: [.literal, .folded]) && ScalarWriter.isOrdinary(text)
  }

  /// A number that is printed as it is written.
  private static func isDecimal(_ text: Span<UInt8>, _ node: Node) -> Bool {
    guard node.tag == .integer, node.flags.isDisjoint(with: [.quoted, .explicitTag]),
      text.count < 18, text.isDigit(at: 0), text[0] != UInt8(ascii: "0") || text.count == 1
    else { return false }
    return text.indices.allSatisfy { text.isDigit(at: $0) }
  }

  /// Appends a scalar with the space before it and the line feed behind it.
  static func append(
    _ node: NodeID, of tree: borrowing Tree, isInFlow: Bool, isBlock: Bool, indent: Int,
    column: Int, folds: Bool, to out: inout [UInt8]
  ) throws(Problem) {
    let text = tree.text.span.extracting(tree.textRange(node))
    if isOrdinary(text, tree[node]) {
      return ScalarWriter.appendOrdinaryValue(
        text, indent: indent, column: column, folds: folds, to: &out)
    }
    guard ScalarRepair.isReadable(text) else { throw .controlCharacter(at: tree.position(node)) }
    switch tree.meaning(of: node) {
    case .string, .custom, .merge, .unresolved:
      switch isBlock ? rereading(of: text, tree[node].flags) : .unchanged {
      case .unchanged:
        ScalarWriter.appendValue(text, indent: indent, column: column, folds: folds, to: &out)
      case .changed(let reread):
        ScalarWriter.appendValue(
          reread.span, indent: indent, column: column, folds: folds, to: &out)
      case .unreadable: throw .startsWithTab(at: tree.position(node))
      }
    case .null:
      // Between brackets go-yaml v3 prints an empty null as '', which it reads as text.
      let isText = isInFlow && tree.isWrittenAsNothing(node)
      out.append(word: isText ? " \"\"\n" : " null\n")
    case .bool:
      let isTrue = text.count > 0 && (text[0] == UInt8(ascii: "t") || text[0] == UInt8(ascii: "T"))
      out.append(word: isTrue ? " true\n" : " false\n")
    case .integer:
      out.append(UInt8(ascii: " "))
      _ = appendNormalizedInteger(text, to: &out)
      out.append(UInt8(ascii: "\n"))
    case .float:
      out.append(UInt8(ascii: " "))
      guard appendNormalizedFloat(text, to: &out) == .written else {
        throw .notFinite(tree.string(node), at: tree.position(node))
      }
      out.append(UInt8(ascii: "\n"))
    case .timestamp where isInFlow && text.contains(UInt8(ascii: ":")):
      // go-yaml v3 puts quotes around a colon between brackets, and so reads text.
      ScalarWriter.appendValue(text, indent: indent, column: column, folds: folds, to: &out)
    case .timestamp:
      var time: [UInt8] = []
      guard appendTimestampAsRFC3339(text, to: &time) else {
        throw .wrongTime(tree.string(node), at: tree.position(node))
      }
      ScalarWriter.appendValue(time.span, indent: indent, column: column, folds: folds, to: &out)
    case .binary:
      guard let bytes = decodeBase64(text) else { throw .invalidBase64(at: tree.position(node)) }
      ScalarWriter.appendValue(bytes.span, indent: indent, column: column, folds: folds, to: &out)
    case nil: throw .wrongTag(tree.string(node), at: tree.position(node))
    }
  }

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
