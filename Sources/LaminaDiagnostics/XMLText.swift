/// Texts as XML 1.0 holds them. Characters that it cannot hold at all become U+FFFD (section 2.2).
package enum XMLText {
  /// A text between the quotes of an attribute.
  package static func attribute(_ text: String) -> String {
    escaped(text) { $0 == "\n" || $0 == "\t" || $0 == "\r" }
  }

  /// A text between tags.
  package static func content(_ text: String) -> String { escaped(text) { $0 == "\r" } }

  private static func escaped(_ text: String, _ byNumber: (Unicode.Scalar) -> Bool) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case _ where byNumber(scalar): "&#\(scalar.value);"
      case "\n", "\t": String(scalar)
      case "\u{0}"..<" ", "\u{FFFE}", "\u{FFFF}": "\u{FFFD}"
      default: String(scalar)
      }
    }.joined()
  }
}
