/// Lists: replaced as a whole, or merged element by element.
extension StrategicMerge {
  /// Merges two lists; a null counts as one that is missing or, in the patch, to be removed
  /// (walk/nonassociative_sequence.go, walk/associative_sequence.go, merge2.go `VisitList`).
  ///
  /// - Parameters:
  ///   - origin: the list of the patch, nil where it has none.
  ///   - target: the list of the object, nil where it has none.
  ///   - type: the type of the list in the schema; nil where nothing is known, and the list is
  ///     replaced.
  mutating func mergeLists(
    _ origin: NodeID?, into target: NodeID?, type: Schema.TypeID?, in tree: inout Tree
  ) throws(Problem) -> Value {
    if let origin, let target { tree.adoptStyle(of: origin, for: target) }
    guard let type, let keys = schema.mergeKeys(of: type, in: &tree) else {
      guard let origin else { return .kept }
      if tree.isNull(origin) { return .removed }
      if let target { noteReplacement(of: target, by: origin, in: &tree) }
      return .node(origin)
    }
    let elements = schema.elements(of: type, in: &tree)
    guard let target, !tree.isNull(target) else {
      guard let origin else { return .removed }
      // In a new list a directive for the whole list is an element like any other.
      try mergeElements(of: origin, into: origin, keys: keys, type: elements, in: &tree)
      tree.removeFlags(.flow, from: origin)
      return .node(origin)
    }
    guard let origin else {
      try mergeElements(of: nil, into: target, keys: keys, type: elements, in: &tree)
      return .kept
    }
    if tree.isNull(origin) { return .removed }
    switch takeDirective(ofList: origin, in: &tree) {
    case .delete: return .removed
    case .unknown(let word): throw .unknownDirective(word)
    case .merge:
      try mergeElements(of: origin, into: target, keys: keys, type: elements, in: &tree)
      return .node(target)
    case .replace:
      try mergeElements(of: origin, into: origin, keys: keys, type: elements, in: &tree)
      return .node(origin)
    }
  }

  /// Merges the elements of one list into another.
  ///
  /// There are three ways, from fast to slow: plain lists (`mergePlainElements`), lists that the
  /// patch does not mention and whose elements have different keys (`tidyElement`), and all others
  /// (`KeyedMerge`). The last does what the others do, too; `StrategicMergePropertyTests` compares
  /// the outcomes, `Scripts/compare-merges` compares with kustomize.
  ///
  /// - Parameter origin: nil to tidy `target` by itself; `target` itself for a new list.
  private mutating func mergeElements(
    of origin: NodeID?, into target: NodeID, keys: [Symbol], type: Schema.TypeID?,
    in tree: inout Tree
  ) throws(Problem) {
    if tree.first(of: target) != nil || origin.flatMap({ tree.first(of: $0) }) != nil {
      tree.markRemade(target)
    }
    let before = tree.elementsToNote(of: target)
    let isDone = try mergePlainElements(of: origin, into: target, keys: keys, type: type, in: &tree)
    if isDone { return tree.noteElements(of: target, since: before) }
    let mergesWithItself = origin == target
    let ours = ListElements(target, keys: keys, in: &tree)
    let theirs =
      mergesWithItself ? nil : origin.map { ListElements($0, keys: keys, in: &tree) }
    if origin == nil, ours.isOrderly {
      for element in ours.nodes { try tidyElement(element, keys, type: type, in: &tree) }
      return
    }
    let check = MergeCheck(ours, theirs, mergesWithItself: mergesWithItself, purpose, in: tree)
    var merge = KeyedMerge(
      ours: ours, theirs: theirs, mergesWithItself: mergesWithItself, purpose: purpose,
      in: tree)
    let result = try merge.run(type: type, by: &self, in: &tree)
    check?.note(result, of: origin, into: target, in: &tree)
    try tree.replaceChildren(of: target, with: result)
    tree.noteElements(of: target, since: before)
  }

  /// The element that a merge has made; nil where nothing is left of it.
  ///
  /// An element that comes out as null or `{}` is dropped (walk/associative_sequence.go
  /// `setAssociativeSequenceElements`), also where the object already had it as such.
  static func element(_ value: Value, orElse old: NodeID?, in tree: Tree) -> NodeID? {
    let merged: NodeID?
    switch value {
    case .removed: merged = nil
    case .kept: merged = old
    case .node(let node): merged = node
    }
    guard let merged, !tree.isNull(merged), !tree.isEmptyMapping(merged) else { return nil }
    return merged
  }

  /// Tidies an element of a list that the patch does not mention and in which every element is told
  /// apart from all others: there is nothing else to do.
  ///
  /// The same as merging it with nothing and putting it back in its place.
  mutating func tidyElement(
    _ element: NodeID, _ keys: [Symbol], type: Schema.TypeID?, in tree: inout Tree
  ) throws(Problem) {
    if keys.isEmpty {
      tree.dropTag(of: element)
    } else {
      try tidy(element, type: type, in: &tree)
    }
  }
}

extension Tree {
  /// Gives a collection other children. A node that stands twice among them is copied, and the copy
  /// remembered: for kustomize it is the same node still.
  fileprivate mutating func replaceChildren(
    of parent: NodeID, with children: [NodeID]
  ) throws(Problem) {
    removeAllChildren(of: parent)
    var seen: Set<NodeID> = []
    for child in children {
      if seen.insert(child).inserted {
        put(child, behindAllOf: parent)
      } else {
        let repetition = try copy(child, for: position(child))
        ledger.repetitions[repetition] = child
        put(repetition, behindAllOf: parent)
      }
    }
  }

  fileprivate func isEmptyMapping(_ id: NodeID) -> Bool {
    shape(id) == .mapping && isEmptyCollection(id)
  }

  /// Lets a scalar be what its text and quotes say. kyaml makes the scalars of merged lists anew,
  /// without tag.
  mutating func dropTag(of id: NodeID) {
    guard self[id].shape == .scalar else { return }
    setTag(.unresolved, of: id)
    removeFlags(.explicitTag, from: id)
  }
}
