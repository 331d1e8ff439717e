import Lamina

/// What a scalar's text means to readers of YAML, and how a text must be written so that it means itself.
///
/// Kubernetes reads YAML 1.1 and many tools 1.2; a text is written so that both get the same.
enum ScalarMeaning {
  /// The value of a plain scalar.
  static func value(ofPlain text: String) -> YAMLValue {
    if ["", "~", "null", "Null", "NULL"].contains(text) { return .null }
    return isString(text) ? .string(text) : .other(text)
  }

  /// Whether readers of YAML 1.1 and of 1.2 take a plain text for a string.
  ///
  /// `=` and `<<` are types of their own in YAML 1.1, the default value and the merge key.
  static func isString(_ text: String) -> Bool {
    if text == "=" || text == "<<" { return false }
    let bytes = Array(text.utf8)
    return PlainScalar.isString(bytes.span)
  }

  /// Whether a text can stand without quotes and be read as itself.
  ///
  /// Not all that YAML allows is used: what is rare gets quotes.
  static func allowsPlain(_ text: String, inFlow: Bool) -> Bool {
    guard isString(text) else { return false }
    if inFlow, text.utf8.contains(where: isFlowIndicator) { return false }
    let bytes = Array(text.utf8)
    // A colon at the end, or before a bracket, would end a key.
    return !text.isEmpty && text.utf8.last != UInt8(ascii: ":") && !text.utf8.contains(0x09)
      && PlainScalar.allowsPlain(bytes.span)
  }

  /// Whether a text can stand between single quotes on one line.
  static func allowsSingleQuotes(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { isPrintable($0) && $0 != "\n" }
  }

  /// Whether a text can stand as it is on lines of its own behind `|`.
  ///
  /// A blank in front would count as indentation and need a mark, and blanks at the ends of lines
  /// are easily lost; such texts get quotes.
  static func allowsLiteral(_ text: String) -> Bool {
    guard text.utf8.contains(UInt8(ascii: "\n")), !text.utf8.starts(with: [0x0A]),
      text.unicodeScalars.allSatisfy({ isPrintable($0) || $0 == "\t" })
    else { return false }
    return text.utf8.first != UInt8(ascii: " ") && text.utf8.first != UInt8(ascii: "\t")
      && text.parts(at: "\n", omittingEmptySubsequences: true)
        .allSatisfy { $0.utf8.last != UInt8(ascii: " ") }
  }

  /// Characters that end or begin something between brackets, even within a word.
  private static func isFlowIndicator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
      || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
  }

  /// Characters that may stand in YAML as they are, without the byte-order mark and without the
  /// line breaks that only YAML 1.1 has (U+0085, U+2028, U+2029).
  static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD:
      true
    case 0x10000...0x10FFFF: true
    default: false
    }
  }
}
