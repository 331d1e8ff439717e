internal import Lamina

/// A patch that turns the old streams into the new ones: `patch -p1` and reviewers' tools read it.
///
///     --- a/overlays/prod.yaml
///     +++ b/overlays/prod.yaml
///     @@ -7,7 +7,7 @@ Deployment/orders
///
/// Each root's file is called as `render --all ROOT -o DIRECTORY` calls it. Nothing is left out of a
/// patch, so that it applies; what differs in secrets only shows when they are shown.
package struct UnifiedReport {
  private let style: TextStyle
  private var output: [UInt8] = []

  package static func bytes(of report: DiffReport, isColoured: Bool = false) -> [UInt8] {
    var patch = UnifiedReport(style: TextStyle(isColoured: isColoured))
    patch.contextLines = report.contextLines
    for root in report.roots { patch.print(root) }
    return patch.output
  }

  private var contextLines = DiffReport.usualContext

  private init(style: TextStyle) { self.style = style }

  /// A side that does not render is said in a comment, which `patch` passes over.
  private mutating func print(_ root: RootDiff) {
    if root.isFolded { return }
    for side in [root.old, root.new] {
      guard let failure = side.failure else { continue }
      print(.boldRed, "# \(ShownText.line(side.label)) does not render")
      for line in failure.shownLines { print(.boldRed, "# \(line)") }
    }
    if root.hasFailed { return }
    let (old, new) = (StreamLines(root.old), StreamLines(root.new))
    let hunks = SequenceDiff.hunks(
      old: old.lines, new: new.lines, context: contextLines)
    if hunks.isEmpty { return }
    print(.bold, "--- \(PatchName.old(root))")
    print(.bold, "+++ \(PatchName.new(root))")
    for hunk in hunks { print(hunk, old, new) }
  }

  private mutating func print(_ hunk: SequenceDiff.Hunk, _ old: StreamLines, _ new: StreamLines) {
    let header = hunkHeader(old: hunk.old, new: hunk.new)
    let label = hunk.changes.first.flatMap { change in
      change.new.isEmpty
        ? old.label(of: change.old.lowerBound) : new.label(of: change.new.lowerBound)
    }
    let words = label.map { " \($0)" } ?? ""
    output += "\(style(.cyan, header))\(words)\n".utf8
    var place = hunk.old.lowerBound
    for change in hunk.changes {
      print(old.lines[place..<change.old.lowerBound], " ", nil)
      print(old.lines[change.old], "-", .red)
      print(new.lines[change.new], "+", .green)
      place = change.old.upperBound
    }
    print(old.lines[place..<hunk.old.upperBound], " ", nil)
  }

  private mutating func print(
    _ lines: ArraySlice<ArraySlice<UInt8>>, _ mark: String, _ paint: TextStyle.Paint?
  ) {
    for line in lines {
      let hasFeed = line.last == UInt8(ascii: "\n")
      let paint = style.isColoured ? paint : nil
      output += (paint?.start ?? "").utf8
      output += mark.utf8
      output += hasFeed ? line.dropLast() : line
      output += (paint == nil ? "\n" : TextStyle.Paint.end + "\n").utf8
      if !hasFeed { output += "\\ No newline at end of file\n".utf8 }
    }
  }

  private mutating func print(_ paint: TextStyle.Paint, _ line: String) {
    output += "\(style(paint, line))\n".utf8
  }
}

/// The place of changed lines as `diff -u` writes it: counted from 1, a count of one left out, and the
/// line before it where a side has none.
func hunkHeader(old: Range<Int>, new: Range<Int>) -> String {
  func text(_ lines: Range<Int>) -> String {
    let start = lines.isEmpty ? lines.lowerBound : lines.lowerBound + 1
    return lines.count == 1 ? "\(start)" : "\(start),\(lines.count)"
  }
  return "@@ -\(text(old)) +\(text(new)) @@"
}

/// The stream of a side, cut into lines that keep their line feeds.
private struct StreamLines {
  private(set) var lines: [ArraySlice<UInt8>] = []
  /// For each resource the line behind its last one, and what it is called.
  private var labels: [(end: Int, text: String)] = []

  /// Of a side without the root there are no lines.
  init(_ side: DiffSide) {
    for (index, resource) in (side.manifest?.resources ?? []).enumerated() {
      if index > 0 { append(Array("---\n".utf8)) }
      append(resource.yaml)
      labels.append((lines.count, ShownText.line("\(resource.id.kind)/\(resource.id.name)")))
    }
  }

  private mutating func append(_ text: [UInt8]) {
    var rest = text[...]
    while let feed = rest.firstIndex(of: UInt8(ascii: "\n")) {
      lines.append(rest[...feed])
      rest = rest[(feed + 1)...]
    }
    if !rest.isEmpty { lines.append(rest) }
  }

  /// The resource that a line belongs to; the line between two counts to the second.
  func label(of line: Int) -> String? { labels.first { line < $0.end }?.text }
}

/// What a patch calls the two files of a root.
private enum PatchName {
  static func old(_ root: RootDiff) -> String {
    name("a", root.formerName ?? root.name, root.old)
  }
  static func new(_ root: RootDiff) -> String { name("b", root.name, root.new) }

  private static func name(_ prefix: String, _ name: String, _ side: DiffSide) -> String {
    if case .absent = side.state { return "/dev/null" }
    return quoted("\(prefix)/\(file(of: name))")
  }

  /// The root with `.yaml` behind it, without what leads upwards.
  private static func file(of name: String) -> String {
    let parts = name.parts(at: "/").filter { $0 != "." && $0 != ".." }
    let path = parts.isEmpty ? "root" : parts.joined(separator: "/")
    return path.ends(with: ".yaml") || path.ends(with: ".yml") ? path : "\(path).yaml"
  }

  /// As git does: quotes where the name would be misread, and a tab behind one with blanks.
  private static func quoted(_ name: String) -> String {
    let needsQuotes = name.utf8.contains {
      $0 < 0x20 || $0 >= 0x7F || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\")
    }
    if !needsQuotes { return name.utf8.contains(UInt8(ascii: " ")) ? "\(name)\t" : name }
    var text = "\""
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += "\\\(Unicode.Scalar(byte))"
      case 0x20..<0x7F: text.unicodeScalars.append(Unicode.Scalar(byte))
      default: text += "\\" + octal(byte)
      }
    }
    return text + "\""
  }

  private static func octal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 8)
    return String(repeating: "0", count: 3 - digits.utf8.count) + digits
  }
}
