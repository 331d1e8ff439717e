internal import Lamina
import LaminaSyntax

extension YAMLEditor {
  /// A node that a path leads to, and what holds it.
  ///
  /// It holds for the text as it is: an edit makes it void.
  struct Place {
    let id: SyntaxNode.ID
    /// The mapping or sequence that holds the node; nil for the root.
    let parent: SyntaxNode.ID?
    /// The number of the item or entry in its parent.
    let number: Int
    /// Brackets are open around the node.
    let isInFlow: Bool
    /// The nodes on the way, the root first and the node last.
    let chain: [SyntaxNode.ID]
  }

  /// Finds a node and makes it the document's own: what is an alias or comes of a merge key on the way is
  /// written out first, and other users of an anchor on the way get a copy of its value as it is now.
  ///
  /// These changes keep the meaning of the text, and each is checked for that.
  ///
  /// - Parameter replacesAll: the whole node will change, with the anchors in it.
  /// - Returns: nil where there is nothing at the path.
  mutating func own(
    _ path: [PathStep], replacesAll: Bool = false
  ) throws(EditError) -> Place? {
    guard value.value(at: path) != nil, !tree.documents.isEmpty else { return nil }
    for count in 0..<path.count {
      try writeOut(Array(path[..<count]), next: path[count])
    }
    guard let place = find(path) else { return nil }
    let isDone = try protect(place, replacesAll: replacesAll)
    return isDone ? place : find(path)
  }

  /// Finds a collection that gets something new; one that is an alias is written out as well.
  mutating func ownCollection(_ path: [PathStep]) throws(EditError) -> Place? {
    guard let place = try own(path) else { return nil }
    guard case .alias = tree[place.id].content else { return place }
    try apply(firstOf: [[copySplice(of: place.id)]], expecting: value)
    return find(path)
  }

  /// Whether a mapping has a key only because a merge key gives it that.
  func isMerged(_ path: [PathStep]) -> Bool {
    guard let place = find(path.dropLast()), case .key(let key)? = path.last,
      case .mapping(let entries, _) = tree[place.id].content
    else { return false }
    return !entries.contains { isEntry($0, of: key) }
  }

  /// Finds a node without a look at merge keys.
  ///
  /// Nil also where the value is there through an alias or a merge key only.
  func find(_ path: [PathStep]) -> Place? {
    guard let root = tree.documents.first?.root else { return nil }
    var place = Place(id: root, parent: nil, number: 0, isInFlow: false, chain: [root])
    for step in path {
      guard let next = child(step, of: place) else { return nil }
      place = next
    }
    return place
  }

  /// One step down. Of several entries with the key the last one counts, as for readers.
  private func child(_ step: PathStep, of place: Place) -> Place? {
    let (number, id): (Int, SyntaxNode.ID)
    let isFlow: Bool
    switch (step, tree[place.id].content) {
    case (.key(let key), .mapping(let entries, let flow)):
      guard let found = entries.lastIndex(where: { isEntry($0, of: key) }) else { return nil }
      (number, id, isFlow) = (found, entries[found].value, flow)
    case (.index(let index), .sequence(let items, let flow)):
      guard items.indices.contains(index) else { return nil }
      (number, id, isFlow) = (index, items[index].value, flow)
    default: return nil
    }
    return Place(
      id: id, parent: place.id, number: number, isInFlow: place.isInFlow || isFlow,
      chain: place.chain + [id])
  }

  func isEntry(_ entry: SyntaxNode.Entry, of key: String) -> Bool {
    tree.text(of: entry.key)?.utf8.elementsEqual(key.utf8) ?? false
  }

  /// Writes out what the node at a path takes from elsewhere, as far as a step from it needs that.
  private mutating func writeOut(_ path: [PathStep], next step: PathStep) throws(EditError) {
    guard let place = find(path) else { return }
    if case .alias = tree[place.id].content {
      try apply(firstOf: [[copySplice(of: place.id)]], expecting: value)
      return try writeOut(path, next: step)
    }
    guard case .key(let key) = step,
      case .mapping(let entries, let isFlow) = tree[place.id].content,
      !entries.contains(where: { isEntry($0, of: key) })
    else { return }
    try writeOutMergeKeys(entries, isFlow: isFlow || place.isInFlow)
  }

  /// Puts the entries that a mapping gets of its merge keys in the place of these.
  ///
  /// The own entries of the mapping win, and of several merged mappings the first.
  private mutating func writeOutMergeKeys(
    _ entries: [SyntaxNode.Entry], isFlow: Bool
  ) throws(EditError) {
    var known = Set(
      texts: entries.filter { !MergeKey.isMerge($0, in: tree) }.compactMap { tree.text(of: $0.key) }
    )
    var splices: [Splice] = []
    for entry in entries where MergeKey.isMerge(entry, in: tree) {
      let merged = try YAMLValue(entry.value, of: tree)
      let parts = (merged.items.isEmpty ? [merged] : merged.items).flatMap(\.entries)
        .filter { known.insert($0.key).inserted }.map { writer.flow($0) }
      let start = tree[entry.key].fullRange.lowerBound
      let column = lines.column(of: start)
      let separator =
        isFlow ? ", " : layout.lineEnd + String(repeating: " ", count: column)
      let end = tree[entry.value].fullRange.upperBound
      splices.append(Splice(start..<end, parts.joined(separator: separator)))
    }
    try apply(firstOf: [splices], expecting: value)
  }

  /// Gives the users of anchors that a change would touch copies of their own.
  ///
  /// An anchor is touched if it stands on the way to the place, or, with `replacesAll`, anywhere in
  /// it.
  ///
  /// - Returns: true where nothing had to be done.
  private mutating func protect(_ place: Place, replacesAll: Bool) throws(EditError) -> Bool {
    let range = tree[place.id].fullRange
    let touched = Set(place.chain)
    var splices: [Splice] = []
    for (id, node) in tree.allNodes {
      guard case .alias(let target?) = node.content else { continue }
      let anchored = tree[target].fullRange
      let isInside =
        range.lowerBound <= anchored.lowerBound && anchored.upperBound <= range.upperBound
      guard touched.contains(target) || replacesAll && isInside else { continue }
      // An alias that changes with its anchor needs no copy.
      if replacesAll, range.contains(node.range.lowerBound) { continue }
      splices.append(try copySplice(of: id))
    }
    if splices.isEmpty { return true }
    try apply(firstOf: [splices], expecting: value)
    return false
  }

  /// Puts a copy of its value in the place of an alias.
  ///
  /// On one line, as the alias was.
  private func copySplice(of id: SyntaxNode.ID) throws(EditError) -> Splice {
    let value = try YAMLValue(id, of: tree)
    return Splice(tree[id].range, writer.flow(value))
  }
}
