internal import Lamina
import LaminaSyntax

extension YAMLEditor {
  /// Appends items to a list, in its own style. A list that is missing, empty or null begins with them.
  ///
  /// - Parameter order: as of `set`, for the key of a list that is missing.
  public mutating func append(
    _ items: [YAMLValue], to path: [PathStep], order: [String] = []
  ) throws(EditError) {
    if items.isEmpty { return }
    guard let old = value.value(at: path) else {
      return try set(.sequence(items), at: path, order: order)
    }
    let expected = value.replacing(path[...], with: .sequence(old.items + items))
    guard let place = try ownCollection(path) else {
      throw EditError("this list cannot be changed")
    }
    if case .mapping = tree[place.id].content {
      throw EditError("a mapping stands where a list is wanted")
    }
    let ways = withAndWithoutLiterals { [$0.appending(items, at: place)] }
    try apply(firstOf: ways, expecting: expected)
  }

  /// The splices that put items at the end of a list.
  private func appending(_ items: [YAMLValue], at place: Place) -> [Splice] {
    let node = tree[place.id]
    guard case .sequence(let present, let isFlow) = node.content, !present.isEmpty else {
      return startSplices(.sequence(items), at: place)
    }
    return isFlow
      ? flowSplices(items, behind: present, in: node) : blockSplices(items, behind: present)
  }

  /// Adds an entry to the mapping at a path.
  ///
  /// Ways with literals and without are tried, and several places: see `blockWays`.
  mutating func add(
    _ entry: YAMLValue.Entry, to path: [PathStep], order: [String]
  ) throws(EditError) {
    guard value.value(at: path) != nil || path.isEmpty else {
      return try set(.mapping([entry]), at: path, order: order)
    }
    let expected = value.replacing((path + [.key(entry.key)])[...], with: entry.value)
    guard let place = try ownCollection(path) else {
      let ways = withAndWithoutLiterals { [$0.rootSplices(entry)] }
      return try apply(firstOf: ways, expecting: expected)
    }
    if case .sequence = tree[place.id].content {
      throw EditError("a list stands where a mapping is wanted")
    }
    let ways = withAndWithoutLiterals { $0.adding(entry, at: place, order) }
    try apply(firstOf: ways, expecting: expected)
  }

  /// The ways to put an entry into a mapping, the best one first.
  private func adding(
    _ entry: YAMLValue.Entry, at place: Place, _ order: [String]
  ) -> [[Splice]] {
    guard case .mapping(let entries, let isFlow) = tree[place.id].content, !entries.isEmpty else {
      let isRoot = place.parent == nil && tree[place.id].range.isEmpty
      return [isRoot ? rootSplices(entry) : startSplices(.mapping([entry]), at: place)]
    }
    let keys = entries.map { tree.text(of: $0.key) ?? "" }
    let rank = EntryRank(entry.key, among: keys, order, isRoot: place.parent == nil)
    return isFlow
      ? [flowSplices(entry, at: rank, among: entries)]
      : blockWays(entry, at: rank, among: entries)
  }

  // MARK: - Lists

  /// Items behind those in brackets: on the line of the last one, or on lines of their own where
  /// that has one. A comma behind the last one stays behind the last one.
  private func flowSplices(
    _ items: [YAMLValue], behind present: [SyntaxNode.Item], in node: SyntaxNode
  ) -> [Splice] {
    guard let last = present.last else { return [] }
    let style = commonStyle(of: present)
    let isJSON = usesQuotedKeys(present) || style == .doubleQuoted
    let texts = items.map { item in
      style == .singleQuoted
        ? ScalarText.new(item, inFlow: true, like: style) : writer.flow(item, asJSON: isJSON)
    }
    let end = endOfItem(last)
    let start = startOfItem(last)
    let behind = last.comma.map { $0 + 1 } ?? end
    guard lines.isFirst(start), lines.isLast(behind),
      lines.next(after: behind) < node.range.upperBound
    else {
      let text = texts.joined(separator: ", ")
      return last.comma == nil
        ? [Splice(end..<end, ", \(text)")] : [Splice(behind..<behind, " \(text),")]
    }
    // The items stand on lines of their own.
    let next = lines.next(after: behind)
    let blank = String(repeating: " ", count: lines.column(of: start))
    let separator = "," + layout.lineEnd + blank
    let text = blank + texts.joined(separator: separator) + (last.comma == nil ? "" : ",")
    let added = Splice(next..<next, text + layout.lineEnd)
    return last.comma == nil ? [Splice(end..<end, ","), added] : [added]
  }

  /// Items behind those of a block, with its dashes, its gap behind them, its quotes and its order
  /// of keys.
  ///
  /// Where the last item is a mapping in braces, new ones are as well.
  private func blockSplices(
    _ items: [YAMLValue], behind present: [SyntaxNode.Item]
  ) -> [Splice] {
    guard let last = present.last, let dash = last.dash else { return [] }
    let value = tree[last.value]
    let isBeside =
      !value.fullRange.isEmpty
      && lines.start(of: value.fullRange.lowerBound) == lines.start(of: dash)
    let gap = isBeside ? max(value.fullRange.lowerBound - dash - 1, 1) : 1
    let style = commonStyle(of: present)
    var texts: [String] = []
    for item in items {
      let item = arranged(item, like: last.value)
      if isFlowMapping(last.value), case .mapping = item {
        texts.append(
          "-" + String(repeating: " ", count: gap)
            + writer.flow(item, asJSON: usesQuotedKeys(present)))
      } else {
        texts += writer.lines(ofItem: item, gap: gap, style: style)
      }
    }
    return [insertion(of: texts, column: lines.column(of: dash), behind: endOfItem(last))]
  }

  private func isFlowMapping(_ id: SyntaxNode.ID) -> Bool {
    if case .mapping(_, isFlow: true) = tree[id].content { true } else { false }
  }

  /// The quotes that all of some items have; nil where one has none or they differ.
  private func commonStyle(of items: [SyntaxNode.Item]) -> SyntaxNode.Style? {
    var common: SyntaxNode.Style?
    for item in items {
      guard case .scalar(let style, _) = tree[item.value].content,
        style == .singleQuoted || style == .doubleQuoted, common == nil || common == style
      else { return nil }
      common = style
    }
    return common
  }

  /// Whether the last item is written as JSON is.
  private func usesQuotedKeys(_ items: [SyntaxNode.Item]) -> Bool {
    guard let last = items.last else { return false }
    return usesQuotedKeys(tree.entries(of: last.value))
  }

  private func usesQuotedKeys(_ entries: [SyntaxNode.Entry]) -> Bool {
    !entries.isEmpty
      && entries.allSatisfy {
        if case .scalar(.doubleQuoted, _) = tree[$0.key].content { true } else { false }
      }
  }

  /// A mapping with its keys in the order of another one.
  ///
  /// Keys that the other one does not have follow the key that they follow in the value.
  private func arranged(_ value: YAMLValue, like id: SyntaxNode.ID) -> YAMLValue {
    guard case .mapping(let entries) = value else { return value }
    let model = tree.entries(of: id).compactMap { tree.text(of: $0.key) }
    var result = model.compactMap { key in entries.first { $0.key.hasBytes(of: key) } }
    for (index, entry) in entries.enumerated()
    where !result.contains(where: { $0.key.hasBytes(of: entry.key) }) {
      let places = entries[..<index].reversed().lazy
        .compactMap { known in result.firstIndex { $0.key.hasBytes(of: known.key) } }
      let place = places.first
      result.insert(entry, at: place.map { $0 + 1 } ?? 0)
    }
    return .mapping(result)
  }

  // MARK: - Mappings

  /// An entry for a mapping in braces, behind another one or at the beginning.
  private func flowSplices(
    _ entry: YAMLValue.Entry, at rank: EntryRank, among entries: [SyntaxNode.Entry]
  ) -> [Splice] {
    let text = writer.flow(entry, asJSON: usesQuotedKeys(entries))
    guard let place = rank.place else {
      let start = startOfEntry(entries[0])
      return [Splice(start..<start, "\(text), ")]
    }
    let (entry, end) = (entries[place], endOfEntry(entries[place]))
    let behind = entry.comma.map { $0 + 1 } ?? end
    guard lines.isFirst(startOfEntry(entry)), lines.isLast(behind),
      lines.next(after: behind) < bytes.count
    else { return [Splice(end..<end, ", \(text)")] }
    // The entries stand on lines of their own.
    let next = lines.next(after: behind)
    let blank = String(repeating: " ", count: lines.column(of: startOfEntry(entry)))
    let added = Splice(next..<next, blank + text + (entry.comma == nil ? "" : ",") + layout.lineEnd)
    return entry.comma == nil ? [Splice(end..<end, ","), added] : [added]
  }

  /// An entry for a block: at the place that the order says, and else behind one of the entries,
  /// from the last. The later ways are for places where new lines would change the meaning of what
  /// is there.
  private func blockWays(
    _ entry: YAMLValue.Entry, at rank: EntryRank, among entries: [SyntaxNode.Entry]
  ) -> [[Splice]] {
    let texts = writer.lines(of: entry)
    let column = lines.column(of: startOfEntry(entries[0]))
    let behind = ([rank.place].compactMap { $0 } + entries.indices.reversed()).map {
      [insertion(of: texts, column: column, behind: endOfEntry(entries[$0]))]
    }
    guard rank.place == nil, let front = frontInsertion(of: texts, column: column, entries) else {
      return behind
    }
    return [front] + behind
  }

  /// Lines before the first entry of a mapping, and before the comment above that.
  private func frontInsertion(
    of texts: [String], column: Int, _ entries: [SyntaxNode.Entry]
  ) -> [Splice]? {
    let first = startOfEntry(entries[0])
    guard lines.isFirst(first) else { return nil }
    let start = lines.start(of: first)
    let comment = commentStart(above: first)
    // A comment at the beginning of a file is about the file.
    let place = comment == lines.start(of: 0) || comment == 0 ? start : comment
    let blank = String(repeating: " ", count: column)
    return [Splice(place..<place, texts.map { blank + $0 + layout.lineEnd }.joined())]
  }

  // MARK: - First items and entries

  /// The first field of a document that has none.
  ///
  /// It stands behind the comments that the document has, and before a mark that ends it.
  private func rootSplices(_ entry: YAMLValue.Entry) -> [Splice] {
    let end = tree.documents.first?.range.upperBound ?? tree.bytes.count
    let texts = writer.lines(of: entry)
    let isAtEnd = end == tree.bytes.count
    let needsBreak =
      end > 0 && tree.bytes[end - 1] != UInt8(ascii: "\n")
      && !(end == 3 && tree.bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    let text = texts.joined(separator: layout.lineEnd)
    if needsBreak {
      return [Splice(end..<end, layout.lineEnd + text + (isAtEnd ? "" : layout.lineEnd))]
    }
    return [Splice(end..<end, text + layout.lineEnd)]
  }

  /// Items or entries for a key that has none yet: on lines below it, or in brackets where it stands in some.
  private func startSplices(_ new: YAMLValue, at place: Place) -> [Splice] {
    let node = tree[place.id]
    guard !place.isInFlow, let start = startOfValue(place), let column = columnOfHolder(place)
    else {
      let isHole = node.range.isEmpty
      return isHole
        ? [Splice(node.range.upperBound..<node.range.upperBound, " " + writer.flow(new))]
        : [Splice(node.range, writer.flow(new))]
    }
    let isList = new.entries.isEmpty
    let texts =
      isList
      ? new.items.flatMap { writer.lines(ofItem: $0) } : new.entries.flatMap(writer.lines(of:))
    let indent = isList ? layout.listIndent : layout.mappingIndent
    let added = insertion(
      of: texts, column: column + indent, behind: max(start, node.fullRange.upperBound))
    if node.range.isEmpty { return [added] }
    // What said that there is nothing goes, with the blanks before it.
    var from = node.range.lowerBound
    while from > start, TextLines.isBlank(tree.bytes[from - 1]) { from -= 1 }
    return [Splice(from..<node.range.upperBound, ""), added]
  }

  /// Lines behind the one that holds a place.
  ///
  /// If the text does not end with a line break, it will not do so afterwards either.
  func insertion(of texts: [String], column: Int, behind offset: Int) -> Splice {
    let blank = String(repeating: " ", count: column)
    let texts = texts.map { $0.isEmpty ? $0 : blank + $0 }
    let next = lines.next(after: offset)
    let isCut = next == tree.bytes.count && !lines.endsWithLineBreak
    let text = texts.joined(separator: layout.lineEnd)
    return Splice(next..<next, isCut ? layout.lineEnd + text : text + layout.lineEnd)
  }
}

/// Where a new key belongs among those of a mapping.
///
/// A key that the order does not name comes last.
struct EntryRank {
  /// The number of the entry that it comes behind; nil where it comes first.
  let place: Int?

  /// - Parameter isRoot: fields of a document go behind the last one that the order puts before them, keys of
  ///   an entry behind the one that is nearest in the order.
  init(_ key: String, among keys: [String], _ order: [String], isRoot: Bool) {
    let ranks = Dictionary(
      order.enumerated().map { ($0.element.lowercased(), $0.offset) }, uniquingKeysWith: { $1 })
    guard let own = ranks[key.lowercased()] else {
      place = keys.count - 1
      return
    }
    let known = keys.map { ranks[$0.lowercased()] ?? .max }
    let before = keys.indices.filter { known[$0] < own }
    place = isRoot ? before.last : before.max { known[$0] < known[$1] }
  }
}
