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
  private let report: DiffReport
  private let changes: SharedChanges
  private var output: [UInt8] = []

  /// A report about more resources than this begins with an overview.
  private static let overviewLimit = 5
  /// How many objects and images an overview lists of each kind.
  private static let listLimit = 20

  /// - Parameters:
  ///   - report: what is printed.
  ///   - isColoured: sets parts apart by colours, which a terminal shows.
  package static func bytes(of report: DiffReport, isColoured: Bool = false) -> [UInt8] {
    var text = TextReport(report, TextStyle(isColoured: isColoured))
    text.printReport()
    return text.output
  }

  private init(_ report: DiffReport, _ style: TextStyle) {
    self.report = report
    self.style = style
    changes = SharedChanges(report)
  }

  private mutating func print(_ depth: Int, _ line: String) {
    if !line.isEmpty {
      output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
    }
    output += line.utf8
    output.append(UInt8(ascii: "\n"))
  }

  private mutating func printReport() {
    if let title = report.title {
      print(0, style(.bold, ShownText.line(title)))
      print(0, "")
    }
    let count = report.roots.reduce(0) { $0 + $1.resources.count }
    let hasOverview = count > (report.roots.count > 1 ? 1 : Self.overviewLimit)
    let overview = ReportOverview(report, changes)
    if hasOverview { printDangers(overview) }
    for shared in report.sharedFailures { print(shared) }
    if hasOverview { printObjects(overview) }
    for (place, root) in report.roots.enumerated() where !root.hasFailed || !root.resources.isEmpty
    {
      print(root, place)
    }
    printRepaired()
    printUnreadFiles()
    if let words = DiffSummary.alikeWords(report) {
      let names = report.foldedRoots.map { ShownText.line($0.name) }
      print(0, style(.dim, "· \(words)"))
      print(1, style(.dim, RootList.list(names)))
      print(0, "")
    }
    let summary = DiffSummary(report)
    print(0, style(.bold, summary.words))
    if let words = summary.consequenceWords { print(0, style(.yellow, "! \(words)")) }
  }

  // MARK: - The overview

  private mutating func printDangers(_ overview: ReportOverview) {
    for danger in overview.dangers {
      let words = "! \(danger.kind.words): \(danger.title): \(ShownText.line(danger.message))"
      print(0, style(.boldRed, words))
      print(2, RootList.words(danger.roots))
    }
    if !overview.dangers.isEmpty { print(0, "") }
  }

  private mutating func printObjects(_ overview: ReportOverview) {
    if !overview.images.isEmpty {
      print(0, style(.bold, "Images"))
      for image in overview.images.prefix(Self.listLimit) {
        let (old, new) = marked(ShownText.line(image.old), ShownText.line(image.new))
        print(1, "\(old) → \(new)")
        if report.comparedCount > 1 { print(2, style(.dim, RootList.words(image.roots))) }
      }
      printRest(overview.images.count)
    }
    for kind in ReportOverview.Object.Kind.allCases {
      let objects = overview.objects(kind)
      if objects.isEmpty { continue }
      print(0, style(.bold, kind.heading))
      for object in objects.prefix(Self.listLimit) {
        let roots = report.comparedCount > 1 ? "  \(RootList.words(object.roots))" : ""
        print(1, ShownText.line(object.title) + style(.dim, roots))
      }
      printRest(objects.count)
    }
  }

  private mutating func printRest(_ count: Int) {
    if count > Self.listLimit { print(1, "and \(count - Self.listLimit) more") }
    print(0, "")
  }

  private mutating func printUnreadFiles() {
    guard let files = report.unreadFiles, !files.isEmpty else { return }
    print(0, style(.boldYellow, "! \(UnreadFiles.words(files.count))"))
    for file in files.prefix(Self.listLimit) { print(2, ShownText.line(file)) }
    printRest(files.count)
  }

  // MARK: - Roots

  private mutating func printHeading(of root: RootDiff) {
    let sides = "  (\(ShownText.line(root.old.label)) → \(ShownText.line(root.new.label)))"
    print(0, style(.bold, ShownText.line(root.name)) + style(.dim, sides))
    print(0, "")
    if let name = root.formerName {
      print(1, style(.boldYellow, "! the root was \(ShownText.line(name))"))
      print(0, "")
    }
  }

  private mutating func print(_ shared: SharedFailure) {
    printHeading(of: shared.root)
    let names = report.names(of: shared)
    let more = names.count > 1 ? ", \(RootList.words(names))" : ""
    let remark = shared.isFormer ? ", as before" : ""
    for (side, failure) in shared.sides {
      print(
        1, style(.boldRed, "! \(ShownText.line(side.label)) does not render\(remark)\(more)"))
      for line in failure.shownLines { print(2, line) }
      print(0, "")
    }
  }

  private mutating func printRepaired() {
    for root in report.roots where root.failureKind == .former && !root.failureDecides {
      printHeading(of: root)
      print(
        1,
        style(.boldYellow, "! \(ShownText.line(root.old.label)) does not render; this is repaired"))
      print(0, "")
    }
  }

  private mutating func print(_ root: RootDiff, _ place: Int) {
    let members = root.resources.indices.map { SharedChanges.Member(root: place, resource: $0) }
    let shown = members.filter { changes.isShown($0) }
    let isWhole = [root.old, root.new].contains {
      if case .absent = $0.state { true } else { false }
    }
    let hidden = root.hiddenWords
    if shown.isEmpty, !isWhole, hidden.isEmpty, root.formerName == nil { return }
    printHeading(of: root)
    for (side, words) in [(root.old, "new"), (root.new, "removed")] {
      if case .absent = side.state {
        print(1, style(.boldYellow, "! the root is \(words)"))
        print(0, "")
      }
    }
    for member in shown { print(member) }
    if shown.count < members.count {
      let count = members.count - shown.count
      let words = count == 1 ? "1 resource changes" : "\(count) resources change"
      print(1, style(.dim, "= \(words) as shown above"))
      print(0, "")
    }
    for words in hidden { print(1, style(.dim, "· \(words)")) }
    if !hidden.isEmpty { print(0, "") }
  }

  // MARK: - Resources

  private mutating func print(_ member: SharedChanges.Member) {
    let resource = changes.resource(member)
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
    let group = changes.group(of: member)
    if group.isShared { print(2, style(.cyan, "= \(RootList.words(changes.names(in: group)))")) }
    // A whole resource is not indented as the lines of a field are.
    let depth = resource.kind == .changed ? 3 : 2
    let lines = changes.lines(of: member)
    let marks = style.isColoured ? WordMarks.marks(in: lines) : [:]
    for (place, line) in lines.enumerated() { print(line, marks[place], depth: depth) }
    print(0, "")
  }

  private mutating func print(_ line: ReportLine, _ marks: [WordMarks.Piece]?, depth: Int) {
    switch line {
    case .consequence(let consequence):
      let words = "! \(ShownText.line(consequence.message))"
      print(2, style(consequence.kind.isSevere ? .boldRed : .boldYellow, words))
    case .field(let field): print(2, text(of: field))
    case .hunk(let text): print(depth, style(.cyan, text))
    case .kept(let text): print(depth, text.isEmpty ? "" : style(.dim, "  \(text)"))
    case .removed(let text):
      if let marks { return print(depth, style(.red, "- ") + painted(marks, .red, .markedRed)) }
      print(depth, style(.red, text.isEmpty ? "-" : "- \(text)"))
    case .added(let text):
      if let marks {
        return print(depth, style(.green, "+ ") + painted(marks, .green, .markedGreen))
      }
      print(depth, style(.green, text.isEmpty ? "+" : "+ \(text)"))
    case .note(let text): print(depth, style(.dim, "(\(text))"))
    }
  }

  private func painted(
    _ pieces: [WordMarks.Piece], _ paint: TextStyle.Paint, _ marked: TextStyle.Paint
  ) -> String {
    pieces.map { style($0.isChanged ? marked : paint, $0.text) }.joined()
  }

  /// Two values with the words marked in which they differ.
  private func marked(_ old: String, _ new: String) -> (old: String, new: String) {
    guard style.isColoured, let pieces = WordMarks.pieces(old, new) else {
      return (style(.red, old), style(.green, new))
    }
    return (painted(pieces.old, .red, .markedRed), painted(pieces.new, .green, .markedGreen))
  }

  private func text(of field: FieldLine) -> String {
    var text = style(field.mark.paint, field.mark.rawValue) + " " + field.path
    switch field.value {
    case .one(let value): text += ": " + style(field.mark.paint, value)
    case .two(let old, let new):
      let (old, new) = marked(old, new)
      text += ": \(old) → \(new)"
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
  /// Both say the same of the same place, as the overlays of a broken base do.
  func isSame(as other: Diagnostic) -> Bool {
    id == other.id && message.hasBytes(of: other.message) && location == other.location
      && file.hasBytes(of: other.file)
  }

  /// The message with its excerpt, line by line, fit to be shown.
  var shownLines: [String] {
    description.parts(at: "\n", omittingEmptySubsequences: false).map { String($0) }
  }
}
