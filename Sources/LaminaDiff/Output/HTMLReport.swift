internal import Lamina

/// The report as one page that needs nothing else: no script, no picture, no address.
package struct HTMLReport {
  /// Resources of more lines than this are folded at first.
  private static let openLimit = 400

  private var output: [UInt8] = []
  private var shown = RepeatedChanges()

  package static func bytes(of report: DiffReport) -> [UInt8] {
    var page = HTMLReport()
    page.printHead(DiffSummary(report))
    if !report.roots.isEmpty { page.printTable(report) }
    for (place, root) in report.roots.enumerated() { page.print(root, place, of: report) }
    page.print("</body>\n</html>\n")
    return page.output
  }

  private mutating func print(_ text: String) { output += text.utf8 }

  /// The policy lets the page load nothing and run nothing, should an escape ever be missing.
  private mutating func printHead(_ summary: DiffSummary) {
    let words = HTMLText.escaped(summary.words)
    print(
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; style-src 'unsafe-inline'">
      <title>Rendered manifests: \(words)</title>
      <style>
      \(HTMLStyle.sheet)</style>
      </head>
      <body>
      <h1>Rendered manifests</h1>
      <p>\(words)</p>

      """)
    if let words = summary.consequenceWords {
      print("<p><span class=\"badge\">\(words)</span></p>\n")
    }
  }

  private mutating func printTable(_ report: DiffReport) {
    print(
      """
      <div class="scroll"><table>
      <thead><tr><th>Root</th><th class="number">Changed</th><th class="number">Added</th>\
      <th class="number">Removed</th><th>Remarks</th></tr></thead>
      <tbody>

      """)
    for (place, root) in report.roots.enumerated() {
      let summary = DiffSummary(root)
      let numbers = [summary.changed, summary.added, summary.removed]
        .map { "<td class=\"number\">\($0)</td>" }.joined()
      let name = HTMLText.breakable(root.name)
      print("<tr><td><a href=\"#root-\(place + 1)\"><code>\(name)</code></a></td>\(numbers)")
      print("<td>\(Self.remarks(on: root, summary))</td></tr>\n")
    }
    print("</tbody>\n</table></div>\n")
  }

  private static func remarks(on root: RootDiff, _ summary: DiffSummary) -> String {
    var remarks: [String] = []
    if case .absent = root.old.state { remarks.append("new root") }
    if case .absent = root.new.state { remarks.append("root removed") }
    if root.hasFailed { remarks.append("does not render") }
    if let words = summary.consequenceWords { remarks.append(words) }
    return remarks.joined(separator: "; ")
  }

  // MARK: - Roots and resources

  private mutating func print(_ root: RootDiff, _ place: Int, of report: DiffReport) {
    print(
      "<section id=\"root-\(place + 1)\">\n<h2><code>\(HTMLText.breakable(root.name))</code></h2>\n"
    )
    let sides = [root.old, root.new].map { HTMLText.escaped($0.label) }
    print("<p class=\"soft\">\(sides[0]) → \(sides[1])</p>\n")
    for side in [root.old, root.new] {
      guard let failure = side.failure else { continue }
      print("<p class=\"notice severe\">\(HTMLText.escaped(side.label)) does not render</p>\n")
      let lines = failure.shownLines.map { "<span>\(HTMLText.escaped($0))\n</span>" }
      print("<pre>\(lines.joined())</pre>\n")
    }
    for resource in root.resources { print(resource, place, of: report) }
    let hidden = root.hiddenWords.map { "<li>\(HTMLText.escaped($0))</li>\n" }
    if !hidden.isEmpty { print("<ul class=\"hidden soft\">\n\(hidden.joined())</ul>\n") }
    print("</section>\n")
  }

  private mutating func print(_ resource: ResourceDiff, _ root: Int, of report: DiffReport) {
    let title = ResourceTitle(resource)
    let lines = resource.reportLines
    let isOpen = lines.count <= Self.openLimit ? " open" : ""
    print("<details class=\"resource \(resource.kind.rawValue)\"\(isOpen)>\n")
    print("<summary><span class=\"mark\">\(resource.kind.mark)</span> ")
    print("<span class=\"name\">\(HTMLText.breakable(title.words))</span>")
    if let remark = title.remark { print(" (\(HTMLText.escaped(remark)))") }
    print(" <span class=\"soft\">\(HTMLText.escaped(title.apiVersion))</span>")
    if let words = resource.consequenceWords { print(" <span class=\"badge\">\(words)</span>") }
    if let origin = resource.onlySide?.origin {
      print(" <span class=\"soft\">\(HTMLText.breakable("\(origin.file):\(origin.line)"))</span>")
    }
    print("</summary>\n<div class=\"body\">\n")
    if let earlier = shown.root(showing: resource, lines) {
      let name = HTMLText.breakable(report.roots[earlier].name)
      print(lines.filter(\.isConsequence))
      print(
        "<p>the same change as in <a href=\"#root-\(earlier + 1)\"><code>\(name)</code></a></p>\n")
    } else {
      print(lines)
    }
    shown.note(resource, lines, shownIn: root)
    print("</div>\n</details>\n")
  }

  // MARK: - Lines

  /// Lines of text that stand together share a box.
  private mutating func print(_ lines: [ReportLine]) {
    var isInBox = false
    func box(_ isWanted: Bool) -> String {
      defer { isInBox = isWanted }
      return isWanted == isInBox ? "" : isWanted ? "<pre>" : "</pre>\n"
    }
    for line in lines {
      switch line {
      case .consequence(let consequence):
        let severity = consequence.kind.isSevere ? " severe" : ""
        let words = HTMLText.escaped(consequence.message)
        print("\(box(false))<p class=\"notice\(severity)\">\(words)</p>\n")
      case .field(let field): print("\(box(false))\(Self.html(of: field))\n")
      case .hunk(let text): print("\(box(true))\(Self.line("hunk", text))")
      case .kept(let text): print("\(box(true))\(Self.line("kept", "  \(text)"))")
      case .removed(let text): print("\(box(true))\(Self.line("removed", "- \(text)"))")
      case .added(let text): print("\(box(true))\(Self.line("added", "+ \(text)"))")
      case .note(let text): print("\(box(true))\(Self.line("note", "(\(text))"))")
      }
    }
    print(box(false))
  }

  /// With its line feed, so that what is copied from the page has lines as well.
  private static func line(_ role: String, _ text: String) -> String {
    "<span class=\"\(role)\">\(HTMLText.escaped(text))\n</span>"
  }

  private static func html(of field: FieldLine) -> String {
    var html =
      "<p class=\"field\"><span class=\"mark \(field.mark.role)\">\(field.mark.rawValue)</span> "
    html += "<code class=\"path\">\(HTMLText.breakable(field.path))</code>"
    switch field.value {
    case .one(let value): html += " \(field.mark.element(HTMLText.escaped(value)))"
    case .two(let old, let new):
      let (old, new) = (HTMLText.escaped(old), HTMLText.escaped(new))
      html += " <del><code>\(old)</code></del> → <ins><code>\(new)</code></ins>"
    case nil: break
    }
    if let remark = field.remark { html += " <span class=\"soft\">(\(remark))</span>" }
    if let origin = field.origin {
      html += " <span class=\"soft\">\(HTMLText.breakable(origin))</span>"
    }
    return html + "</p>"
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
