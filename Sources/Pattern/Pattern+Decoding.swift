extension Pattern {
  /// The code point that stands for bytes that are not UTF-8.
  static var replacement: UInt32 { 0xFFFD }

  /// The highest code point of Unicode.
  static var maximumCode: UInt32 { 0x10FFFF }

  /// Reads one code point of UTF-8 and the number of bytes it takes.
  ///
  /// Bytes that are not UTF-8 give U+FFFD and width 1; the end gives U+FFFD and width 0.
  /// Source: Go unicode/utf8, `DecodeRune`.
  static func decode(_ bytes: Span<UInt8>, at offset: Int, end: Int) -> (code: UInt32, width: Int) {
    guard offset < end else { return (replacement, 0) }
    let first = bytes[offset]
    if first < 0x80 { return (UInt32(first), 1) }
    let width = sequenceWidth(first)
    guard width > 1, end - offset >= width else { return (replacement, 1) }
    var code = UInt32(first) & (0x7F >> UInt32(width))
    for index in (offset + 1)..<(offset + width) {
      guard bytes[index] & 0xC0 == 0x80 else { return (replacement, 1) }
      code = code << 6 | UInt32(bytes[index] & 0x3F)
    }
    return isEncodable(code, width: width) ? (code, width) : (replacement, 1)
  }

  /// The length of the sequence a lead byte announces, 0 for a byte that cannot lead.
  ///
  /// 0xC0 and 0xC1 would only begin longer forms of ASCII, and nothing above 0xF4 begins a code
  /// point.
  private static func sequenceWidth(_ lead: UInt8) -> Int {
    switch lead {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 0
    }
  }

  /// Tells whether a code point is one, and takes no fewer bytes than it was given.
  ///
  /// Surrogates are none. With two bytes the lead byte has ruled out the shorter form.
  private static func isEncodable(_ code: UInt32, width: Int) -> Bool {
    switch width {
    case 3: code >= 0x800 && !(0xD800...0xDFFF).contains(code)
    case 4: code >= 0x10000 && code <= maximumCode
    default: true
    }
  }
}
