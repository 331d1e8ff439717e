internal import Lamina

/// One line of what is said of a resource. Text, markdown and HTML say the same, and each dresses the
/// lines in its own way.
enum ReportLine {
  case consequence(Consequence)
  case field(FieldLine)
  /// The place of lines in a text: `@@ -3,4 +3,4 @@`.
  case hunk(String)
  case kept(String)
  case removed(String)
  case added(String)
  case note(String)
}

/// The line that names a field.
struct FieldLine {
  enum Mark: String {
    case added = "+"
    case removed = "-"
    case changed = "±"
    case reordered = "⇅"
  }

  enum Value {
    case one(String)
    case two(old: String, new: String)
  }

  let mark: Mark
  let path: String
  /// What fits on the line.
  var value: Value?
  /// What the values do not tell: `order only`.
  var remark: String?
  /// Where the value was written, on the new side if it is there.
  var place: Diagnostic.Location?
  /// The place is on the old side.
  var isOldPlace = false
  /// Where the value was written on the old side, if `place` is on the new one.
  var formerPlace: Diagnostic.Location?

  /// `overlays/prod/replicas.yaml:7`
  var origin: String? { place.map { ShownText.line("\($0.file):\($0.line)") } }
}

extension ResourceDiff {
  /// All that is said of the resource below its title.
  var reportLines: [ReportLine] {
    var lines = consequences.map { ReportLine.consequence($0) }
    if movedTo != nil { return lines }
    if let moveChanges { return lines + moveChanges.reportLines }
    switch kind {
    case .added: lines += (new?.lines ?? []).map { .added($0) }
    case .removed: lines += (old?.lines ?? []).map { .removed($0) }
    case .changed: for change in changes { lines += change.reportLines }
    }
    return lines
  }
}

extension ManifestResource {
  /// The lines of the resource, fit to be shown.
  fileprivate var lines: [String] {
    var lines = yaml.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { ShownText.changedLine(String(decoding: $0, as: UTF8.self)) }
  }
}

extension FieldChange {
  /// Values of more characters than this, with the path before them, get lines of their own.
  private static let widthLimit = 88

  fileprivate var reportLines: [ReportLine] {
    switch kind {
    case .added(let value): lines(of: value, .added) { .added($0) }
    case .removed(let value): lines(of: value, .removed) { .removed($0) }
    case .changed(let old, let new): changedLines(old, new)
    case .text(let diff): textLines(diff)
    case .reordered(let old, let new): reorderedLines(old, new)
    }
  }

  private func head(
    _ mark: FieldLine.Mark, _ value: FieldLine.Value? = nil, remark: String? = nil
  ) -> FieldLine {
    let path = path.steps.isEmpty ? "(the whole)" : ShownText.line(path.description)
    let isOld = mark == .removed || newOrigin == nil
    return FieldLine(
      mark: mark, path: path, value: value, remark: remark, place: isOld ? oldOrigin : newOrigin,
      isOldPlace: isOld, formerPlace: isOld ? nil : oldOrigin)
  }

  private func fits(_ texts: [String]) -> Bool {
    texts.reduce(path.description.count) { $0 + $1.count } <= Self.widthLimit
  }

  /// A value that is there on one side only. The head of a block of text stays with the path.
  private func lines(
    of value: ManifestValue, _ mark: FieldLine.Mark, _ line: (String) -> ReportLine
  ) -> [ReportLine] {
    if let text = ValueText.line(of: value), fits([text]) || value.isScalar {
      return [.field(head(mark, .one(text)))]
    }
    let all = ValueText.lines(of: value)
    guard case .string = value, let first = all.first else {
      return [.field(head(mark))] + all.map(line)
    }
    return [.field(head(mark, .one(first)))] + all.dropFirst().map { line($0) }
  }

  private func changedLines(_ old: ManifestValue, _ new: ManifestValue) -> [ReportLine] {
    if case .secret(let oldCount) = old, case .secret(let newCount) = new {
      let count = oldCount == newCount ? "\(newCount)" : "\(oldCount) → \(newCount)"
      let unit = oldCount == 1 && newCount == 1 ? "byte" : "bytes"
      return [.field(head(.changed, .one("value changed (secret, \(count) \(unit))")))]
    }
    let remark =
      old.typeWord == new.typeWord ? nil : "\(old.typeWord) → \(new.typeWord)"
    if let oldText = ValueText.line(of: old), let newText = ValueText.line(of: new),
      fits([oldText, newText])
    {
      return [.field(head(.changed, .two(old: oldText, new: newText), remark: remark))]
    }
    return [.field(head(.changed, remark: remark))]
      + ValueText.lines(of: old).map { .removed($0) }
      + ValueText.lines(of: new).map { .added($0) }
  }

  private func textLines(_ diff: LineDiff) -> [ReportLine] {
    let remark = diff.isLaidOut ? "JSON, laid out to be compared" : nil
    return [.field(head(.changed, remark: remark))] + diff.reportLines
  }

  private func reorderedLines(_ old: [String], _ new: [String]) -> [ReportLine] {
    let words = [old, new].map { "[\($0.map(ShownText.line).joined(separator: ", "))]" }
    return [
      .field(head(.reordered, remark: "order only")), .removed(words[0]), .added(words[1]),
    ]
  }
}

extension LineDiff {
  fileprivate var reportLines: [ReportLine] {
    var lines: [ReportLine] = []
    for hunk in hunks {
      lines.append(.hunk(hunk.header))
      for line in hunk.lines {
        switch line {
        case .kept(let text): lines.append(.kept(ShownText.line(text)))
        case .removed(let text): lines.append(.removed(ShownText.changedLine(text)))
        case .added(let text): lines.append(.added(ShownText.changedLine(text)))
        }
      }
    }
    if changesLastLineFeed { lines.append(.note("only one of the two ends with a line feed")) }
    return lines
  }
}

extension LineDiff.Hunk {
  fileprivate var header: String {
    func range(_ start: Int, _ count: Int) -> Range<Int> {
      count == 0 ? start..<start : (start - 1)..<(start - 1 + count)
    }
    return hunkHeader(old: range(oldStart, oldCount), new: range(newStart, newCount))
  }
}

extension ManifestValue {
  fileprivate var isScalar: Bool {
    switch self {
    case .list, .mapping: false
    default: true
    }
  }

  fileprivate var typeWord: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .number: "number"
    case .string, .secret: "string"
    case .list: "list"
    case .mapping: "mapping"
    }
  }
}
