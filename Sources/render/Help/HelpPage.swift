/// Help as it is printed: headings, and rows of a name and a text that is wrapped at the right margin.
struct HelpPage {
  /// Wider lines would wrap on the narrowest usual terminal.
  static let width = 80
  /// Where the texts of rows begin, unless their names are longer.
  private static let widestName = 26

  private(set) var text = ""

  mutating func paragraph(_ words: String) {
    separate()
    text += Self.lines(of: Self.plain(words), width: Self.width).map { "\($0)\n" }.joined()
  }

  mutating func heading(_ title: String) {
    separate()
    text += "\(title):\n"
  }

  /// Lines that are printed as they are, below a heading.
  mutating func lines(_ lines: [String]) {
    for line in lines { text += line.isEmpty ? "\n" : "  \(line)\n" }
  }

  /// Rows in two columns; a text that does not fit beside its name goes on below itself.
  mutating func rows(_ rows: [(name: String, text: String)]) {
    let widest = rows.map(\.name.count).filter { $0 <= Self.widestName }.max() ?? Self.widestName
    let column = widest + 4
    for (name, words) in rows {
      let wrapped = Self.lines(of: Self.plain(words), width: Self.width - column)
      var lines = wrapped[...]
      var first = "  " + name
      if name.count > widest {
        text += first + "\n"
        first = ""
      }
      if lines.isEmpty, !first.isEmpty { text += first + "\n" }
      while let line = lines.popFirst() {
        text += first + String(repeating: " ", count: column - first.count) + line + "\n"
        first = ""
      }
    }
  }

  private mutating func separate() {
    if !text.isEmpty { text += "\n" }
  }

  /// Manual pages show code in bold; here it is quoted.
  private static func plain(_ words: String) -> String {
    String(words.map { $0 == "`" ? "'" : $0 })
  }

  private static func lines(of words: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in words.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " \(word)"
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
