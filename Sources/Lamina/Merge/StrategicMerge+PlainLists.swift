/// Lists as nearly all of them are: each element says which one it is.
///
/// `KeyedMerge` makes the same of them with many times the work.
///
/// A list is plain if each element has a scalar under its one merge key (or is a scalar, if there
/// are no keys) and no two of them are equal. Then each element of the patch has at most one
/// counterpart, none of `KeyedMerge`'s oddities for missing and repeated keys applies, and one pass
/// over both lists is enough. `StrategicMergePropertyTests.aShortListComesOutLikeALongOne` and
/// `Scripts/compare-merges` hold the two ways together.
extension StrategicMerge {
  /// Merges the elements of one list into another, if both are plain; false where nothing was done.
  ///
  /// - Parameter origin: nil to tidy `target`, for which several keys do no harm as only the first
  ///   is looked at; `target` itself for a new list.
  mutating func mergePlainElements(
    of origin: NodeID?, into target: NodeID, keys: [Symbol], type: Schema.TypeID?,
    in tree: inout Tree
  ) throws(Problem) -> Bool {
    // Values of charts go the other way round; with several keys, elements change their places.
    if origin != nil, purpose != .patch || keys.count != 1 { return false }
    let start = elements.count
    defer { elements.pop(from: start) }
    guard elements.push(elementsOf: target, key: keys.first, in: tree) else { return false }
    let ours = start..<elements.count
    guard let origin else {
      for place in ours { try tidyElement(elements[place].node, keys, type: type, in: &tree) }
      return true
    }
    if origin != target {
      guard elements.push(elementsOf: origin, key: keys.first, in: tree) else { return false }
    }
    // Merging one element could change the name of another one with it.
    for place in start..<elements.count where tree[elements[place].name].flags.contains(.twin) {
      return false
    }
    let theirs = origin == target ? ours : ours.upperBound..<elements.count
    try mergeElements(at: theirs, into: ours, of: target, type: type, in: &tree)
    return true
  }

  /// The elements of the patch come first, merged with those of the same name, and the others behind
  /// them. An element of the object stays even where the patch has another one instead of it.
  private mutating func mergeElements(
    at theirs: Range<Int>, into ours: Range<Int>, of target: NodeID, type: Schema.TypeID?,
    in tree: inout Tree
  ) throws(Problem) {
    tree.removeAllChildren(of: target)
    for place in theirs {
      var old: NodeID?
      if let match = elements.place(of: elements[place].name, in: ours, tree) {
        old = elements[match].node
        tree.noteMergeKey(elements[match].name)
        elements[match].isMerged = true
      }
      let value = try merge(elements[place].node, into: old, type: type, in: &tree)
      if case .removed = value, let old {
        tree.noteCause(of: old, by: elements[place].node)
      }
      if let merged = Self.element(value, orElse: old, in: tree) {
        tree.put(old ?? merged, behindAllOf: target)
      }
    }
    for place in ours where !elements[place].isMerged {
      let other = elements[place].node
      let value = try merge(nil, into: other, type: type, in: &tree)
      if let merged = Self.element(value, orElse: other, in: tree) {
        tree.put(merged, behindAllOf: target)
      }
    }
    if tree.first(of: target) == nil, theirs != ours, let first = theirs.first {
      noteDeletions(ours, by: elements[first].node, of: target, in: &tree)
    }
  }

  /// Notes that directives have left nothing of a list; all that a patch without one says stays.
  ///
  /// For the lint rule about patches that empty a list.
  private func noteDeletions(
    _ places: Range<Int>, by directive: NodeID, of list: NodeID, in tree: inout Tree
  ) {
    let losses = places.map { place in
      PatchRemark.Loss(
        element: tree.symbol(of: elements[place].name), field: .empty,
        position: tree.position(elements[place].node))
    }
    tree.ledger.note(
      PatchRemark(
        kind: .listEmptied(byDirective: true), position: tree.position(directive),
        list: tree.key(list), losses: losses))
  }
}
