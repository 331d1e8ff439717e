/// Merges two lists whose elements are told apart by keys, as kyaml does it step by step.
///
/// The texts that elements have under the keys are collected, those of the patch first; for each the
/// two elements that have it are merged, and the outcome put into a new list. At last the elements of
/// the object are put into that list: each takes the place of what has its keys. So elements of the
/// patch come first, in its order, and the others keep theirs.
///
/// Since an element of the object takes back its place, `$patch: replace` in an element does nothing,
/// and an element without its first key throws out all that stand before it. With several keys, an
/// element moves behind the others instead of taking a place, and one that lacks the second key
/// throws out all that have the same first key (walk/associative_sequence.go
/// `setAssociativeSequenceElements`, `appendListNode`).
///
/// Where new elements are to come last (`StrategicMerge.Purpose`), the two lists change places.
struct KeyedMerge {
  /// The keys that any element has; all of them if none has any. None for scalars.
  private let keys: [Symbol]
  /// The texts of the elements to be merged, in the order in which they come out; one text for each
  /// of `keys`.
  private let rows: [[Symbol]]
  /// The elements of the object, or of the patch where the object has no such list.
  private var target: KeyedList
  /// Nil where there is no patch, or where it is the target itself.
  private var origin: KeyedList?
  private let mergesWithItself: Bool
  /// An element of the patch may be found by more than one row.
  private let findsRepeatedly: Bool
  /// What became of such elements where the object had none: they are added as one node, however often.
  private var added: [NodeID: NodeID] = [:]
  /// The merged elements (kyaml's `itemsToBeAdded`).
  private var result: KeyedList

  /// - Parameters:
  ///   - theirs: the elements of the patch.
  ///   - mergesWithItself: the patch's list is the target, since the object has none.
  init(
    ours: ListElements, theirs: ListElements?, mergesWithItself: Bool,
    purpose: StrategicMerge.Purpose, in tree: Tree
  ) {
    let table = MergeRows(theirs, ours, purpose)
    rows = table.rows
    // A row with a gap asks for fewer keys, so it can find an element that a complete row finds as
    // well. With one key, rows differ in the only text, and each finds its own.
    findsRepeatedly =
      table.usedKeys.count > 1
      && (rows.contains { $0.contains { $0.isEmpty } } || Set(rows).count < rows.count)
    let ours = ours.keeping(table.usedKeys)
    let theirs = theirs?.keeping(table.usedKeys)
    keys = ours.keys
    self.mergesWithItself = mergesWithItself
    // All three lists are searched by each row. The number of rows decides for all of them: it
    // bounds the number of different elements in each.
    let isIndexed = rows.count > KeyedList.manyElements
    result = KeyedList(keys: keys, isIndexed: isIndexed)
    target = KeyedList(ours, isIndexed: isIndexed, in: tree)
    origin = theirs.map { KeyedList($0, isIndexed: isIndexed, in: tree) }
  }

  /// Merges, and returns the elements of the new list.
  mutating func run(
    type: Schema.TypeID?, by merge: inout StrategicMerge, in tree: inout Tree
  ) throws(Problem) -> [NodeID] {
    for row in rows { try mergeRow(row, type: type, by: &merge, in: &tree) }
    switch merge.purpose {
    case .patch:
      for node in target.nodes { try Self.put(node, into: &result, keys, in: &tree) }
      return result.nodes
    case .values:
      for node in result.nodes { try Self.put(node, into: &target, keys, in: &tree) }
      return target.nodes
    }
  }

  /// Merges the two elements that have these texts.
  private mutating func mergeRow(
    _ row: [Symbol], type: Schema.TypeID?, by merge: inout StrategicMerge, in tree: inout Tree
  ) throws(Problem) {
    let ours = target.first(with: row)
    let theirs = mergesWithItself ? ours : origin?.first(with: row)
    if let ours, theirs != nil, tree.ledger.traces {
      for key in keys { tree.field(key, of: ours).map { tree.noteMergeKey($0) } }
    }
    let value = try mergeElement(theirs, into: ours, type: type, by: &merge, in: &tree)
    // Nothing is left of the element. kyaml takes it out of the object's list (`dest`), so that the
    // second pass cannot bring it back.
    guard let merged = StrategicMerge.element(value, orElse: ours, in: tree) else {
      if let ours, let theirs { tree.noteCause(of: ours, by: theirs) }
      return try target.set(nil, with: row, in: &tree)
    }
    if keys.isEmpty {
      // A scalar is "missing its key" to kyaml: it sets the field "" to a new scalar of the same
      // text, which has no tag.
      if !row[0].isEmpty { tree.dropTag(of: merged) }
    } else {
      addKeys(row, to: merged, in: &tree)
    }
    try result.set(merged, with: row, in: &tree)
  }

  /// Merges one element. What is merged is used up, so an element of the patch that may come again is
  /// copied, and only loses its directive, as in kyaml.
  private mutating func mergeElement(
    _ theirs: NodeID?, into ours: NodeID?, type: Schema.TypeID?, by merge: inout StrategicMerge,
    in tree: inout Tree
  ) throws(Problem) -> StrategicMerge.Value {
    guard findsRepeatedly, !mergesWithItself, let theirs else {
      return try merge.merge(theirs, into: ours, type: type, in: &tree)
    }
    if ours == nil, let known = added[theirs] { return .node(known) }
    let copy = try tree.copy(theirs, for: tree.position(theirs))
    tree.removeField(.patchDirective, of: theirs)
    let value = try merge.merge(copy, into: ours, type: type, in: &tree)
    if ours == nil, case .node(let node) = value { added[theirs] = node }
    return value
  }

  /// Makes sure that an element has the keys it was found by.
  private func addKeys(_ row: [Symbol], to element: NodeID, in tree: inout Tree) {
    for (key, text) in zip(keys, row) where !text.isEmpty && tree.field(key, of: element) == nil {
      let bytes = Array(tree.symbols.bytes(text))
      let value = tree.addScalar(bytes.span, tag: .unresolved, by: tree.writer(element))
      tree.quoteAmbiguousText(value)
      tree.appendField(key, value, to: element)
    }
  }

  /// Puts an element of one list, which by now may be merged, into the other.
  private static func put(
    _ node: NodeID, into list: inout KeyedList, _ keys: [Symbol], in tree: inout Tree
  ) throws(Problem) {
    let texts = ListElements.texts(of: node, keys: keys, in: &tree)
    if !keys.isEmpty, tree.shape(node) != .mapping, !tree.isNull(node) {
      throw .wrongElement(tree.shape(node), expected: .mapping, at: tree.position(node))
    }
    var values: [Symbol] = []
    for text in texts {
      // kyaml's `appendListNode` means to skip to the next element here, but its `continue` goes to
      // the next key. So an element is appended once for each key that it lacks, and set below as
      // well.
      if text.isPresent { values.append(text.text) } else { list.append(node, texts, in: tree) }
    }
    if keys.count > 1 { try list.set(nil, with: values, in: &tree) }
    try list.set(node, with: values, in: &tree)
  }
}
