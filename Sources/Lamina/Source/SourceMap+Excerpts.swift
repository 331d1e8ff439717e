/// The line of a message, as much of it as messages show.
///
/// Hundreds of findings may be about one line of megabytes, and each keeps its excerpt: of a long line that is what
/// stands around the place in question.
struct LineExcerpt: Equatable {
  let text: String
  /// How many characters of the line stand before the text; -1 where it begins with a byte-order mark, which is none.
  fileprivate(set) var start: Int

  /// Lines of no more bytes are whole.
  static let longestWhole = 4096
  /// As many characters are kept before the place, and behind it. No terminal shows more of a line (`Excerpt`).
  static let reach = 1200

  /// - Parameters:
  ///   - line: its bytes.
  ///   - column: the character in question, counted from 0.
  ///   - isASCII: each byte is a character.
  init(of line: ArraySlice<UInt8>, around column: Int, isASCII: Bool) {
    if line.count <= Self.longestWhole {
      (text, start) = (String(decoding: line, as: UTF8.self), 0)
      return
    }
    let skipped = max(column - Self.reach, 0)
    let (first, count) = Self.advance(from: line.startIndex, in: line, by: skipped, isASCII)
    let last = Self.advance(from: first, in: line, by: 2 * Self.reach, isASCII).offset
    text = String(decoding: line[first..<last], as: UTF8.self)
    start = count
  }

  /// The byte that stands so many characters behind another one, or the end; and how many there were.
  private static func advance(
    from offset: Int, in line: ArraySlice<UInt8>, by count: Int, _ isASCII: Bool
  ) -> (offset: Int, count: Int) {
    if isASCII {
      let end = min(offset + count, line.endIndex)
      return (end, end - offset)
    }
    var (offset, left) = (offset, count)
    while offset < line.endIndex, left > 0 {
      offset += 1
      while offset < line.endIndex, line[offset] & 0xC0 == 0x80 { offset += 1 }
      left -= 1
    }
    return (offset, count - left)
  }
}

extension SourceMap {
  /// What a message shows of the line of a position.
  func excerpt(at position: Position) -> LineExcerpt? {
    let position = visible(position)
    guard let file = file(of: position), let place = place(of: position) else { return nil }
    let whole = wholeFile(of: file)
    let line = place.line - 1 - whole.firstLine
    guard whole.lineStarts.indices.contains(line) else { return nil }
    var excerpt: LineExcerpt
    if hidesSecrets, let masked = secrets(of: whole).masked(line) {
      let bytes = Array(masked.utf8)
      excerpt = LineExcerpt(
        of: bytes[...], around: min(place.column - 1, bytes.count), isASCII: false)
    } else {
      excerpt = LineExcerpt(
        of: whole.line(line), around: place.column - 1,
        isASCII: whole.text.lines.isPrintableASCII)
    }
    // Of a long line the text begins behind the mark, or the mark is a character more before the place.
    if whole.firstColumn(ofLine: line) != Int(whole.lineStarts[line]) { excerpt.start -= 1 }
    return excerpt
  }
}
