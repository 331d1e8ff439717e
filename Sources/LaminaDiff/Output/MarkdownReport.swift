internal import Lamina

/// The report as the comment of a pull request: a table of the roots, and the resources folded.
///
/// GitHub takes comments of 65,536 characters. What does not fit is left out, resource by resource, and
/// the comment says how much that is. Its first line is a comment of HTML that nobody sees, by which a
/// CI job finds the comment that it wrote before.
package struct MarkdownReport {
  /// The first line of every comment.
  package static let marker = "<!-- render diff -->"
  /// How many bytes a comment may have. Never more characters than bytes, however they are counted.
  package static let byteLimit = 65_000

  /// How much of the limit the table and the warnings may take.
  private static let tableLimit = 16_000
  private static let warningLimit = 8_000

  private let report: DiffReport
  private var output: [UInt8] = []
  private var shown = RepeatedChanges()
  private var omittedResources = 0
  private var omittedSections = 0

  package static func bytes(of report: DiffReport) -> [UInt8] {
    var page = MarkdownReport(report)
    page.printHead()
    for (place, root) in report.roots.enumerated() { page.print(root, place) }
    page.printOmissions()
    return page.output
  }

  private init(_ report: DiffReport) { self.report = report }

  private mutating func printHead() {
    let summary = DiffSummary(report)
    print("\(Self.marker)\n### Rendered manifests: \(summary.words)\n")
    if report.roots.isEmpty { return }
    var rows = Excerpt(limit: Self.tableLimit)
    for root in report.roots { rows.add(Self.row(of: root)) }
    print(
      """

      | Root | Changed | Added | Removed | |
      |:-----|--------:|------:|--------:|:-|

      """ + rows.text)
    if rows.leftOut > 0 { print("| and \(rows.leftOut) more | | | | |\n") }
    printWarnings()
  }

  private static func row(of root: RootDiff) -> String {
    let summary = DiffSummary(root)
    var remarks: [String] = []
    if case .absent = root.old.state { remarks.append("new root") }
    if case .absent = root.new.state { remarks.append("root removed") }
    if root.hasFailed { remarks.append(":x: does not render") }
    if let words = summary.consequenceWords { remarks.append(":warning: \(words)") }
    let name = MarkdownText.code(root.name)
    let counts = "\(summary.changed) | \(summary.added) | \(summary.removed)"
    return "| \(name) | \(counts) | \(remarks.joined(separator: "; ")) |\n"
  }

  /// What the cluster will refuse and what is lost stands at the top, not in a fold.
  private mutating func printWarnings() {
    var lines = Excerpt(limit: Self.warningLimit)
    for root in report.roots {
      for resource in root.resources {
        for consequence in resource.consequences where consequence.kind.isSevere {
          let place = MarkdownText.code("\(root.name): \(ResourceTitle(resource).words)")
          lines.add("> - \(place): \(MarkdownText.code(consequence.message))\n")
        }
      }
    }
    if lines.text.isEmpty { return }
    print("\n> [!CAUTION]\n\(lines.text)")
    if lines.leftOut > 0 { print("> - and \(lines.leftOut) more\n") }
  }

  /// The heading of a root is printed with the first section of it that fits.
  private mutating func print(_ root: RootDiff, _ place: Int) {
    var heading = "\n#### \(MarkdownText.code(root.name))\n"
    let sides = [root.old, root.new]
    for section in sides.compactMap({ Self.section(ofFailed: $0) }) {
      if !printWhole(heading + section) { omittedSections += 1 } else { heading = "" }
    }
    for resource in root.resources {
      let lines = resource.reportLines
      let earlier = shown.root(showing: resource, lines).map { report.roots[$0].name }
      if printWhole(heading + Self.section(of: resource, lines, asIn: earlier)) {
        heading = ""
        shown.note(resource, lines, shownIn: place)
      } else {
        omittedResources += 1
      }
    }
    let hidden = root.hiddenWords.map { "- <sub>\(MarkdownText.code($0))</sub>\n" }
    if !hidden.isEmpty { _ = printWhole("\(heading)\n\(hidden.joined())") }
  }

  /// - Parameter earlier: the root above that shows the same change.
  private static func section(
    of resource: ResourceDiff, _ lines: [ReportLine], asIn earlier: String?
  ) -> String {
    let title = ResourceTitle(resource)
    var words = "\(resource.kind.mark) \(MarkdownText.code(title.words))"
    if let remark = title.remark { words += " (\(remark))" }
    if let earlier {
      words += ", the same change as in \(MarkdownText.code(earlier))"
    } else if resource.kind == .changed {
      let count = resource.changes.count
      words += count == 1 ? ", 1 field" : ", \(count) fields"
    }
    if let consequences = resource.consequenceWords { words += " ⚠️ \(consequences)" }
    // In a list, whose marks the words must not begin with themselves.
    if earlier != nil { return "\n- &#8203;\(words)\n" }
    let fence = MarkdownText.fence(lines.flatMap { DiffFence.lines(of: $0) }, "diff")
    return "\n<details><summary>\(words)</summary>\n\n\(fence)\n</details>\n"
  }

  private static func section(ofFailed side: DiffSide) -> String? {
    guard let failure = side.failure else { return nil }
    return """

      :x: \(MarkdownText.code(side.label)) does not render, so that nothing can be said of it:

      \(MarkdownText.fence(failure.shownLines, ""))
      """
  }

  private mutating func printOmissions() {
    var parts: [String] = []
    if omittedResources > 0 {
      parts.append(omittedResources == 1 ? "1 resource" : "\(omittedResources) resources")
    }
    if omittedSections > 0 {
      parts.append(omittedSections == 1 ? "1 message" : "\(omittedSections) messages")
    }
    if parts.isEmpty { return }
    print(
      """

      > [!NOTE]
      > Left out, for a comment cannot be longer: \(parts.joined(separator: ", ")). `render diff` shows \
      everything as text, or as a page with `--format html`.

      """)
  }

  private mutating func print(_ text: String) { output += text.utf8 }

  /// Room that is kept for the words on what was left out.
  private static let reserve = 400

  private mutating func printWhole(_ text: String) -> Bool {
    guard output.count + text.utf8.count + Self.reserve <= Self.byteLimit else { return false }
    print(text)
    return true
  }
}
