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

  /// How much of the limit the lists may take. Dangers have all of it.
  private static let tableLimit = 12_000
  private static let listLimit = 6_000
  private static let dangerLimit = 56_000

  private let report: DiffReport
  private let changes: SharedChanges
  private var output: [UInt8] = []
  private var omittedResources = 0
  private var omittedSections = 0

  package static func bytes(of report: DiffReport) -> [UInt8] {
    var page = MarkdownReport(report)
    page.printHead()
    for (place, root) in report.roots.enumerated() { page.print(root, place) }
    page.printFolded()
    page.printOmissions()
    return page.output
  }

  private init(_ report: DiffReport) {
    self.report = report
    changes = SharedChanges(report)
  }

  private mutating func printHead() {
    let summary = DiffSummary(report)
    let title = report.title.map(MarkdownText.plain) ?? "Rendered manifests"
    print("\(Self.marker)\n### \(title): \(summary.words)\n")
    let overview = ReportOverview(report, changes)
    printDangers(overview)
    printFailures()
    printUnreadFiles()
    if report.roots.allSatisfy(\.isFolded) { return }
    printOverview(overview)
    let room = room(Self.tableLimit)
    if room == 0 { return }
    var rows = Excerpt(limit: room)
    for root in report.roots where !root.isFolded { rows.add(Self.row(of: root)) }
    print(
      """

      | Root | Changed | Added | Removed | |
      |:-----|--------:|------:|--------:|:-|

      """ + rows.text)
    if rows.leftOut > 0 { print("| and \(rows.leftOut) more | | | | |\n") }
  }

  private static func row(of root: RootDiff) -> String {
    let summary = DiffSummary(root)
    var remarks: [String] = []
    if case .absent = root.old.state { remarks.append("new root") }
    if case .absent = root.new.state { remarks.append("root removed") }
    if let name = root.formerName { remarks.append("was \(MarkdownText.code(name))") }
    if root.failureDecides { remarks.append(":x: does not render") }
    if root.failureKind == .former, !root.failureDecides { remarks.append("renders again") }
    if summary.moved > 0 { remarks.append("\(summary.moved) moved here") }
    if summary.movedAway > 0 { remarks.append("\(summary.movedAway) moved away") }
    if let words = summary.consequenceWords { remarks.append(":warning: \(words)") }
    let name = MarkdownText.code(root.name)
    let counts = "\(summary.changed) | \(summary.added) | \(summary.removed)"
    return "| \(name) | \(counts) | \(remarks.joined(separator: "; ")) |\n"
  }

  // MARK: - The overview

  /// What the cluster refuses and what is lost stands at the top, not in a fold, and is never left out:
  /// where there is too much of it, the objects are only named, and at last only counted.
  private mutating func printDangers(_ overview: ReportOverview) {
    let dangers = overview.dangers
    if dangers.isEmpty { return }
    func line(_ danger: ReportOverview.Danger, limit: Int) -> String {
      let roots = RootList.words(danger.roots, limit: limit)
      let words = "\(danger.title) \(roots): \(danger.message)"
      return "> - **\(danger.kind.words)** \(MarkdownText.code(words))\n"
    }
    for limit in [RootList.usualLimit, 2] {
      let lines = dangers.map { line($0, limit: limit) }.joined()
      if lines.utf8.count <= Self.dangerLimit { return print("\n> [!CAUTION]\n\(lines)") }
    }
    print("\n> [!CAUTION]\n")
    for kind in [Consequence.Kind.dataLoss, .immutableField] {
      let titles = dangers.filter { $0.kind == kind }.map(\.title)
      if titles.isEmpty { continue }
      var names = Excerpt(limit: Self.dangerLimit / 2)
      for title in titles { names.add("\(MarkdownText.code(title)) ") }
      let rest = names.leftOut > 0 ? "and \(names.leftOut) more" : ""
      print("> - **\(kind.words): \(titles.count)** \(names.text)\(rest)\n")
    }
  }

  /// Each message once, with its roots.
  private mutating func printFailures() {
    for shared in report.sharedFailures {
      let names = report.names(of: shared)
      for (side, failure) in shared.sides
      where !printWhole(Self.section(of: failure, side, names)) {
        omittedSections += 1
      }
    }
  }

  private mutating func printUnreadFiles() {
    let room = room(2_000)
    guard let files = report.unreadFiles, !files.isEmpty, room > 0 else { return }
    var names = Excerpt(limit: room)
    for file in files { names.add("\(names.text.isEmpty ? "" : ", ")\(MarkdownText.code(file))") }
    let rest = names.leftOut > 0 ? " and \(names.leftOut) more" : ""
    print("\n> [!WARNING]\n> \(UnreadFiles.words(files.count)): \(names.text)\(rest)\n")
  }

  /// Images, and what comes and goes.
  private mutating func printOverview(_ overview: ReportOverview) {
    let isOne = report.comparedCount == 1
    let room = room(Self.listLimit)
    if !overview.images.isEmpty, room > 0 {
      var rows = Excerpt(limit: room)
      for image in overview.images {
        let (old, new) = Self.marked(image.old, image.new)
        let roots = isOne ? "" : MarkdownText.code(RootList.words(image.roots))
        rows.add("| \(old) | \(new) | \(roots) |\n")
      }
      print("\n| Image | becomes | |\n|:--|:--|:--|\n\(rows.text)")
      if rows.leftOut > 0 { print("| and \(rows.leftOut) more | | |\n") }
    }
    for kind in ReportOverview.Object.Kind.allCases {
      let objects = overview.objects(kind)
      let room = self.room(Self.listLimit / 2)
      if objects.isEmpty || room == 0 { continue }
      var items = Excerpt(limit: room)
      for object in objects {
        let roots = isOne ? "" : " \(RootList.words(object.roots, limit: 3))"
        items.add("\(items.text.isEmpty ? "" : ", ")\(MarkdownText.code(object.title + roots))")
      }
      let rest = items.leftOut > 0 ? " and \(items.leftOut) more" : ""
      print("\n**\(kind.heading)** \(items.text)\(rest)\n")
    }
  }

  /// Two values, in bold what differs.
  private static func marked(_ old: String, _ new: String) -> (old: String, new: String) {
    guard let pieces = WordMarks.pieces(old, new) else {
      return (MarkdownText.code(old), MarkdownText.code(new))
    }
    return (MarkdownText.code(pieces.old), MarkdownText.code(pieces.new))
  }

  // MARK: - Roots

  /// The heading of a root is printed with the first section of it that fits. A root of which all was
  /// shown before has none.
  private mutating func print(_ root: RootDiff, _ place: Int) {
    var heading = "\n#### \(MarkdownText.code(root.name))\n"
    var sharedCount = 0
    for index in root.resources.indices {
      let member = SharedChanges.Member(root: place, resource: index)
      if !changes.isShown(member) {
        sharedCount += 1
        continue
      }
      if printWhole(heading + section(of: member)) {
        heading = ""
      } else {
        omittedResources += 1
      }
    }
    var hidden = root.hiddenWords
    if sharedCount > 0, heading.isEmpty {
      let words = sharedCount == 1 ? "1 resource changes" : "\(sharedCount) resources change"
      hidden.insert("\(words) as shown above", at: 0)
    }
    let lines = hidden.map { "- <sub>\(MarkdownText.code($0))</sub>\n" }
    if !lines.isEmpty { _ = printWhole("\(heading)\n\(lines.joined())") }
  }

  private func section(of member: SharedChanges.Member) -> String {
    let (resource, lines) = (changes.resource(member), changes.lines(of: member))
    let title = ResourceTitle(resource)
    var words = "\(resource.kind.mark) \(MarkdownText.code(title.words))"
    if let remark = title.remark { words += " (\(MarkdownText.plain(remark)))" }
    if resource.kind == .changed {
      let count = resource.changes.count
      words += count == 1 ? ", 1 field" : ", \(count) fields"
    }
    let group = changes.group(of: member)
    if group.isShared { words += ", in \(group.members.count) roots" }
    if let consequences = resource.consequenceWords { words += " ⚠️ \(consequences)" }
    let roots =
      group.isShared ? "\n\(MarkdownText.code(RootList.words(changes.names(in: group))))\n" : ""
    let fence = MarkdownText.fence(lines.flatMap { DiffFence.lines(of: $0) }, "diff")
    return "\n<details><summary>\(words)</summary>\n\(roots)\n\(fence)\n</details>\n"
  }

  private mutating func printFolded() {
    guard let words = DiffSummary.alikeWords(report) else { return }
    let names = report.foldedRoots.map(\.name)
    _ = printWhole("\n<sub>\(words): \(MarkdownText.code(RootList.list(names)))</sub>\n")
  }

  private static func section(
    of failure: Diagnostic, _ side: DiffSide, _ roots: [String]
  ) -> String {
    """

    :x: \(MarkdownText.code(side.label)) does not render \(MarkdownText.code(RootList.words(roots))):

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
      > Truncated to fit GitHub's comment limit: \(parts.joined(separator: ", ")). `render diff` shows \
      everything as text, or as a page with `--format html`.

      """)
  }

  private mutating func print(_ text: String) { output += text.utf8 }

  /// How many bytes a list may take: so many, if there are as many left, with some for what stands around
  /// the list; 0 where it is not worth while.
  private func room(_ limit: Int) -> Int {
    let left = Self.byteLimit - output.count - 2 * Self.reserve
    return left < 200 ? 0 : min(limit, left)
  }

  /// Room that is kept for the words on what was left out.
  private static let reserve = 400

  private mutating func printWhole(_ text: String) -> Bool {
    guard output.count + text.utf8.count + Self.reserve <= Self.byteLimit else { return false }
    print(text)
    return true
  }
}
