/// Where the lines of a text begin and end. Only LF ends a line here, so that CR stays with its line.
struct TextLines {
  let bytes: [UInt8]

  private static let lineFeed = UInt8(ascii: "\n")

  /// The beginning of the line that holds a place.
  ///
  /// A byte-order mark is in front of the first line, and no column.
  func start(of offset: Int) -> Int {
    let start = bytes[..<offset].lastIndex(of: Self.lineFeed).map { $0 + 1 } ?? 0
    let hasMark = start == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF])
    return hasMark ? min(3, offset) : start
  }

  /// The beginning of the line behind a place, or the end of the text.
  func next(after offset: Int) -> Int {
    bytes[offset...].firstIndex(of: Self.lineFeed).map { $0 + 1 } ?? bytes.count
  }

  /// The number of characters in front of a place on its line.
  func column(of offset: Int) -> Int {
    bytes[start(of: offset)..<offset].count { $0 & 0xC0 != 0x80 }
  }

  /// Only blanks stand in front of a place on its line.
  ///
  /// So a line can be inserted before, or the whole line be removed.
  func isFirst(_ offset: Int) -> Bool { bytes[start(of: offset)..<offset].allSatisfy(Self.isBlank) }

  /// Only blanks, or a comment, stand behind a place on its line.
  func isLast(_ offset: Int) -> Bool {
    let rest = bytes[offset..<next(after: offset)].drop(while: Self.isBlank)
    return rest.isEmpty || rest.first == UInt8(ascii: "#") || rest.first == UInt8(ascii: "\r")
      || rest.first == Self.lineFeed
  }

  /// The line that begins at a place holds nothing.
  func isEmpty(lineAt start: Int) -> Bool {
    bytes[start..<next(after: start)].allSatisfy {
      Self.isBlank($0) || $0 == Self.lineFeed || $0 == UInt8(ascii: "\r")
    }
  }

  /// The text ends with a line break, or is empty.
  var endsWithLineBreak: Bool { bytes.isEmpty || bytes.last == Self.lineFeed }

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}
