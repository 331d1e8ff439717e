import LaminaSyntax

extension YAMLEditor {
  /// Removes what is at a path: an item with its lines, or a key with its value, and the comments behind
  /// them on these lines.
  ///
  /// - Parameter comment: the comment above goes as well, if no blank line parts it from what is removed, and
  ///   it is no license.
  public mutating func remove(
    _ path: [PathStep], comment: Bool = false
  ) throws(EditError) {
    guard !path.isEmpty, let place = try own(path, replacesAll: true), let parent = place.parent
    else {
      return
    }
    let expected = value.replacing(path[...], with: nil)
    var ways: [[Splice]]
    switch tree[parent].content {
    case .sequence(let items, let isFlow):
      let parts = items.map {
        Part(start: startOfItem($0), end: endOfItem($0), comma: $0.comma)
      }
      ways = removals(of: [place.number], from: parts, isFlow: isFlow, in: parent)
    case .mapping(let entries, let isFlow):
      let parts = entries.map {
        Part(start: startOfEntry($0), end: endOfEntry($0), comma: $0.comma)
      }
      ways = removals(
        of: numbers(of: path, among: entries), from: parts, isFlow: isFlow, in: parent)
    default: return
    }
    if comment, case .mapping(_, isFlow: false) = tree[parent].content {
      let start = removableComment(above: parts(of: parent)[place.number].start)
      for index in ways.indices {
        guard let first = ways[index].first, start < first.range.lowerBound else { continue }
        ways[index][0] = Splice(
          start..<first.range.upperBound, String(decoding: first.text, as: UTF8.self))
      }
    }
    try apply(firstOf: ways, expecting: expected)
  }

  /// An item or an entry as it stands in its collection.
  ///
  /// Its `end` is behind the value, and its comma is where a comma follows it between brackets.
  private struct Part {
    let start: Int
    let end: Int
    let comma: Int?
  }

  /// The parts of a list or of a mapping.
  private func parts(of id: SyntaxNode.ID) -> [Part] {
    tree.items(of: id).map { Part(start: startOfItem($0), end: endOfItem($0), comma: $0.comma) }
      + tree.entries(of: id).map {
        Part(start: startOfEntry($0), end: endOfEntry($0), comma: $0.comma)
      }
  }

  /// A key may stand in a mapping twice.
  ///
  /// Then all of them go, or the earlier one would come to count.
  private func numbers(of path: [PathStep], among entries: [SyntaxNode.Entry]) -> [Int] {
    guard case .key(let key)? = path.last else { return [] }
    return entries.indices.filter { isEntry(entries[$0], of: key) }
  }

  /// The ways to remove parts, the best one first.
  private func removals(
    of numbers: [Int], from parts: [Part], isFlow: Bool, in parent: SyntaxNode.ID
  ) -> [[Splice]] {
    if numbers.count == parts.count { return emptyings(parent, isFlow: isFlow) }
    if isFlow { return [numbers.flatMap { flowRemoval(of: $0, from: parts) }] }
    let usual = numbers.map { blockRemoval(of: $0, from: parts) }
    // The line break that would go may belong to a text (`|+`).
    return [usual, numbers.map { blockRemoval(of: $0, from: parts, keepsLineBreak: true) }]
  }

  /// Nothing is left of a collection.
  private func emptyings(_ parent: SyntaxNode.ID, isFlow: Bool) -> [[Splice]] {
    let range = tree[parent].range
    if isFlow { return [[Splice(range.lowerBound + 1..<range.upperBound - 1, "")]] }
    if case .sequence = tree[parent].content { return [[Splice(range, "[]")]] }
    let braces = [Splice(range, "{}")]
    // A document may be empty, but not one in front of a mark.
    guard parent != tree.documents.first?.root else {
      let end = lines.next(after: range.upperBound)
      return [[Splice(lines.start(of: range.lowerBound)..<end, "")], braces]
    }
    return [braces]
  }

  /// Whole lines, with what stands behind the part on its last line.
  private func blockRemoval(
    of number: Int, from parts: [Part], keepsLineBreak: Bool = false
  ) -> Splice {
    let part = parts[number]
    let end = lines.next(after: part.end)
    if lines.isFirst(part.start) {
      let start = lines.start(of: part.start)
      if end == tree.bytes.count, !lines.endsWithLineBreak, !keepsLineBreak {
        return Splice(withoutLineBreak(start)..<end, "")
      }
      return Splice(start..<end, "")
    }
    // The first entry behind a dash: what comes next takes its place.
    guard parts.indices.contains(number + 1) else { return Splice(part.start..<part.end, "") }
    let start = parts[number + 1].start
    // Behind a lone carriage return, the next entry stands in the same line of the editor.
    let next = end < start ? tree.bytes[end..<start].firstIndex(of: UInt8(ascii: "#")) : nil
    return Splice(part.start..<(next ?? start), "")
  }

  /// The place before the line break in front of a line.
  private func withoutLineBreak(_ start: Int) -> Int {
    var start = start
    if start > 0, tree.bytes[start - 1] == UInt8(ascii: "\n") { start -= 1 }
    if start > 0, tree.bytes[start - 1] == UInt8(ascii: "\r") { start -= 1 }
    return start
  }

  /// A part between brackets with one comma: the one behind it, or for the last part the one
  /// before. On lines of its own it goes with these.
  private func flowRemoval(of number: Int, from parts: [Part]) -> [Splice] {
    let part = parts[number]
    let end = part.comma.map { $0 + 1 } ?? part.end
    let isLast = number == parts.count - 1
    if lines.isFirst(part.start), lines.isLast(end) {
      let whole = Splice(lines.start(of: part.start)..<lines.next(after: end), "")
      guard isLast, part.comma == nil, number > 0, let comma = parts[number - 1].comma else {
        return [whole]
      }
      return [Splice(comma..<comma + 1, ""), whole]
    }
    if !isLast { return [Splice(part.start..<parts[number + 1].start, "")] }
    guard number > 0 else { return [Splice(part.start..<end, "")] }
    return [Splice(parts[number - 1].end..<part.end, "")]
  }

  // MARK: - Comments

  /// The beginning of the comment directly above a line: with no blank line between, and as far to the right.
  /// Without one, the beginning of the line itself.
  func commentStart(above offset: Int) -> Int {
    let column = lines.column(of: offset)
    var start = lines.start(of: offset)
    while start > 0 {
      let before = lines.start(of: start - 1)
      let mark = before + column
      guard before < start, mark < start, tree.bytes[mark] == UInt8(ascii: "#"),
        lines.isFirst(mark),
        tree.token(at: mark)?.kind == .comment
      else { return start }
      start = before
    }
    return start
  }

  /// The same without comments that are about the file.
  ///
  /// Licenses and the line that names a schema for editors stay.
  private func removableComment(above offset: Int) -> Int {
    let start = commentStart(above: offset)
    let text = String(decoding: tree.bytes[start..<offset], as: UTF8.self).lowercased()
    let isAboutFile = ["copyright", "license", "spdx", "yaml-language-server"].contains {
      text.contains($0)
    }
    return isAboutFile ? lines.start(of: offset) : start
  }
}

extension String {
  /// The standard library has no search for a part.
  fileprivate func contains(_ part: String) -> Bool {
    let (text, part) = (Array(utf8), Array(part.utf8))
    guard text.count >= part.count else { return false }
    return (0...text.count - part.count).contains { text[$0..<$0 + part.count].elementsEqual(part) }
  }
}
