extension SequenceDiff {
  /// Changed lines that stand together, and the lines around them.
  struct Hunk: Equatable {
    /// Places of lines, from 0, with those around the changes.
    let old: Range<Int>
    let new: Range<Int>
    /// At least one, in order; the lines between them are the same on both sides.
    let changes: [Change]
  }

  /// The lines of a text, without their line feeds. What follows the last line feed is a line, unless
  /// it is nothing.
  static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// Compares lines by their bytes; nothing comes out if they are the same.
  static func hunks(
    old: [ArraySlice<UInt8>], new: [ArraySlice<UInt8>], context: Int = 3
  ) -> [Hunk] {
    hunks(of: changes(old: old, new: new), old.count, new.count, context: context)
  }

  /// The runs of lines that differ, each put where it reads best.
  static func changes(old: [ArraySlice<UInt8>], new: [ArraySlice<UInt8>]) -> [Change] {
    var numbers = LineNumbers()
    let oldNumbers = old.map { numbers.number(of: $0) }
    let newNumbers = new.map { numbers.number(of: $0) }
    let changes = changes(old: oldNumbers, new: newNumbers)
    return Sliding(old: old, new: new, oldNumbers, newNumbers).slid(changes)
  }

  /// Puts changes that stand near each other together.
  private static func hunks(
    of changes: [Change], _ oldCount: Int, _ newCount: Int, context: Int
  ) -> [Hunk] {
    var hunks: [Hunk] = []
    var open: [Change] = []
    func close() {
      guard let first = open.first, let last = open.last else { return }
      let before = min(context, first.old.lowerBound)
      let after = min(context, oldCount - last.old.upperBound)
      hunks.append(
        Hunk(
          old: (first.old.lowerBound - before)..<(last.old.upperBound + after),
          new: (first.new.lowerBound - before)..<(last.new.upperBound + after), changes: open))
      open = []
    }
    for change in changes {
      if let last = open.last, change.old.lowerBound - last.old.upperBound > 2 * context { close() }
      open.append(change)
    }
    close()
    return hunks
  }
}

extension LineDiff {
  /// Compares two texts line by line.
  init(old: [UInt8], new: [UInt8], context: Int = 3, isLaidOut: Bool = false) {
    let (oldLines, newLines) = (SequenceDiff.lines(of: old), SequenceDiff.lines(of: new))
    let hunks = SequenceDiff.hunks(old: oldLines, new: newLines, context: context)
    let feed = UInt8(ascii: "\n")
    self.init(
      hunks: hunks.map { Hunk($0, oldLines, newLines) }, isLaidOut: isLaidOut,
      changesLastLineFeed: (old.last == feed) != (new.last == feed))
  }
}

extension LineDiff.Hunk {
  fileprivate init(
    _ hunk: SequenceDiff.Hunk, _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]
  ) {
    var lines: [LineDiff.Line] = []
    var place = hunk.old.lowerBound
    for change in hunk.changes {
      lines += old[place..<change.old.lowerBound].map { .kept(String(decoding: $0, as: UTF8.self)) }
      lines += old[change.old].map { .removed(String(decoding: $0, as: UTF8.self)) }
      lines += new[change.new].map { .added(String(decoding: $0, as: UTF8.self)) }
      place = change.old.upperBound
    }
    lines += old[place..<hunk.old.upperBound].map { .kept(String(decoding: $0, as: UTF8.self)) }
    self.init(
      oldStart: hunk.old.isEmpty ? hunk.old.lowerBound : hunk.old.lowerBound + 1,
      newStart: hunk.new.isEmpty ? hunk.new.lowerBound : hunk.new.lowerBound + 1, lines: lines)
  }
}

/// Gives equal lines the same number, so that lines are compared once.
private struct LineNumbers {
  private var numbers: [ArraySlice<UInt8>: Int] = [:]

  mutating func number(of line: ArraySlice<UInt8>) -> Int {
    if let known = numbers[line] { return known }
    numbers[line] = numbers.count
    return numbers.count - 1
  }
}
