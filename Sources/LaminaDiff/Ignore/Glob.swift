/// A text in which `*` stands for any run of characters, also none; `\*` is a star.
struct Glob: Sendable, Equatable {
  /// What must stand between the stars, by bytes.
  private var pieces: [[UInt8]] = [[]]

  init(_ text: String) {
    var rest = Substring(text).utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "*"): pieces.append([])
      case UInt8(ascii: "\\"): append(rest.popFirst() ?? byte)
      default: append(byte)
      }
    }
  }

  private mutating func append(_ byte: UInt8) { pieces[pieces.count - 1].append(byte) }

  func matches(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = pieces.first, let last = pieces.last else { return bytes.isEmpty }
    if pieces.count == 1 { return bytes == first }
    guard bytes.count >= first.count + last.count, bytes.starts(with: first),
      bytes.suffix(last.count).elementsEqual(last)
    else { return false }
    // What is between the first and the last piece is taken as early as it can be had.
    var rest = bytes[first.count..<(bytes.count - last.count)]
    for piece in pieces.dropFirst().dropLast() {
      guard let end = Self.end(of: piece, in: rest) else { return false }
      rest = rest[end...]
    }
    return true
  }

  private static func end(of piece: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
    var start = text.startIndex
    while text.endIndex - start >= piece.count {
      if text[start...].starts(with: piece) { return start + piece.count }
      start += 1
    }
    return nil
  }
}
