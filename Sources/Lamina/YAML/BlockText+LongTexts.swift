/// Texts over several lines, and single quotes in single quotes.
extension BlockText {
  /// Reads a value of which the first line is known.
  mutating func readText(
    _ first: Scalar, by reader: inout YAMLReader, into tree: inout Tree
  ) throws(Unusual) {
    switch first.ending {
    case .key: throw Unusual()
    case .complete: try take(first, by: &reader, into: &tree)
    case .line:
      guard let next = nextLine, next.byte != .hash else {
        return try take(first, by: &reader, into: &tree)
      }
      try readPlainLines(first, by: &reader, into: &tree)
    case .openQuote: try readQuotedLines(first, by: &reader, into: &tree)
    }
  }

  /// A line that a text may go on in.
  private struct Line {
    let number: Int
    let start: Int
    /// Its first byte that is no space.
    let byte: UInt8
    /// The blank lines in front of it.
    let blankLines: Int
  }

  /// The next line that is not blank, if it stands further to the right than the collection around it.
  private var nextLine: Line? {
    var (number, first) = (line + 1, end + 1)
    var blankLines = 0
    while first < text.count {
      let last = moveEnd(from: first)
      let spaces = leadingSpaces(from: first, to: last)
      if first + spaces < last {
        guard let column = collections.last?.column, spaces > column else { return nil }
        return Line(
          number: number, start: first, byte: text[first + spaces], blankLines: blankLines)
      }
      blankLines += 1
      (number, first) = (number + 1, last + 1)
    }
    return nil
  }

  /// Plain text goes on until a comment, or a line that is not indented.
  private mutating func readPlainLines(
    _ first: Scalar, by reader: inout YAMLReader, into tree: inout Tree
  ) throws(Unusual) {
    let place = place(first.start)
    var content = Array(text[first.content])
    while let next = nextLine, next.byte != .hash {
      goOn(to: next, &content)
      let part = try plain(at: firstNonSpace(from: start))
      content.append(contentsOf: Text(rebasing: text[part.content]))
      if part.ending == .key { throw Unusual() }
      if part.ending == .complete { break }
    }
    try give(content, .plain, at: place, to: &reader, &tree)
  }

  private mutating func readQuotedLines(
    _ first: Scalar, by reader: inout YAMLReader, into tree: inout Tree
  ) throws(Unusual) {
    let place = place(first.start)
    let quote = text[first.start]
    var content: [UInt8] = []
    var index = first.start + 1
    while true {
      while index < end {
        if text[index] == quote {
          guard index + 1 < end, text[index + 1] == quote else {
            try checkEnd(after: index + 1)
            return try give(content, first.style, at: place, to: &reader, &tree)
          }
          index += 1
        }
        content.append(text[index])
        index += 1
      }
      while content.last == .space { content.removeLast() }
      guard let next = nextLine else { throw Unusual() }
      goOn(to: next, &content)
      index = firstNonSpace(from: start)
    }
  }

  /// A line break is a space, and further ones are line feeds.
  private mutating func goOn(to next: Line, _ content: inout [UInt8]) {
    if next.blankLines == 0 {
      content.append(.space)
    } else {
      content.append(contentsOf: repeatElement(.lineFeed, count: next.blankLines))
    }
    moveToLine(next.number, at: next.start)
  }

  private func give(
    _ content: [UInt8], _ style: YAMLEvents.ScalarStyle, at place: Place,
    to reader: inout YAMLReader, _ tree: inout Tree
  ) throws(Unusual) {
    try content.withUnsafeBufferPointer { content throws(Unusual) in
      try reader.readPlain(content, style, at: place, &tree)
    }
  }
}
