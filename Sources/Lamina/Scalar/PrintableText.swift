/// Which characters the v2 emitter prints as they are.
///
/// Source: go-yaml v2 `yamlprivateh.go` (`is_printable`). It stops at U+FFFD, so every character
/// past the basic plane (an emoji, say) is escaped.
enum PrintableText {
  /// Tells whether the character that starts at `index` needs no escape.
  static func isPrintable(_ text: Span<UInt8>, at index: Int) -> Bool {
    switch text[index] {
    case UInt8(ascii: "\n"), 0x20...0x7E, 0xC3...0xEC, 0xEE: return true
    case 0xC2: return byte(text, index &+ 1) >= 0xA0
    case 0xED: return byte(text, index &+ 1) < 0xA0
    case 0xEF: return !isByteOrderMark(text, at: index) && !isNoncharacter(text, at: index)
    default: return false
    }
  }

  /// Tells whether U+FEFF stands at `index`.
  static func isByteOrderMark(_ text: Span<UInt8>, at index: Int) -> Bool {
    byte(text, index) == 0xEF && byte(text, index &+ 1) == 0xBB && byte(text, index &+ 2) == 0xBF
  }

  /// Tells whether U+FFFE or U+FFFF stands at `index`.
  static func isNoncharacter(_ text: Span<UInt8>, at index: Int) -> Bool {
    byte(text, index) == 0xEF && byte(text, index &+ 1) == 0xBF && byte(text, index &+ 2) >= 0xBE
  }

  /// Zero past the end, which belongs to no character of several bytes.
  private static func byte(_ text: Span<UInt8>, _ index: Int) -> UInt8 {
    index < text.count ? text[index] : 0
  }
}
