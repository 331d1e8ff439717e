/// The lines of a printed resource, and the values that stand on them.
extension BuildHistory {
  package struct Line: Sendable {
    /// Where the line stands in `Rendering.bytes`, without its line feed.
    package let range: Range<Int>
    /// The value that begins on the line, the innermost of several; on further lines of a text, that text.
    package let node: NodeID
    package let isContinued: Bool
  }

  /// A value that is still to come, in the column of its key or dash.
  private struct Entry {
    let node: NodeID
    let column: Int
    /// It stands behind a dash on the line of the collection that it is the first of.
    let sharesLine: Bool
  }

  /// The lines of a resource.
  ///
  /// The printer's layout is known: an entry begins a line in the column of its collection, and whatever is
  /// indented further below it, or blank, belongs to its text.
  package func lines(of resource: RenderedResource) -> [Line] {
    let ranges = lineRanges(in: resource.range)
    var lines: [Line] = []
    lines.reserveCapacity(ranges.count)
    var rest: [Entry] = []
    if let first = tree.first(of: resource.root) {
      rest.append(Entry(node: first, column: 0, sharesLine: false))
    }
    while let entry = rest.popLast() {
      if let next = tree.next(after: entry.node) {
        rest.append(Entry(node: next, column: entry.column, sharesLine: false))
      }
      var isBehindMark = parent(of: entry.node).map { tree.shape($0) == .sequence } ?? false
      if entry.sharesLine, let last = lines.popLast() {
        lines.append(Line(range: last.range, node: entry.node, isContinued: false))
      } else {
        guard lines.count < ranges.count else { break }
        lines.append(Line(range: ranges[lines.count], node: entry.node, isContinued: false))
        if takeLongKey(entry, ranges, into: &lines) { isBehindMark = true }
      }
      if let first = firstEntry(of: entry, isBehindMark: isBehindMark) {
        rest.append(first)
        continue
      }
      while lines.count < ranges.count, isText(ranges[lines.count], behind: entry.column) {
        lines.append(Line(range: ranges[lines.count], node: entry.node, isContinued: true))
      }
    }
    while lines.count < ranges.count {
      lines.append(Line(range: ranges[lines.count], node: resource.root, isContinued: true))
    }
    return lines
  }

  private func lineRanges(in range: Range<Int>) -> [Range<Int>] {
    stage.bytes.withUnsafeBufferPointer { bytes in
      let scan = ByteScan(bytes)
      var result: [Range<Int>] = []
      var start = range.lowerBound
      while start < range.upperBound {
        let end = min(scan.first(.lineFeed, from: start) ?? bytes.count, range.upperBound)
        result.append(start..<end)
        start = end + 1
      }
      return result
    }
  }

  /// - Parameter isBehindMark: the collection begins behind a dash or a colon, on the same line.
  private func firstEntry(of entry: Entry, isBehindMark: Bool) -> Entry? {
    let shape = tree.shape(entry.node)
    guard shape != .scalar, let first = tree.first(of: entry.node) else { return nil }
    return Entry(
      node: first, column: entry.column + (shape == .sequence && !isBehindMark ? 0 : 2),
      sharesLine: isBehindMark)
  }

  /// A long key is a text of its own behind a question mark, and its value follows behind a colon. False for
  /// other keys.
  private func takeLongKey(
    _ entry: Entry, _ ranges: [Range<Int>], into lines: inout [Line]
  ) -> Bool {
    guard let last = lines.last, byte(at: entry.column, of: last.range) == UInt8(ascii: "?"),
      byte(at: entry.column + 1, of: last.range) == UInt8(ascii: " ")
    else { return false }
    var isValue = false
    while lines.count < ranges.count, !isValue {
      let range = ranges[lines.count]
      isValue = byte(at: entry.column, of: range) == UInt8(ascii: ":")
      guard isValue || isText(range, behind: entry.column) else { return false }
      lines.append(Line(range: range, node: entry.node, isContinued: true))
    }
    return isValue
  }

  private func byte(at column: Int, of range: Range<Int>) -> UInt8? {
    let index = range.lowerBound + column
    return index < range.upperBound ? stage.bytes[index] : nil
  }

  private func isText(_ range: Range<Int>, behind column: Int) -> Bool {
    let blanks = stage.bytes[range].prefix { $0 == UInt8(ascii: " ") }.count
    return blanks == range.count || blanks > column
  }
}
