/// Spellings that hide a word from who looks for it in a text: escapes in double quotes, and aliases.
enum OddSpelling {
  /// What begins an alias.
  static let alias = UInt8(ascii: "*")

  /// Whether a text may have escapes that stand for letters, or a word in double quotes that a backslash at the end of
  /// the line takes to the next one.
  static func escapes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let scan = ByteScan(bytes)
    var start = 0
    while let found = scan.first(UInt8(ascii: "\\"), from: start) {
      start = found + 1
      guard start < bytes.count else { return false }
      switch bytes[start] {
      case UInt8(ascii: "x"), UInt8(ascii: "u"), UInt8(ascii: "U"): return true
      case 0x0A, 0x0D:
        // Scripts have many such lines; that of a kind has it within quotes.
        let line = bytes[..<found].suffix(64).split(separator: 0x0A).last ?? []
        if line.contains(UInt8(ascii: "\"")), line.contains(UInt8(ascii: ":")) { return true }
      default: break
      }
    }
    return false
  }

  /// Whether a text may have an alias.
  static func aliases(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let scan = ByteScan(bytes)
    var start = 0
    while let found = scan.first(alias, from: start) {
      start = found + 1
      guard found > 0, start < bytes.count else { continue }
      if " \t".utf8.contains(bytes[found - 1]), bytes[start] > 0x20 { return true }
    }
    return false
  }

  /// Whether a value is an alias, or a word in double quotes that goes on behind the line.
  static func isUnknown(_ value: Substring) -> Bool {
    value.first == "*" || value.first == "\"" && value.ends(with: "\\")
  }

  /// A line with the characters that its escapes stand for.
  static func unescaped(_ line: Substring) -> Substring {
    guard line.utf8.contains(UInt8(ascii: "\\")) else { return line }
    var result = String.UnicodeScalarView()
    var rest = line.unicodeScalars
    while let scalar = rest.popFirst() {
      let length: Int? =
        switch rest.first {
        case "x": 2
        case "u": 4
        case "U": 8
        default: nil
        }
      if scalar == "\\", let length,
        let code = UInt32(String(rest.dropFirst().prefix(length)), radix: 16),
        let meant = Unicode.Scalar(code)
      {
        result.append(meant)
        rest = rest.dropFirst(length + 1)
      } else {
        result.append(scalar)
        // The backslash before another one says nothing of what follows.
        if scalar == "\\", rest.first == "\\" { result.append(rest.removeFirst()) }
      }
    }
    return Substring(String(result))
  }
}
