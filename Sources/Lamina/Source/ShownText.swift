/// Text of manifests, files and programs in a form that can be shown: one that does nothing to a terminal,
/// does not turn the reading direction round, begins no line of its own, and hides nothing.
///
/// A line of its own would be a command to the log of GitHub Actions: `::error::`.
package enum ShownText {
  /// A text on one line: control characters, line breaks and invisible characters as escapes, `\u202e`.
  package static func line(_ text: String) -> String {
    var text = text
    if text.withUTF8({ $0.allSatisfy(isPlain) }) { return text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isVisible(scalar) {
        shown.append(scalar)
      } else {
        shown.append(contentsOf: escape(of: scalar).unicodeScalars)
      }
    }
    return String(shown)
  }

  /// A line that was added or removed: blanks at its end, which nobody would see, become `·` and `⇥`.
  package static func changedLine(_ text: String) -> String {
    let blanks = text.utf8.reversed().prefix { $0 == space || $0 == tab }.count
    let shown = line(text)
    if blanks == 0 { return shown }
    // Blanks are never escaped, and so end what is shown as well.
    let marks = shown.utf8.suffix(blanks).map { $0 == tab ? "⇥" : "·" }
    return String(decoding: shown.utf8.dropLast(blanks), as: UTF8.self) + marks.joined()
  }

  private static let space = UInt8(ascii: " ")
  private static let tab = UInt8(ascii: "\t")

  /// Printable ASCII and tabs, of which nearly all texts are made: they are returned as they are.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F || byte == tab
  }

  /// Format characters turn the reading direction or join what looks apart.
  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "\t" { return true }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return false
    default: return true
    }
  }

  /// As C and Swift write it.
  private static func escape(of scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\r": return #"\r"#
    case "\n": return #"\n"#
    default: break
    }
    let digits = String(scalar.value, radix: 16)
    if scalar.value <= 0xFF { return #"\x"# + zeros(2 - digits.utf8.count) + digits }
    if scalar.value <= 0xFFFF { return #"\u"# + zeros(4 - digits.utf8.count) + digits }
    return #"\U"# + zeros(8 - digits.utf8.count) + digits
  }

  private static func zeros(_ count: Int) -> String { String(repeating: "0", count: max(count, 0)) }
}
