internal import Lamina
internal import LaminaSyntax

/// What the character of a position counts.
enum PositionEncoding: String, Sendable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
}

/// A place as the protocol has it: line and character count from 0.
struct TextPosition: Equatable, Sendable {
  var line: Int
  var character: Int

  static let start = TextPosition(line: 0, character: 0)
}

/// The lines of a text, and the only place where bytes become positions and back.
///
/// The protocol's lines end with LF, CR or both; those of messages where YAML 1.1 ends them as well.
struct TextLines: Sendable {
  let bytes: [UInt8]
  /// The first byte of each line.
  private let starts: [Int]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 13, index < bytes.count, bytes[index] == 10 { index += 1 }
      if byte == 13 || byte == 10 { starts.append(index) }
    }
    self.starts = starts
  }

  /// Where a line ends, without its break.
  private func end(ofLine line: Int) -> Int {
    guard line + 1 < starts.count else { return bytes.count }
    var end = starts[line + 1]
    while end > starts[line], bytes[end - 1] == 10 || bytes[end - 1] == 13 { end -= 1 }
    return end
  }

  /// The byte at a position. One behind the end of a line or of the text is the end there, as the protocol has it.
  func offset(of position: TextPosition, _ encoding: PositionEncoding) -> Int {
    guard position.line >= 0 else { return 0 }
    guard position.line < starts.count else { return bytes.count }
    let end = end(ofLine: position.line)
    var index = starts[position.line]
    var left = max(position.character, 0)
    while index < end, left > 0 {
      left -= Self.units(bytes[index], encoding)
      index += 1
      while index < end, bytes[index] & 0xC0 == 0x80 {
        left -= Self.units(bytes[index], encoding)
        index += 1
      }
    }
    return index
  }

  /// The position of a byte.
  func position(of offset: Int, _ encoding: PositionEncoding) -> TextPosition {
    let offset = min(max(offset, 0), bytes.count)
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    var character = 0
    for index in starts[low]..<max(offset, starts[low]) {
      character += Self.units(bytes[index], encoding)
    }
    return TextPosition(line: low, character: character)
  }

  /// How many units a byte adds: in UTF-16 the first byte of a character counts for all of it.
  private static func units(_ byte: UInt8, _ encoding: PositionEncoding) -> Int {
    if encoding == .utf8 { return 1 }
    if byte & 0xC0 == 0x80 { return 0 }
    return byte >= 0xF0 ? 2 : 1
  }

  /// The byte at a place of a message, whose column counts characters.
  func offset(of place: Diagnostic.Location) -> Int {
    var (line, index, start, before) = (1, 0, 0, 0)
    while line < place.line, index < bytes.count {
      let length = LineEnd.length(in: bytes, at: index)
      index += max(length, 1)
      if length > 0 { (line, before, start) = (line + 1, start, index) }
    }
    var left = place.column - 1
    index = max(index, firstColumn(ofLineAt: start, behind: before))
    while index < bytes.count, left > 0, LineEnd.length(in: bytes, at: index) == 0 {
      index += 1
      while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
      left -= 1
    }
    return index
  }

  /// The line and the column of a byte as messages count them, from 1.
  func place(of offset: Int) -> (line: Int, column: Int) {
    var (line, index, start, before) = (1, 0, 0, 0)
    while index < min(offset, bytes.count) {
      let length = LineEnd.length(in: bytes, at: index)
      index += max(length, 1)
      if length > 0, index <= offset { (line, before, start) = (line + 1, start, index) }
    }
    start = firstColumn(ofLineAt: start, behind: before)
    let characters = bytes[start..<min(max(offset, start), bytes.count)].count { $0 & 0xC0 != 0x80 }
    return (line, characters + 1)
  }

  /// Where messages count the columns of a line from: the mark in front of a file or of a document is no character of
  /// its line (`SourceFile.firstColumn`).
  private func firstColumn(ofLineAt start: Int, behind before: Int) -> Int {
    guard bytes[min(start, bytes.count)...].starts(with: [0xEF, 0xBB, 0xBF]),
      start == 0 || bytes[before...].starts(with: "---".utf8)
    else { return start }
    return start + 3
  }

  /// Where the text of the line ends that holds a byte.
  func endOfText(onLineOf offset: Int) -> Int {
    var end = min(max(offset, 0), bytes.count)
    while end < bytes.count, LineEnd.length(in: bytes, at: end) == 0 { end += 1 }
    while end > offset, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    return end
  }
}
