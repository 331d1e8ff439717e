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

  /// The pieces of a text.
  ///
  /// Throws where something else than a comment follows `---` on its line.
  static func pieces(
    of text: DocumentText, position: (_ line: Int) -> Position
  ) throws(Problem) -> [Piece] {
    var pieces: [Piece] = []
    var start = 0
    var startLine = 0
    var line = 1
    // A separator has a line feed, and so a line behind it.
    while line + 1 < text.lineStarts.count {
      let (index, next) = (Int(text.lineStarts[line]), Int(text.lineStarts[line + 1]))
      guard next - index > 3, isSeparator(text.bytes, at: index) else {
        line += 1
        continue
      }
      if let wrong = contentBehindSeparator(in: text.bytes, from: index + 3, to: next - 1) {
        throw .invalidSeparator(
          String(decoding: text.bytes[index..<(next - 1)], as: UTF8.self), at: position(line),
          column: wrong - index)
      }
      // The line feed before the separator stays: it may belong to a block scalar.
      pieces.append(Piece(range: start..<index, firstLine: startLine))
      start = next
      startLine = line + 1
      // The line behind a separator is none, whatever stands there.
      line += 2
    }
    pieces.append(Piece(range: start..<text.bytes.count, firstLine: startLine))
    return pieces
  }

  /// The piece that a line stands in; of a separator, the piece before it.
  static func index(ofLine line: Int, in pieces: [Piece]) -> Int {
    var (low, high) = (0, pieces.count)
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].firstLine > line { high = middle } else { low = middle + 1 }
    }
    return low - 1
  }

  /// The line is longer than three bytes (checked by the caller).
  private static func isSeparator(_ text: [UInt8], at index: Int) -> Bool {
    text[index] == 0x2D && text[index + 1] == 0x2D && text[index + 2] == 0x2D
  }

  /// Where something other than white space or a comment stands; nil if nothing does. The white
  /// space is Go's `strings.TrimSpace` for ASCII.
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
      .invalidDocumentSeparator, "invalid document separator: \(line)",
      at: Position(raw: position.raw &+ UInt32(truncatingIfNeeded: column)),
      hint: "only a comment may follow ---")
  }
}
