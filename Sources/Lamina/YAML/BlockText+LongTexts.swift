/// Texts over several lines, and what is written in another way within quotes.
extension BlockText {
  /// Reads a value of which the first line is known.
  mutating func readText(
    _ first: BlockLine.Scalar, into tree: inout Tree
  ) throws(Unusual) {
    switch first.ending {
    case .key: throw Unusual()
    case .complete: addScalar(first, to: &tree)
    case .line:
      guard let next = following(), lines.text[next.first] != .hash else {
        return addScalar(first, to: &tree)
      }
      try readPlainLines(first, into: &tree)
    case .openQuote: try readQuotedLines(first, into: &tree)
    }
  }

  /// The next line that is not blank, if it stands further to the right than the collection around it.
  ///
  /// Nil ends a plain text, and is a mistake within quotes.
  private mutating func following() -> (line: BlockLine, first: Int)? {
    guard let column = collections.last?.column, let next = lines.content(from: line.number + 1),
      next.first - next.line.start > column
    else { return nil }
    return next
  }

  /// Plain text goes on until a comment, or a line that is not indented.
  private mutating func readPlainLines(
    _ first: BlockLine.Scalar, into tree: inout Tree
  ) throws(Unusual) {
    let (text, place) = (lines.text, line.place(first.start))
    let firstByte = content.count
    content.append(Text(rebasing: text[first.content]))
    while let next = following(), text[next.first] != .hash {
      goOn(in: next.line)
      let part = try line.plain(at: next.first)
      content.append(Text(rebasing: text[part.content]))
      if part.ending == .key { throw Unusual() }
      if part.ending == .complete { break }
    }
    addScalar(from: firstByte, .plain, at: place, to: &tree)
  }

  /// Reads text in quotes byte by byte, from its first line: what the first look has read is not
  /// used.
  private mutating func readQuotedLines(
    _ first: BlockLine.Scalar, into tree: inout Tree
  ) throws(Unusual) {
    let (text, place) = (lines.text, line.place(first.start))
    let isDouble = first.style == .doubleQuoted
    let quote = text[first.start]
    let firstByte = content.count
    // Spaces before this are no spaces at the end of a line.
    var kept = firstByte
    var index = first.start + 1
    while true {
      var escapesBreak = false
      while index < line.end {
        let byte = text[index]
        if isDouble, byte == .backslash {
          escapesBreak = index + 1 == line.end
          if !escapesBreak { content.append(try Self.escaped(text[index + 1])) }
          kept = content.count
          index += 2
          continue
        }
        if byte == quote {
          guard !isDouble, index + 1 < line.end, text[index + 1] == quote else {
            try line.checkEnd(after: index + 1)
            return addScalar(from: firstByte, first.style, at: place, to: &tree)
          }
          index += 1
        }
        content.append(byte)
        index += 1
      }
      while content.count > kept, content.bytes.last == .space { content.removeLast() }
      guard let next = following() else { throw Unusual() }
      goOn(in: next.line, isEscaped: escapesBreak)
      index = next.first
    }
  }

  /// What a backslash and another byte stand for within double quotes.
  private static func escaped(_ byte: UInt8) throws(Unusual) -> UInt8 {
    switch byte {
    case UInt8(ascii: "\""), .backslash, .space: return byte
    case UInt8(ascii: "n"): return .lineFeed
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "t"): return 0x09
    default: throw Unusual()
    }
  }

  /// A line break is a space, or nothing behind a backslash, and further ones are line feeds.
  private mutating func goOn(in next: BlockLine, isEscaped: Bool = false) {
    let blankLines = next.number - line.number - 1
    if blankLines == 0 {
      if !isEscaped { content.append(.space) }
    } else {
      for _ in 0..<blankLines { content.append(.lineFeed) }
    }
    line = next
  }
}
