/// Cuts a file into documents the way kyaml does, before any YAML is read.
///
/// kyaml cuts at every line that begins with `---`, wherever it stands, and reads only the first YAML
/// document of each piece (kio/byteio_reader.go `splitDocuments`). So a line `---` inside a quoted
/// scalar ends the document, and what follows `...` is never seen.
struct DocumentSplitter {
  /// A piece of the text, and the number of the line that it begins on (from 0).
  struct Piece {
    let range: Range<Int>
    let firstLine: Int
  }

  /// The pieces of a text whose CRLF have become LF.
  ///
  /// Throws where something else than a comment follows `---` on its line.
  static func pieces(
    of text: [UInt8], position: (_ line: Int) -> Position
  ) throws(Problem) -> [Piece] {
    var pieces: [Piece] = []
    var start = 0
    var startLine = 0
    var line = 0
    var index = 0
    while let feed = nextLineFeed(in: text, from: index) {
      line += 1
      index = feed + 1
      guard let end = endOfSeparator(in: text, at: index) else { continue }
      if let wrong = contentBehindSeparator(in: text, from: index + 3, to: end) {
        throw .invalidSeparator(
          String(decoding: text[index..<end], as: UTF8.self), at: position(line),
          column: wrong - index)
      }
      // The line feed before the separator stays: it may belong to a block scalar.
      pieces.append(Piece(range: start..<(feed + 1), firstLine: startLine))
      start = end + 1
      line += 1
      startLine = line
      index = start
    }
    pieces.append(Piece(range: start..<text.count, firstLine: startLine))
    return pieces
  }

  private static func nextLineFeed(in text: [UInt8], from start: Int) -> Int? {
    text.withUnsafeBufferPointer { ByteScan($0).first(0x0A, from: start) }
  }

  /// The place of the line feed that ends a separator line beginning here.
  private static func endOfSeparator(in text: [UInt8], at index: Int) -> Int? {
    guard index + 3 < text.count, text[index] == 0x2D, text[index + 1] == 0x2D,
      text[index + 2] == 0x2D
    else { return nil }
    return nextLineFeed(in: text, from: index + 3)
  }

  private static func contentBehindSeparator(in text: [UInt8], from start: Int, to end: Int) -> Int?
  {
    let blanks: ClosedRange<UInt8> = 0x09...0x0D
    let content = text[start..<end].firstIndex { $0 != 0x20 && !blanks.contains($0) }
    return content.flatMap { text[$0] == 0x23 ? nil : $0 }
  }
}

extension Problem {
  fileprivate static func invalidSeparator(
    _ line: String, at position: Position, column: Int
  ) -> Problem {
    Problem(
      .malformedYAML, "invalid document separator: \(line)",
      at: Position(raw: position.raw &+ UInt32(truncatingIfNeeded: column)),
      hint: "only a comment may follow ---")
  }
}
