/// Finds the comments of a text and the values they belong to, as go-yaml v3 does for values in
/// block style (scannerc.go `yaml_parser_scan_comments`). Comments between brackets are not kept.
///
///     # head
///     key: value # line
///     # foot
///
///     next: …
///
/// A comment on a line of its own is the head of what follows it, unless an empty line, or its
/// column, makes it the foot of what came before. go-yaml decides that while it scans; here the
/// lines are gone through once, with the places of entries and scalars at hand. `RecordedCaseTests`
/// has the cases.
struct EmbeddedComments {
  /// The comments of one entry of a mapping or a list.
  struct Comments {
    /// Lines above the entry; an empty one is an empty line.
    var head: [[UInt8]] = []
    /// An empty line follows those above the entry.
    var hasEmptyLineBelowHead = false
    /// Behind the value, or behind the colon of a block.
    var line: [UInt8]?
    /// Lines below the whole entry.
    var foot: [[UInt8]] = []
  }

  /// An entry of a block, and where its key or its dash stands; all numbers count from 0.
  struct Entry {
    let node: NodeID
    let line: Int
    let column: Int
    let isElement: Bool
    /// The place of the entry around it among all entries.
    let parent: Int?
  }

  /// Characters of the text that are no comment, whatever they are.
  struct Stretch {
    let start: (line: Int, column: Int)
    let end: (line: Int, column: Int)
  }

  private(set) var byNode: [NodeID: Comments] = [:]
  /// Comments above everything, with an empty line behind them.
  private(set) var head: [[UInt8]] = []
  /// Comments below everything, with an empty line before them.
  private(set) var foot: [[UInt8]] = []

  /// All entries of blocks, in the order of the text.
  private let entries: [Entry]
  /// The comment lines since the last line with content.
  private var groups: [Group] = []
  /// The number of the last line that holds more than a comment; -1 before there is one.
  private var lastContent = -1

  /// Comment lines without an empty line between them.
  private struct Group {
    var lines: [[UInt8]]
    let column: Int
    let startLine: Int
    var isBeforeEmptyLine = false
    /// A line at another column follows, which makes this the foot of what came before.
    var isCutOff = false
  }

  /// - Parameters:
  ///   - entries: in their order in the text.
  ///   - scalars: where they stand, in their order.
  init(_ text: [UInt8], entries: [Entry], scalars: [Stretch]) {
    self.entries = entries
    var next = 0
    var passed = 0
    for (number, line) in text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    {
      while passed < scalars.count, scalars[passed].end.line < number { passed += 1 }
      let near = scalars[passed...].prefix { $0.start.line <= number }
      let comment = Self.comment(in: line, number, near)
      let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      let isInScalar = near.contains { $0.start.line < number && number < $0.end.line }
      if isBlank, !isInScalar {
        if let last = groups.indices.last { groups[last].isBeforeEmptyLine = true }
        continue
      }
      if let comment, comment.isWholeLine {
        take(comment.text, column: comment.column, line: number, behind: next)
        continue
      }
      if next == 0, line.starts(with: [0x2D, 0x2D, 0x2D]), entries.first?.line != number {
        continue
      }
      let first = next
      while next < entries.count, entries[next].line <= number { next += 1 }
      // An element may begin on a line below its dash, with comments between them.
      let shown = (first..<next).first {
        !entries[$0].isElement || line.hasDash(at: entries[$0].column)
      }
      placeGroups(before: shown, behind: shown ?? first)
      if let comment, next > 0 {
        byNode[entries[next - 1].node, default: .init()].line = comment.text
      }
      lastContent = number
    }
    placeLastGroups()
  }

  /// Forgets the comment behind a value that another one has taken the place of.
  mutating func dropLine(of node: NodeID) { byNode[node]?.line = nil }

  // MARK: - Finding

  private struct Found {
    let text: [UInt8]
    let column: Int
    let isWholeLine: Bool
  }

  /// The comment on a line: a `#` at its beginning or behind a blank, outside of all scalars.
  private static func comment(
    in line: ArraySlice<UInt8>, _ number: Int, _ scalars: ArraySlice<Stretch>
  ) -> Found? {
    guard line.contains(UInt8(ascii: "#")) else { return nil }
    var column = 0
    var isAfterBlank = true
    var isWholeLine = true
    for index in line.indices {
      let byte = line[index]
      if byte & 0xC0 == 0x80 { continue }
      let place = (number, column)
      let isInScalar = scalars.contains { $0.start <= place && place < $0.end }
      if byte == UInt8(ascii: "#"), isAfterBlank, !isInScalar {
        var text = Array(line[index...])
        if text.last == 0x0D { text.removeLast() }
        return Found(text: text, column: column, isWholeLine: isWholeLine)
      }
      isAfterBlank = byte == 0x20 || byte == 0x09
      if !isAfterBlank { isWholeLine = false }
      column += 1
    }
    return nil
  }

  /// Adds a comment line to the last group, or begins a group. A line at another column than the
  /// group's, left of the last entry, cuts the group off.
  private mutating func take(_ text: [UInt8], column: Int, line: Int, behind next: Int) {
    let indent = next > 0 ? entries[next - 1].column : 0
    if let last = groups.indices.last, !groups[last].isBeforeEmptyLine {
      guard column < indent, column != groups[last].column else {
        groups[last].lines.append(text)
        return
      }
      groups[last].isCutOff = true
    }
    groups.append(Group(lines: [text], column: column, startLine: line))
  }

  // MARK: - Placing

  /// Gives the groups that have gathered to the entries around them.
  ///
  /// - Parameters:
  ///   - next: the entry that begins on this line; nil where the line only goes on with one.
  ///   - count: the number of entries that began before.
  private mutating func placeGroups(before next: Int?, behind count: Int) {
    defer { groups = [] }
    guard let next, !groups.isEmpty else { return }
    let previous = count > 0 ? count - 1 : nil
    let opensBlock = previous != nil && entries[next].parent == previous
    var heads: [[[UInt8]]] = []
    for (index, group) in groups.enumerated() {
      let isDirectlyBelow =
        index == 0 && group.startLine == lastContent + 1 && group.isBeforeEmptyLine
        && lastContent > 0
      let isLast = index == groups.count - 1
      let indent = previous.map { entries[$0].column } ?? 0
      let isDedented =
        group.isCutOff
        || (isLast && entries[next].column < indent && entries[next].column != group.column)
      if let previous, !opensBlock, isDirectlyBelow || isDedented {
        if isDedented, index == 0, !isDirectlyBelow {
          byNode[entries[previous].node, default: .init()].foot += group.lines
        } else {
          addFoot(group, behind: previous)
        }
      } else {
        heads.append(group.lines)
      }
    }
    if previous == nil, let last = heads.indices.last,
      heads.count > 1 || groups[last].isBeforeEmptyLine
    {
      let ofDocument = groups[last].isBeforeEmptyLine ? heads.count : heads.count - 1
      head = Array(heads[..<ofDocument].joined(separator: [[]]))
      heads.removeFirst(ofDocument)
    }
    let node = entries[next].node
    byNode[node, default: .init()].head = Array(heads.joined(separator: [[]]))
    byNode[node]?.hasEmptyLineBelowHead =
      !heads.isEmpty && groups.last?.isBeforeEmptyLine ?? false
  }

  /// At the end of the text, a group directly below the last line belongs to the last entry, others
  /// to the document.
  private mutating func placeLastGroups() {
    var rest: [[[UInt8]]] = []
    for (index, group) in groups.enumerated() {
      if !entries.isEmpty, group.isCutOff || (index == 0 && group.startLine == lastContent + 1) {
        addFoot(group, behind: entries.count - 1)
      } else {
        rest.append(group.lines)
      }
    }
    foot = Array(rest.joined(separator: [[]]))
  }

  /// A foot belongs to the innermost entry that does not stand further right.
  private mutating func addFoot(_ group: Group, behind previous: Int) {
    var owner = previous
    while entries[owner].column > group.column, let parent = entries[owner].parent {
      owner = parent
    }
    byNode[entries[owner].node, default: .init()].foot += group.lines
  }
}

extension ArraySlice<UInt8> {
  /// A dash stands at a column, with nothing but blanks and dashes before it.
  fileprivate func hasDash(at column: Int) -> Bool {
    let place = startIndex + column
    return place < endIndex && self[place] == UInt8(ascii: "-")
      && self[..<place].allSatisfy { $0 == 0x20 || $0 == UInt8(ascii: "-") }
  }
}
