internal import Lamina
import LaminaSyntax

/// Writes values as lines of a block, or in brackets.
///
/// The lines come without line breaks and without the indentation of their place: who puts them
/// there adds both (`YAMLEditor.insertion`).
struct ValueWriter {
  let layout: Layout
  /// Texts of several lines stand on lines of their own, behind `|`.
  var usesLiterals = true

  /// The lines of an entry, without the indentation that all of them have in common.
  func lines(of entry: YAMLValue.Entry) -> [String] {
    let key = ScalarText.new(.string(entry.key), inFlow: false)
    switch entry.value {
    case .string(let text) where usesLiterals && ScalarMeaning.allowsLiteral(text):
      let (header, lines) = literal(text)
      return ["\(key): \(header)"] + indented(lines, by: layout.mappingIndent)
    case .sequence(let items) where !items.isEmpty:
      return ["\(key):"] + indented(items.flatMap { self.lines(ofItem: $0) }, by: layout.listIndent)
    case .mapping(let entries) where !entries.isEmpty:
      return ["\(key):"] + indented(entries.flatMap(lines(of:)), by: layout.mappingIndent)
    default: return ["\(key): \(inline(entry.value))"]
    }
  }

  /// The lines of an item with its dash.
  ///
  /// What the item holds begins behind its dash, and stands below that on further lines.
  ///
  /// - Parameters:
  ///   - gap: how many spaces stand behind the dash.
  ///   - style: that of the items before.
  func lines(ofItem value: YAMLValue, gap: Int = 1, style: SyntaxNode.Style? = nil) -> [String] {
    let blank = String(repeating: " ", count: gap)
    var lines: [String]
    switch value {
    case .string(let text) where usesLiterals && ScalarMeaning.allowsLiteral(text):
      let (header, rest) = literal(text)
      return ["-\(blank)\(header)"] + indented(rest, by: gap + 1)
    case .mapping(let entries) where !entries.isEmpty: lines = entries.flatMap(self.lines(of:))
    case .sequence(let items) where !items.isEmpty:
      lines = items.flatMap { self.lines(ofItem: $0) }
    default: lines = [inline(value, like: style)]
    }
    let rest = indented(Array(lines.dropFirst()), by: gap + 1)
    return ["-\(blank)\(lines.first ?? "")"] + rest
  }

  /// A value on one line of a block.
  func inline(_ value: YAMLValue, like style: SyntaxNode.Style? = nil) -> String {
    switch value {
    case .sequence, .mapping: flow(value)
    default: ScalarText.new(value, inFlow: false, like: style)
    }
  }

  /// A value for a place in brackets. As JSON, texts and keys have double quotes.
  func flow(_ value: YAMLValue, asJSON: Bool = false) -> String {
    switch value {
    case .sequence(let items):
      return "[" + items.map { flow($0, asJSON: asJSON) }.joined(separator: ", ") + "]"
    case .mapping(let entries):
      return "{" + entries.map { flow($0, asJSON: asJSON) }.joined(separator: ", ") + "}"
    default: return ScalarText.new(value, inFlow: true, like: asJSON ? .doubleQuoted : nil)
    }
  }

  /// An entry for a place in braces.
  func flow(_ entry: YAMLValue.Entry, asJSON: Bool = false) -> String {
    "\(flow(.string(entry.key), asJSON: asJSON)): \(flow(entry.value, asJSON: asJSON))"
  }

  /// The lines with spaces in front, where they hold something.
  func indented(_ lines: [String], by count: Int) -> [String] {
    let blank = String(repeating: " ", count: count)
    return lines.map { $0.isEmpty ? $0 : blank + $0 }
  }

  /// The mark and the lines of a block text: `-` where no line feed ends it, `+` where there are
  /// several.
  private func literal(_ text: String) -> (header: String, lines: [String]) {
    var lines = text.parts(at: "\n", omittingEmptySubsequences: false).map { String($0) }
    guard lines.last == "" else { return ("|-", lines) }
    lines.removeLast()
    return (lines.last == "" ? "|+" : "|", lines)
  }
}
