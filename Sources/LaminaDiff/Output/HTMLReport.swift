internal import Lamina

/// The report as one page that loads nothing: no picture, no font, no script but its own small one, without
/// which everything can be read as well.
package struct HTMLReport {
  /// Resources of more lines than this are folded at first.
  private static let openLimit = 400

  private let report: DiffReport
  private let changes: SharedChanges
  private var output: [UInt8] = []

  package static func bytes(of report: DiffReport) -> [UInt8] {
    var page = HTMLReport(report)
    page.printPage()
    return page.output
  }

  private init(_ report: DiffReport) {
    self.report = report
    changes = SharedChanges(report)
  }

  private mutating func print(_ text: String) { output += text.utf8 }

  private mutating func printPage() {
    let overview = ReportOverview(report, changes)
    printHead(DiffSummary(report))
    printDangers(overview)
    printFailures()
    printUnreadFiles()
    printOverview(overview)
    if !report.roots.allSatisfy(\.isFolded) { printTable() }
    if report.roots.contains(where: { !$0.resources.isEmpty }) { printToolbar() }
    for (place, root) in report.roots.enumerated() where !root.isFolded && !root.failureDecides {
      print(root, place)
    }
    printFolded()
    print("<script>\n\(HTMLScript.text)</script>\n</body>\n</html>\n")
  }

  /// The policy lets the page load nothing and run nothing but its own script, should an escape ever be
  /// missing.
  private mutating func printHead(_ summary: DiffSummary) {
    let words = HTMLText.escaped(summary.words)
    let title = HTMLText.escaped(report.title ?? "Rendered manifests")
    print(
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; style-src 'unsafe-inline'; script-src '\(HTMLScript.hash)'">
      <title>\(title): \(words)</title>
      <style>
      \(HTMLStyle.sheet)</style>
      </head>
      <body>
      <h1>\(title)</h1>
      <p>\(words)</p>

      """)
    if let words = summary.consequenceWords {
      print("<p><span class=\"badge\">\(words)</span></p>\n")
    }
  }

  // MARK: - The overview

  private mutating func printDangers(_ overview: ReportOverview) {
    if overview.dangers.isEmpty { return }
    print("<section class=\"alert severe\">\n<h2>Dangers</h2>\n<ul>\n")
    for danger in overview.dangers {
      let title = link(to: danger.member, HTMLText.breakable(danger.title))
      print("<li><strong>\(danger.kind.words)</strong>: \(title): ")
      print("\(HTMLText.escaped(danger.message)) \(Self.roots(danger.roots))</li>\n")
    }
    print("</ul>\n</section>\n")
  }

  /// Each message once, with its roots.
  private mutating func printFailures() {
    for shared in report.sharedFailures {
      let roots = Self.roots(report.names(of: shared))
      // The table leads here.
      let targets = shared.places.map { "<span id=\"root-\($0 + 1)\"></span>" }.joined()
      print("<section class=\"alert failure\">\(targets)\n<h2>Does not render \(roots)</h2>\n")
      for (side, failure) in shared.sides {
        let remark = shared.isFormer ? ", as before" : ""
        print("<p>\(HTMLText.escaped(side.label))\(remark):</p>\n")
        print(Self.box(failure))
      }
      print("</section>\n")
    }
  }

  private static func box(_ failure: Diagnostic) -> String {
    let lines = failure.shownLines.map { "<span>\(HTMLText.escaped($0))\n</span>" }
    return "<pre>\(lines.joined())</pre>\n"
  }

  private mutating func printUnreadFiles() {
    guard let files = report.unreadFiles, !files.isEmpty else { return }
    let items = files.map { "<li><code>\(HTMLText.breakable($0))</code></li>\n" }.joined()
    print(
      """
      <details class="alert notice-box" open>
      <summary>\(UnreadFiles.words(files.count))</summary>
      <ul>
      \(items)</ul>
      </details>

      """)
  }

  private mutating func printOverview(_ overview: ReportOverview) {
    if !overview.images.isEmpty {
      print(
        """
        <h2>Images</h2>
        <div class="scroll"><table>
        <thead><tr><th>Image</th><th>becomes</th><th>Roots</th></tr></thead>
        <tbody>

        """)
      for image in overview.images {
        let (old, new) = Self.marked(image.old, image.new)
        print("<tr><td><del><code>\(old)</code></del></td><td><ins><code>\(new)</code></ins></td>")
        print("<td>\(Self.roots(image.roots))</td></tr>\n")
      }
      print("</tbody>\n</table></div>\n")
    }
    for kind in ReportOverview.Object.Kind.allCases {
      let objects = overview.objects(kind)
      if objects.isEmpty { continue }
      let isOpen = objects.count <= 20 ? " open" : ""
      print("<details class=\"objects \(kind.rawValue)\"\(isOpen)>\n")
      print("<summary>\(kind.heading): \(objects.count)</summary>\n<ul>\n")
      for object in objects {
        let title = link(to: object.member, HTMLText.breakable(object.title))
        let roots = report.comparedCount == 1 ? "" : " \(Self.roots(object.roots))"
        print("<li>\(title)\(roots)</li>\n")
      }
      print("</ul>\n</details>\n")
    }
  }

  private func link(to member: SharedChanges.Member, _ html: String) -> String {
    "<a href=\"#\(Self.name(of: changes.group(of: member).first ?? member))\">\(html)</a>"
  }

  /// What addresses call a resource.
  private static func name(of member: SharedChanges.Member) -> String {
    "resource-\(member.root + 1)-\(member.resource + 1)"
  }

  private static func roots(_ names: [String]) -> String {
    if names.count <= RootList.usualLimit {
      return "<span class=\"soft\">\(HTMLText.breakable(RootList.words(names)))</span>"
    }
    let all = names.map(HTMLText.breakable).joined(separator: ", ")
    return
      "<details class=\"roots soft\"><summary>in \(names.count) roots</summary>\(all)</details>"
  }

  private mutating func printTable() {
    print(
      """
      <h2>Roots</h2>
      <div class="scroll"><table>
      <thead><tr><th>Root</th><th class="number">Changed</th><th class="number">Added</th>\
      <th class="number">Removed</th><th>Remarks</th></tr></thead>
      <tbody>

      """)
    for (place, root) in report.roots.enumerated() where !root.isFolded {
      let summary = DiffSummary(root)
      let numbers = [summary.changed, summary.added, summary.removed]
        .map { "<td class=\"number\">\($0)</td>" }.joined()
      let name = HTMLText.breakable(root.name)
      let role = root.failureDecides ? " class=\"failure\"" : ""
      print("<tr\(role)><td><a href=\"#root-\(place + 1)\"><code>\(name)</code></a></td>\(numbers)")
      print("<td>\(Self.remarks(on: root, summary))</td></tr>\n")
    }
    print("</tbody>\n</table></div>\n")
  }

  private static func remarks(on root: RootDiff, _ summary: DiffSummary) -> String {
    var remarks: [String] = []
    if case .absent = root.old.state { remarks.append("new root") }
    if case .absent = root.new.state { remarks.append("root removed") }
    if let name = root.formerName { remarks.append("was \(HTMLText.breakable(name))") }
    if root.failureDecides { remarks.append("does not render") }
    if root.failureKind == .former, !root.failureDecides { remarks.append("renders again") }
    if summary.moved > 0 { remarks.append("\(summary.moved) moved here") }
    if summary.movedAway > 0 { remarks.append("\(summary.movedAway) moved away") }
    if let words = summary.consequenceWords { remarks.append(words) }
    return remarks.joined(separator: "; ")
  }

  /// The choice of the view works without the script, which makes the filter appear.
  private mutating func printToolbar() {
    print(
      """
      <div class="toolbar" role="search">
      <span class="filter" hidden>
      <label>Filter <input type="search" id="filter" placeholder="name, kind, root or field"></label>
      <label>Show <select id="only">
      <option value="">everything</option>
      <option value="severe">dangers</option>
      <option value="changed">changed</option>
      <option value="added">added</option>
      <option value="removed">removed</option>
      </select></label>
      <span id="count" role="status"></span>
      </span>
      <span class="views">
      <label><input type="radio" name="view" id="view-unified" checked> unified</label>
      <label><input type="radio" name="view" id="view-split"> side by side</label>
      </span>
      </div>

      """)
  }

  private mutating func printFolded() {
    guard let words = DiffSummary.alikeWords(report) else { return }
    print("<details class=\"folded\">\n<summary>\(words)</summary>\n")
    for root in report.foldedRoots {
      print("<h3><code>\(HTMLText.breakable(root.name))</code></h3>\n")
      if let failure = root.shownFailure { print(Self.box(failure)) }
    }
    print("</details>\n")
  }

  // MARK: - Roots and resources

  private mutating func print(_ root: RootDiff, _ place: Int) {
    print(
      "<section class=\"root\" id=\"root-\(place + 1)\">\n<h2><code>\(HTMLText.breakable(root.name))</code></h2>\n"
    )
    let sides = [root.old, root.new].map { HTMLText.escaped($0.label) }
    print("<p class=\"soft\">\(sides[0]) → \(sides[1])</p>\n")
    if let name = root.formerName {
      print("<p class=\"notice\">the root was <code>\(HTMLText.breakable(name))</code></p>\n")
    }
    for side in [root.old, root.new] where side.failure != nil {
      print("<p class=\"notice severe\">\(HTMLText.escaped(side.label)) does not render</p>\n")
    }
    var shared: [SharedChanges.Member] = []
    for index in root.resources.indices {
      let member = SharedChanges.Member(root: place, resource: index)
      if changes.isShown(member) { print(member, root) } else { shared.append(member) }
    }
    if !shared.isEmpty {
      let items = shared.map { member in
        "<li>\(link(to: member, HTMLText.breakable(ResourceTitle(changes.resource(member)).words)))</li>\n"
      }
      let words = shared.count == 1 ? "1 resource changes" : "\(shared.count) resources change"
      print("<details class=\"soft\"><summary>\(words) as shown above</summary>\n")
      print("<ul>\n\(items.joined())</ul>\n</details>\n")
    }
    let hidden = root.hiddenWords.map { "<li>\(HTMLText.escaped($0))</li>\n" }
    if !hidden.isEmpty { print("<ul class=\"hidden soft\">\n\(hidden.joined())</ul>\n") }
    print("</section>\n")
  }

  private mutating func print(_ member: SharedChanges.Member, _ root: RootDiff) {
    let resource = changes.resource(member)
    let title = ResourceTitle(resource)
    let lines = changes.lines(of: member)
    let isOpen = lines.count <= Self.openLimit ? " open" : ""
    let isSevere = resource.consequences.contains { $0.kind.isSevere } ? " severe" : ""
    print(
      "<details class=\"resource \(resource.kind.rawValue)\(isSevere)\" id=\"\(Self.name(of: member))\"\(isOpen)>\n"
    )
    print("<summary><span class=\"mark\">\(resource.kind.mark)</span> ")
    print("<span class=\"name\">\(HTMLText.breakable(title.words))</span>")
    if let remark = title.remark { print(" (\(HTMLText.escaped(remark)))") }
    print(" <span class=\"soft\">\(HTMLText.escaped(title.apiVersion))</span>")
    if let words = resource.consequenceWords {
      print(" <span class=\"badge\(isSevere)\">\(words)</span>")
    }
    if let origin = resource.onlySide?.origin {
      print(" \(self.origin(origin, isOld: resource.new == nil))")
    }
    print("</summary>\n<div class=\"body\">\n")
    let group = changes.group(of: member)
    if group.isShared { print("<p>\(Self.roots(changes.names(in: group)))</p>\n") }
    print(lines, isWhole: resource.kind != .changed)
    print("</div>\n</details>\n")
  }

  /// A place in a file, with the address of the file if one is known.
  private func origin(_ place: Diagnostic.Location, isOld: Bool, _ words: String = "") -> String {
    let text = "\(words)\(HTMLText.breakable("\(place.file):\(place.line)"))"
    guard let address = report.links?.address(of: place, isOld: isOld) else {
      return "<span class=\"soft\">\(text)</span>"
    }
    return "<a class=\"soft\" href=\"\(HTMLText.escaped(address))\">\(text)</a>"
  }

  // MARK: - Lines

  /// Lines of text that stand together share a box; removed lines and the added ones behind them stand
  /// side by side in it, if the reader wants them to.
  private mutating func print(_ lines: [ReportLine], isWhole: Bool) {
    let marks = WordMarks.marks(in: lines)
    var box = LineBox(isWhole: isWhole)
    for (place, line) in lines.enumerated() {
      switch line {
      case .consequence(let consequence):
        let severity = consequence.kind.isSevere ? " severe" : ""
        let words = HTMLText.escaped(consequence.message)
        print("\(box.end())<p class=\"notice\(severity)\">\(words)</p>\n")
      case .field(let field): print("\(box.end())\(html(of: field))\n")
      case .hunk(let text): box.add("hunk", HTMLText.escaped(text), to: .both)
      case .kept(let text): box.add("kept", "  \(HTMLText.escaped(text))", to: .kept)
      case .removed(let text):
        box.add("removed", "- \(Self.text(text, marks[place]))", to: .old)
      case .added(let text): box.add("added", "+ \(Self.text(text, marks[place]))", to: .new)
      case .note(let text): box.add("note", HTMLText.escaped("(\(text))"), to: .both)
      }
    }
    print(box.end())
  }

  private static func text(_ text: String, _ pieces: [WordMarks.Piece]?) -> String {
    pieces.map(html) ?? HTMLText.escaped(text)
  }

  private static func html(of pieces: [WordMarks.Piece]) -> String {
    pieces.map { $0.isChanged ? "<b>\(HTMLText.escaped($0.text))</b>" : HTMLText.escaped($0.text) }
      .joined()
  }

  /// Two values, in bold what differs.
  private static func marked(_ old: String, _ new: String) -> (old: String, new: String) {
    guard let pieces = WordMarks.pieces(old, new) else {
      return (HTMLText.escaped(old), HTMLText.escaped(new))
    }
    return (html(of: pieces.old), html(of: pieces.new))
  }

  private func html(of field: FieldLine) -> String {
    var html =
      "<p class=\"field\"><span class=\"mark \(field.mark.role)\">\(field.mark.rawValue)</span> "
    html += "<code class=\"path\">\(HTMLText.breakable(field.path))</code>"
    switch field.value {
    case .one(let value): html += " \(field.mark.element(HTMLText.escaped(value)))"
    case .two(let old, let new):
      let (old, new) = Self.marked(old, new)
      html += " <del><code>\(old)</code></del> → <ins><code>\(new)</code></ins>"
    case nil: break
    }
    if let remark = field.remark { html += " <span class=\"soft\">(\(remark))</span>" }
    if let place = field.place { html += " \(origin(place, isOld: field.isOldPlace))" }
    // The former place is of use to those who can go there.
    if let place = field.formerPlace, report.links != nil {
      html += " \(origin(place, isOld: true, "before: "))"
    }
    return html + "</p>"
  }
}

/// Puts lines into boxes of two sides.
private struct LineBox {
  enum Side { case old, new, kept, both }

  /// A resource that only one side has needs no second one.
  let isWhole: Bool
  private var old = ""
  private var new = ""
  private var kept = ""
  private var html = ""

  init(isWhole: Bool) { self.isWhole = isWhole }

  /// With its line feed, so that what is copied from the page has lines as well.
  mutating func add(_ role: String, _ text: String, to side: Side) {
    let line = "<span class=\"\(role)\">\(text)\n</span>"
    switch side {
    case .old:
      flushKept()
      if !new.isEmpty { flushPair() }
      old += line
    case .new:
      flushKept()
      new += line
    case .kept:
      flushPair()
      kept += line
    case .both:
      flushKept()
      flushPair()
      html += "<pre>\(line)</pre>"
    }
  }

  /// The box, if there is one, and a new one behind it.
  mutating func end() -> String {
    flushKept()
    flushPair()
    defer { html = "" }
    return html.isEmpty ? "" : "<div class=\"lines\(isWhole ? " whole" : "")\">\(html)</div>\n"
  }

  private mutating func flushPair() {
    if old.isEmpty, new.isEmpty { return }
    if isWhole {
      html += "<pre>\(old)\(new)</pre>"
    } else {
      html +=
        "<div class=\"pair\"><pre class=\"old\">\(old)</pre><pre class=\"new\">\(new)</pre></div>"
    }
    (old, new) = ("", "")
  }

  /// In the unified view the second copy is not there.
  private mutating func flushKept() {
    if kept.isEmpty { return }
    html += "<div class=\"pair same\"><pre class=\"old\">\(kept)</pre>"
    html += "<pre class=\"new\" aria-hidden=\"true\">\(kept)</pre></div>"
    kept = ""
  }
}

extension FieldLine.Mark {
  fileprivate var role: String {
    switch self {
    case .added: "added"
    case .removed: "removed"
    case .changed, .reordered: "changed"
    }
  }

  /// A value that stands on one side only.
  fileprivate func element(_ html: String) -> String {
    switch self {
    case .added: "<ins><code>\(html)</code></ins>"
    case .removed: "<del><code>\(html)</code></del>"
    case .changed, .reordered: "<code>\(html)</code>"
    }
  }
}
