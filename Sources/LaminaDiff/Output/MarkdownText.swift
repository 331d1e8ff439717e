import Lamina

/// Text from manifests within markdown that does nothing there: no markup, no HTML, no link, no mention
/// of a team and no reference to an issue.
enum MarkdownText {
  /// Words that are no code, with the same escapes.
  static func plain(_ text: String) -> String { escaped(text) }

  /// Code in which the changed parts are bold.
  static func code(_ pieces: [WordMarks.Piece]) -> String {
    let parts = pieces.map { $0.isChanged ? "<b>\(escaped($0.text))</b>" : escaped($0.text) }
    return "<code>\(parts.joined())</code>"
  }

  /// In code GitHub looks for no mentions and references. All punctuation of ASCII that could mean
  /// something is written as numbers, which are text wherever they stand: in a table, in HTML, at the
  /// beginning of a line. Within backticks nothing could be escaped.
  static func code(_ text: String) -> String { "<code>\(escaped(text))</code>" }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in ShownText.line(text).unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", " ", "-", "/", ",", "(", ")":
        result.unicodeScalars.append(scalar)
      case _ where scalar.isASCII: result += "&#\(scalar.value);"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Lines as they are, within a fence that none of them can end.
  static func fence(_ lines: [String], _ language: String) -> String {
    let longest = lines.lazy.map { longestRun(in: $0) }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)\(language)\n" + lines.map { "\($0)\n" }.joined() + "\(fence)\n"
  }

  /// The length of the longest run of backticks.
  private static func longestRun(in line: String) -> Int {
    var (longest, run) = (0, 0)
    for byte in line.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}

/// Pieces of text up to a number of bytes, and how many more there were.
struct Excerpt {
  private let limit: Int
  private(set) var text = ""
  private(set) var leftOut = 0

  init(limit: Int) { self.limit = limit }

  mutating func add(_ piece: String) {
    if leftOut > 0 || text.utf8.count + piece.utf8.count > limit {
      leftOut += 1
    } else {
      text += piece
    }
  }
}

/// Lines of a report in the form that highlighters of `diff` colour: the mark comes first, `@@` stands
/// around the place, and `!` before what matters.
enum DiffFence {
  static func lines(of line: ReportLine) -> [String] {
    switch line {
    case .consequence(let consequence): ["! \(ShownText.line(consequence.message))"]
    case .field(let field): lines(of: field)
    case .hunk(let text): [text]
    case .kept(let text): [text.isEmpty ? "" : "  \(text)"]
    case .removed(let text): [text.isEmpty ? "-" : "- \(text)"]
    case .added(let text): [text.isEmpty ? "+" : "+ \(text)"]
    case .note(let text): ["# \(text)"]
    }
  }

  private static func lines(of field: FieldLine) -> [String] {
    var head = "@@ \(field.path) @@"
    if let remark = field.remark { head += " (\(remark))" }
    if let origin = field.origin { head += " \(origin)" }
    switch (field.value, field.mark) {
    case (.two(let old, let new), _): return [head, "- \(old)", "+ \(new)"]
    case (.one(let value), .added): return [head, "+ \(value)"]
    case (.one(let value), .removed): return [head, "- \(value)"]
    case (.one(let value), .changed), (.one(let value), .reordered): return [head, "! \(value)"]
    case (nil, _): return [head]
    }
  }
}

extension ResourceDiff.Kind {
  /// What stands before the resource.
  var mark: String {
    switch self {
    case .added: "+"
    case .removed: "-"
    case .changed: "±"
    }
  }
}
