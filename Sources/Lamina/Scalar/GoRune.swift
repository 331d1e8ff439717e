/// One character of a text as a Go `range` loop over a string sees it.
///
/// Bytes that are not valid UTF-8 (cut-off or overlong forms, surrogates, values past U+10FFFF)
/// count one by one as U+FFFD. Source: Go's `unicode/utf8`.
struct GoRune {
  let value: UInt32
  /// In bytes, at least 1, so that a loop over a text always moves on.
  let width: Int

  /// True for a byte that belongs to no valid character.
  var isInvalid: Bool { value == 0xFFFD && width == 1 }

  private static var invalid: GoRune { GoRune(value: 0xFFFD, width: 1) }

  /// Reads the character that starts at `index`; an index past the end gives an invalid one.
  static func decode(_ text: Span<UInt8>, at index: Int) -> GoRune {
    guard index >= 0, index < text.count else { return invalid }
    let lead = text[index]
    switch lead {
    case 0x00...0x7F: return GoRune(value: UInt32(lead), width: 1)
    case 0xC2...0xDF: return decode(text, at: index, width: 2, bits: UInt32(lead & 0x1F))
    case 0xE0...0xEF: return decode(text, at: index, width: 3, bits: UInt32(lead & 0x0F))
    case 0xF0...0xF4: return decode(text, at: index, width: 4, bits: UInt32(lead & 0x07))
    default: return invalid
    }
  }

  /// Reads the bytes that continue a character.
  private static func decode(
    _ text: Span<UInt8>, at index: Int, width: Int, bits: UInt32
  ) -> GoRune {
    guard text.count &- index >= width else { return invalid }
    var value = bits
    for offset in 1..<width {
      let byte = text[index &+ offset]
      guard byte & 0xC0 == 0x80 else { return invalid }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    return isAllowed(value, width: width) ? GoRune(value: value, width: width) : invalid
  }

  /// Refuses overlong forms, surrogates and numbers past the last character. Two bytes cannot be
  /// overlong: their first byte is at least C2.
  private static func isAllowed(_ value: UInt32, width: Int) -> Bool {
    switch width {
    case 3: return value >= 0x800 && !(0xD800...0xDFFF).contains(value)
    case 4: return value >= 0x10000 && value <= 0x10FFFF
    default: return true
    }
  }
}
