/// Where what stands at a position ends.
///
/// Nodes know where they begin (see `Node`). A message that shows a range finds the end in the text:
/// that of the key or scalar that begins at the position, as far as it stands on one line.
extension SourceMap {
  /// The place behind the key or scalar at a position; nil where the build made the value itself.
  func end(of position: Position) -> Place? {
    guard let file = file(of: position), let start = place(of: position),
      let offset = byteOffset(of: position)
    else { return nil }
    let line = file.bytes[offset...].prefix { $0 != 0x0A && $0 != 0x0D }
    let lineStart = Int(file.lineStarts[start.line - 1 - file.firstLine])
    let isInBrackets = SourceToken.endsInBrackets(file.bytes[lineStart..<offset])
    let token = SourceToken.first(of: line, isInBrackets: isInBrackets)
    let characters = String(decoding: token, as: UTF8.self).unicodeScalars.count
    return Place(path: start.path, line: start.line, column: start.column + characters)
  }

  /// The byte of a position in its file. Positions count characters in a line.
  func byteOffset(of position: Position) -> Int? {
    guard let (index, line, column) = textPlace(of: position) else { return nil }
    let file = files[index]
    var offset = Int(file.lineStarts[line])
    var left = column
    while offset < file.bytes.count, left > 0 || isContinuation(file.bytes[offset]) {
      if !isContinuation(file.bytes[offset]) { left -= 1 }
      offset += 1
    }
    return offset
  }

  private func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}

/// One key, scalar or bracketed value in a line of YAML.
enum SourceToken {
  /// The token that a line begins with.
  ///
  /// - Parameter isInBrackets: the line goes on inside `[]` or `{}`, where a comma ends a token.
  static func first(of line: ArraySlice<UInt8>, isInBrackets: Bool) -> ArraySlice<UInt8> {
    guard let byte = line.first else { return line }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return quoted(line)
    case UInt8(ascii: "["), UInt8(ascii: "{"): return bracketed(line)
    case UInt8(ascii: "|"), UInt8(ascii: ">"): return line.prefix { $0 != UInt8(ascii: " ") }
    case UInt8(ascii: "-") where line.dropFirst().first.map { $0 == 0x20 } ?? true:
      return line.prefix(1)
    default: return plain(line, isInBrackets: isInBrackets)
    }
  }

  /// Whether brackets are open at the end of a piece of a line.
  static func endsInBrackets(_ text: ArraySlice<UInt8>) -> Bool {
    var depth = 0
    var rest = text
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        rest = rest.dropFirst(quoted(rest).count)
        continue
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: break
      }
      rest = rest.dropFirst()
    }
    return depth > 0
  }

  private static func quoted(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let quote = line.first else { return line }
    var index = line.startIndex + 1
    while index < line.endIndex {
      if line[index] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        index += 2
        continue
      }
      if line[index] == quote {
        let isDoubled =
          quote == UInt8(ascii: "'") && line.dropFirst(index + 1 - line.startIndex).first == quote
        if !isDoubled { return line[line.startIndex...index] }
        index += 1
      }
      index += 1
    }
    return line
  }

  private static func bracketed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var depth = 0
    var rest = line
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        rest = rest.dropFirst(quoted(rest).count)
        continue
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: break
      }
      rest = rest.dropFirst()
      if depth == 0 { return line[..<rest.startIndex] }
    }
    return line
  }

  private static func plain(
    _ line: ArraySlice<UInt8>, isInBrackets: Bool
  ) -> ArraySlice<UInt8> {
    var index = line.startIndex
    while index < line.endIndex {
      let next = index + 1 < line.endIndex ? line[index + 1] : 0x20
      let byte = line[index]
      if byte == UInt8(ascii: ":"), next == 0x20 || next == 0x09 { break }
      if byte == 0x20, next == UInt8(ascii: "#") { break }
      if isInBrackets, [UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}")].contains(byte) {
        break
      }
      index += 1
    }
    let token = line[..<index]
    let blanks = token.reversed().prefix { $0 == 0x20 || $0 == 0x09 }.count
    return token.dropLast(blanks)
  }
}
