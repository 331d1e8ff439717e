internal import Lamina
package import LaminaSyntax

/// Scalars as they are written into a text.
package enum ScalarText {
  /// The text of a new scalar: plain where that is possible.
  ///
  /// What would be read as something else gets double quotes, and what cannot stand plain gets single
  /// ones, as kustomize's own writer does.
  ///
  /// - Parameter style: the quotes that its neighbours have, if they agree.
  package static func new(
    _ value: YAMLValue, inFlow: Bool, like style: SyntaxNode.Style? = nil
  ) -> String {
    guard case .string(let text) = value else { return plain(value) }
    if style == .doubleQuoted { return doubleQuoted(text) }
    if style == .singleQuoted, ScalarMeaning.allowsSingleQuotes(text) { return singleQuoted(text) }
    if ScalarMeaning.allowsPlain(text, inFlow: inFlow) { return text }
    if ScalarMeaning.isString(text), ScalarMeaning.allowsSingleQuotes(text), !text.isEmpty {
      return singleQuoted(text)
    }
    return doubleQuoted(text)
  }

  /// The text of a scalar that takes the place of one with a style: quotes stay where they can, a plain one
  /// stays plain where it can, and else gets double quotes.
  static func replacing(_ style: SyntaxNode.Style, _ value: YAMLValue, inFlow: Bool) -> String {
    guard case .string(let text) = value else { return plain(value) }
    switch style {
    case .singleQuoted where ScalarMeaning.allowsSingleQuotes(text): return singleQuoted(text)
    case .singleQuoted, .doubleQuoted: return doubleQuoted(text)
    case .plain, .literal, .folded:
      return ScalarMeaning.allowsPlain(text, inFlow: inFlow) ? text : doubleQuoted(text)
    }
  }

  /// Numbers and booleans are written as they were read; null is written out.
  private static func plain(_ value: YAMLValue) -> String { value.text ?? "null" }

  /// The only escape between single quotes is a doubled one.
  static func singleQuoted(_ text: String) -> String {
    "'" + text.parts(at: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  /// On one line, with escapes that YAML 1.1 and JSON readers know, and `\x`, `\u` or `\U` for the
  /// rest.
  package static func doubleQuoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      default:
        if ScalarMeaning.isPrintable(scalar) {
          result.unicodeScalars.append(scalar)
        } else {
          result += escape(scalar.value)
        }
      }
    }
    return result + "\""
  }

  /// The shortest of the three forms with digits.
  private static func escape(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    let (mark, width) = value < 0x100 ? ("x", 2) : value < 0x10000 ? ("u", 4) : ("U", 8)
    return "\\\(mark)" + String(repeating: "0", count: max(width - digits.count, 0)) + digits
  }
}
