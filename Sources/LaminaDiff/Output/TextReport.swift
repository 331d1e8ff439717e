internal import Lamina

/// A report for a person at a terminal: root, resource and field, each named by its path.
///
///     overlays/prod  (main → working tree)
///
///       ± Deployment shop/orders  apps/v1
///         ! the pods are replaced
///         ± spec.replicas: 1 → 3
///
///     1 resource changed
package struct TextReport {
  private let style: TextStyle
  private var output: [UInt8] = []
  private var shown = RepeatedChanges()

  /// - Parameters:
  ///   - report: what is printed.
  ///   - isColoured: sets parts apart by colours, which a terminal shows.
  package static func bytes(of report: DiffReport, isColoured: Bool = false) -> [UInt8] {
    var text = TextReport(style: TextStyle(isColoured: isColoured))
    for (place, root) in report.roots.enumerated() { text.print(root, place, of: report) }
    let summary = DiffSummary(report)
    text.print(0, text.style(.bold, summary.words))
    if let words = summary.consequenceWords { text.print(0, text.style(.yellow, "! \(words)")) }
    return text.output
  }

  private init(style: TextStyle) { self.style = style }

  private mutating func print(_ depth: Int, _ line: String) {
    if !line.isEmpty {
      output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
    }
    output += line.utf8
    output.append(UInt8(ascii: "\n"))
  }

  private mutating func print(_ root: RootDiff, _ place: Int, of report: DiffReport) {
    let sides = "  (\(ShownText.line(root.old.label)) → \(ShownText.line(root.new.label)))"
    print(0, style(.bold, ShownText.line(root.name)) + style(.dim, sides))
    print(0, "")
    for (side, words) in [(root.old, "new"), (root.new, "removed")] {
      if case .absent = side.state {
        print(1, style(.boldYellow, "! the root is \(words)"))
        print(0, "")
      }
      if let failure = side.failure { print(failure, of: side) }
    }
    for resource in root.resources { print(resource, place, of: report) }
    let hidden = root.hiddenWords
    for words in hidden { print(1, style(.dim, "· \(words)")) }
    if !hidden.isEmpty { print(0, "") }
  }

  private mutating func print(_ failure: Diagnostic, of side: DiffSide) {
    print(1, style(.boldRed, "! \(ShownText.line(side.label)) does not render"))
    for line in failure.shownLines { print(2, line) }
    print(0, "")
  }

  private mutating func print(_ resource: ResourceDiff, _ root: Int, of report: DiffReport) {
    let (mark, paint): (String, TextStyle.Paint) =
      switch resource.kind {
      case .added: ("+", .boldGreen)
      case .removed: ("-", .boldRed)
      case .changed: ("±", .boldYellow)
      }
    let title = ResourceTitle(resource)
    var line = style(paint, mark) + " " + style(.bold, title.words)
    if let remark = title.remark { line += " (\(remark))" }
    line += style(.dim, "  \(title.apiVersion)")
    if let origin = resource.onlySide?.origin {
      line += comment("\(ShownText.line(origin.file)):\(origin.line)")
    }
    print(1, line)
    // A whole resource is not indented as the lines of a field are.
    let depth = resource.kind == .changed ? 3 : 2
    let lines = resource.reportLines
    let earlier = shown.root(showing: resource, lines)
    for line in lines where earlier == nil || line.isConsequence { print(line, depth: depth) }
    if let earlier {
      let name = ShownText.line(report.roots[earlier].name)
      print(2, style(.dim, "= the same change as in \(name)"))
    }
    shown.note(resource, lines, shownIn: root)
    print(0, "")
  }

  private mutating func print(_ line: ReportLine, depth: Int) {
    switch line {
    case .consequence(let consequence):
      let words = "! \(ShownText.line(consequence.message))"
      print(2, style(consequence.kind.isSevere ? .boldRed : .boldYellow, words))
    case .field(let field): print(2, text(of: field))
    case .hunk(let text): print(depth, style(.cyan, text))
    case .kept(let text): print(depth, text.isEmpty ? "" : style(.dim, "  \(text)"))
    case .removed(let text): print(depth, style(.red, text.isEmpty ? "-" : "- \(text)"))
    case .added(let text): print(depth, style(.green, text.isEmpty ? "+" : "+ \(text)"))
    case .note(let text): print(depth, style(.dim, "(\(text))"))
    }
  }

  private func text(of field: FieldLine) -> String {
    var text = style(field.mark.paint, field.mark.rawValue) + " " + field.path
    switch field.value {
    case .one(let value): text += ": " + style(field.mark.paint, value)
    case .two(let old, let new): text += ": \(style(.red, old)) → \(style(.green, new))"
    case nil: break
    }
    if let remark = field.remark { text += " (\(remark))" }
    if let origin = field.origin { text += comment(origin) }
    return text
  }

  /// Where something was written, as YAML would comment on it.
  private func comment(_ text: String) -> String { style(.dim, "  # \(text)") }
}

extension FieldLine.Mark {
  fileprivate var paint: TextStyle.Paint {
    switch self {
    case .added: .green
    case .removed: .red
    case .changed, .reordered: .yellow
    }
  }
}

extension ResourceDiff {
  /// The resource where only one side has it.
  var onlySide: ManifestResource? {
    if old == nil { return new }
    return new == nil ? old : nil
  }
}

extension Diagnostic {
  /// The message with its excerpt, line by line, fit to be shown.
  var shownLines: [String] {
    description.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
  }
}
