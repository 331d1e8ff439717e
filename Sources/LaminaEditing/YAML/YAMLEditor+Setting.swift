internal import Lamina
import LaminaSyntax

extension YAMLEditor {
  /// Sets the value at a path.
  ///
  /// A value that is there keeps its quotes where the new one can be written in them, and its comment. A
  /// missing key is added to its mapping, and a missing mapping to the one above it.
  ///
  /// - Parameters:
  ///   - new: the value; with null, the key stays and says nothing.
  ///   - path: the keys and numbers that lead to it. The number behind the last item appends.
  ///   - order: the order of keys for a key that is missing: it comes behind the last one in the mapping that
  ///     the order puts before it. Without an order, it comes last.
  public mutating func set(
    _ new: YAMLValue, at path: [PathStep], order: [String] = []
  ) throws(EditError) {
    if let old = value.value(at: path) {
      if old == new { return }
      // A key of one's own wins over a merged one.
      if !isMerged(path) { return try replace(path, with: new) }
    }
    guard let last = path.last else { throw EditError("there is no document") }
    let above = Array(path.dropLast())
    switch last {
    case .index: try append([new], to: above)
    case .key(let key): try add(YAMLValue.Entry(key, new), to: above, order: order)
    }
  }

  /// Gives a key another name. The value stays as it is.
  ///
  /// It must be a scalar, and is written with its quotes where the name can be.
  public mutating func rename(_ path: [PathStep], to name: String) throws(EditError) {
    guard case .key(let old)? = path.last, !old.hasBytes(of: name), let place = try own(path),
      let parent = place.parent, case .mapping(let entries, _) = tree[parent].content
    else { return }
    let above = Array(path.dropLast())
    let key = tree[entries[place.number].key]
    guard case .scalar(let style, _) = key.content else { return }
    let text = ScalarText.replacing(style, .string(name), inFlow: place.isInFlow)
    var mapping = value.value(at: above)?.entries ?? []
    guard let index = mapping.lastIndex(where: { $0.key.hasBytes(of: old) }) else { return }
    mapping[index] = YAMLValue.Entry(name, mapping[index].value)
    try apply(
      firstOf: [[Splice(key.range, text)]],
      expecting: value.replacing(above[...], with: .mapping(mapping)))
  }

  /// Writes a value over what is there. Anchors in the old value go with it, so users of them get
  /// copies (`own`).
  private mutating func replace(_ path: [PathStep], with new: YAMLValue) throws(EditError) {
    guard let place = try own(path, replacesAll: true) else {
      throw EditError("this value cannot be changed")
    }
    let ways =
      isScalar(new) && isScalarNode(place.id)
      ? scalarSplices(place, new) : [valueSplices(place, new)]
    try apply(firstOf: ways, expecting: value.replacing(path[...], with: new))
  }

  private func isScalar(_ value: YAMLValue) -> Bool {
    switch value {
    case .sequence, .mapping: false
    default: true
    }
  }

  /// An alias counts: it is as short, and is replaced in the same way.
  private func isScalarNode(_ id: SyntaxNode.ID) -> Bool {
    switch tree[id].content {
    case .scalar, .alias: true
    default: false
    }
  }

  /// The ways to write a scalar over another one.
  ///
  /// The old quotes are tried first, then double ones; and if the node has a tag, both without it.
  private func scalarSplices(_ place: Place, _ new: YAMLValue) -> [[Splice]] {
    let node = tree[place.id]
    var style = SyntaxNode.Style.plain
    if case .scalar(let found, _) = node.content { style = found }
    if node.range.isEmpty {
      let text = ScalarText.new(new, inFlow: place.isInFlow)
      return [[fill(place, with: text)]]
    }
    let texts = [
      ScalarText.replacing(style, new, inFlow: place.isInFlow),
      ScalarText.replacing(.doubleQuoted, new, inFlow: true),
    ]
    let withTag = literalWays(over: node, style, new) + texts.map { [Splice(node.range, $0)] }
    guard let tag = node.tag else { return withTag }
    // A type that the new value does not have goes.
    let end = tree.bytes[tag.upperBound..<node.range.lowerBound].prefix(while: TextLines.isBlank)
    let untagged = texts.map {
      [Splice(tag.lowerBound..<end.endIndex, ""), Splice(node.range, $0)]
    }
    return withTag + untagged
  }

  /// A text of several lines keeps the lines and the indentation of a literal that it takes the place of.
  ///
  /// Its header stays, with a comment behind it, where the mark for the end (`-`, `+` or none) is
  /// the right one.
  private func literalWays(
    over node: SyntaxNode, _ style: SyntaxNode.Style, _ new: YAMLValue
  ) -> [[Splice]] {
    guard style == .literal, case .string(let text) = new, ScalarMeaning.allowsLiteral(text) else {
      return []
    }
    let first = lines.next(after: node.range.lowerBound)
    let indent = tree.bytes[min(first, tree.bytes.count)..<max(first, node.range.upperBound)]
      .prefix { $0 == UInt8(ascii: " ") }.count
    var written = text.parts(at: "\n", omittingEmptySubsequences: false).map { String($0) }
    let ends = written.reversed().prefix { $0.isEmpty }.count
    if ends > 0 { written.removeLast() }
    let mark = ends == 0 ? "-" : ends == 1 ? "" : "+"
    let line = String(decoding: tree.bytes[node.range.lowerBound..<first], as: UTF8.self)
    let old = line.prefix { !$0.isWhitespace }
    // A comment stands behind the marks.
    let isSame = old.filter { "+-".contains($0) } == mark
    let header = isSame ? String(line.prefix { !$0.isNewline }) : "|\(mark)"
    let rows = [header] + writer.indented(written, by: indent)
    return [[Splice(node.range, rows.joined(separator: layout.lineEnd))]]
  }

  /// Puts a text where a key or a dash has no value.
  ///
  /// A key without a colon gets one: `{a}`.
  private func fill(_ place: Place, with text: String) -> Splice {
    let node = tree[place.id].fullRange
    var offset = node.upperBound
    var text = " " + text
    if node.isEmpty, let parent = place.parent {
      switch tree[parent].content {
      case .mapping(let entries, _):
        let entry = entries[place.number]
        if let colon = entry.colon {
          offset = colon + 1
        } else {
          offset = tree[entry.key].fullRange.upperBound
          text = ":" + text
        }
      case .sequence(let items, _): offset = items[place.number].dash.map { $0 + 1 } ?? offset
      default: break
      }
    }
    return Splice(offset..<offset, text)
  }

  /// Writes a value over another one, of which no more than one is a scalar.
  ///
  /// A block begins on the line below its key.
  private func valueSplices(_ place: Place, _ new: YAMLValue) -> [Splice] {
    let node = tree[place.id]
    if place.isInFlow || isScalar(new) || isEmptyCollection(new) {
      let text = place.isInFlow ? writer.flow(new) : writer.inline(new)
      if node.range.isEmpty { return [fill(place, with: text)] }
      guard isBlockCollection(place.id), let start = startOfValue(place) else {
        return [Splice(node.range, text)]
      }
      return [Splice(start..<node.range.upperBound, " " + text)]
    }
    guard let start = startOfValue(place), let column = columnOfHolder(place) else {
      return [Splice(node.range, writer.flow(new))]
    }
    let indent = new.entries.isEmpty ? layout.listIndent : layout.mappingIndent
    let lines =
      new.entries.isEmpty
      ? new.items.flatMap { writer.lines(ofItem: $0) } : new.entries.flatMap(writer.lines(of:))
    let text = writer.indented(lines, by: column + indent).joined(separator: layout.lineEnd)
    return [Splice(start..<max(start, node.fullRange.upperBound), layout.lineEnd + text)]
  }

  private func isEmptyCollection(_ value: YAMLValue) -> Bool {
    value.items.isEmpty && value.entries.isEmpty
  }

  private func isBlockCollection(_ id: SyntaxNode.ID) -> Bool {
    switch tree[id].content {
    case .sequence(_, let isFlow), .mapping(_, let isFlow): !isFlow
    default: false
    }
  }

  /// The place behind the colon of a node's key.
  ///
  /// Nil for an item of a list, and where there is no colon.
  func startOfValue(_ place: Place) -> Int? {
    guard let parent = place.parent, case .mapping(let entries, _) = tree[parent].content else {
      return nil
    }
    return entries[place.number].colon.map { $0 + 1 }
  }

  /// The column of a node's key.
  ///
  /// Nil for an item of a list.
  func columnOfHolder(_ place: Place) -> Int? {
    guard let parent = place.parent, case .mapping(let entries, _) = tree[parent].content else {
      return nil
    }
    return lines.column(of: startOfEntry(entries[place.number]))
  }

  /// Where the first byte of an entry is: its `?`, or its key with anchor and tag.
  func startOfEntry(_ entry: SyntaxNode.Entry) -> Int {
    entry.question ?? tree[entry.key].fullRange.lowerBound
  }

  /// Where an entry ends, without blanks, a comment or a comma behind it. A missing value has no
  /// bytes.
  func endOfEntry(_ entry: SyntaxNode.Entry) -> Int {
    let key = tree[entry.key].fullRange.upperBound
    guard let colon = entry.colon else { return key }
    return max(key, colon + 1, tree[entry.value].fullRange.upperBound)
  }

  /// Where the first byte of an item is: its dash, or between brackets the value.
  func startOfItem(_ item: SyntaxNode.Item) -> Int {
    item.dash ?? tree[item.value].fullRange.lowerBound
  }

  /// Where an item ends, without what stands behind it.
  func endOfItem(_ item: SyntaxNode.Item) -> Int {
    max((item.dash ?? -1) + 1, tree[item.value].fullRange.upperBound)
  }
}
