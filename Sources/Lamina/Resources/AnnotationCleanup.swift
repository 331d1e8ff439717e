/// What becomes of an object's annotations when kustomize writes them anew: last before it prints
/// them, and wherever it puts notes into them or takes some out.
///
/// Every annotation becomes a string, of a key that stands twice the last wins, empty `annotations`
/// vanish, and an object without `metadata` gets one (resource/resource.go `RemoveBuildAnnotations`,
/// kyaml/yaml/rnode.go `setMapInMetadata`).
///
/// An object may have `annotations` twice, which kustomize accepts of no other key: each time that it
/// writes them anew, the first of them is merged into the second.
struct AnnotationCleanup {
  /// What is taken out in the end.
  private let removed: NumberSet<Symbol>
  /// What is taken out when the annotations are first written anew.
  private let removedFirst: NumberSet<Symbol>
  /// What is taken out each further time.
  private let removedLater: [Symbol]
  /// What is left is printed.
  private let isLast: Bool

  /// Takes out kustomize's notes as well: the last cleanup of a build. Build notes are taken out first,
  /// then origins and transformations, unless they are to be printed (krusty/kustomizer.go `Run`).
  init(symbols: inout SymbolTable, keeping metadata: BuildMetadata = BuildMetadata()) {
    let all = InternalAnnotations.removed.map { symbols.intern($0) }
    let origin = symbols.intern(BuildNoteAnnotations.Note.origin.rawValue)
    let transformations = symbols.intern(BuildNoteAnnotations.Note.transformations.rawValue)
    removed = NumberSet(all)
    removedFirst = NumberSet(all.filter { $0 != origin && $0 != transformations })
    var later: [Symbol] = []
    if !metadata.options.contains(.originAnnotations) { later.append(origin) }
    if !metadata.options.contains(.transformerAnnotations) { later.append(transformations) }
    removedLater = later
    isLast = true
  }

  init(removing removed: NumberSet<Symbol> = NumberSet()) {
    self.removed = removed
    removedFirst = removed
    removedLater = []
    isLast = false
  }

  /// - Parameter hasNotes: kustomize has build notes among the annotations, also where the object has no
  ///   annotations of its own.
  func apply(to root: NodeID, hasNotes: Bool = false, in tree: inout Tree) throws(Problem) {
    guard let metadata = tree.field(.metadata, of: root) else {
      tree.appendField(.metadata, tree.addMapping(by: tree.writer(root)), to: root)
      return
    }
    guard var annotations = tree.field(.annotations, of: metadata) else { return }
    if tree.hasFieldTwice(.annotations, of: metadata) {
      let isWhole = try mergeRepeated(of: metadata, hasNotes: hasNotes, in: &tree)
      guard !isWhole, let last = tree.field(.annotations, of: metadata) else { return }
      annotations = last
    }
    if tree.shape(annotations) == .sequence { try makeMapping(annotations, in: &tree) }
    if tree.shape(annotations) == .mapping { clean(annotations, in: &tree) }
    if tree.shape(annotations) != .mapping || tree.first(of: annotations) == nil {
      tree.removeField(.annotations, of: metadata)
    }
  }

  /// Merges `annotations` that stand several times, as often as kustomize does.
  ///
  /// - Returns: whether what is left is printed as it is: kustomize may not have come to it, so that it holds numbers,
  ///   notes or nothing.
  private func mergeRepeated(
    of metadata: NodeID, hasNotes: Bool, in tree: inout Tree
  ) throws(Problem) -> Bool {
    // The entries that kustomize has hidden in a null: it is printed as a null, and read as a mapping.
    var hidden: (null: NodeID, entries: [Symbol: NodeID])?
    // Made here and not with the rest: few objects have annotations twice, and to make the type of such a list
    // costs a tenth of a small build.
    let rounds = [removedFirst] + removedLater.map { NumberSet([$0]) }
    for (round, removed) in rounds.enumerated() {
      guard let first = tree.field(.annotations, of: metadata) else { return true }
      var entries = hidden?.null == first ? hidden?.entries ?? [:] : tree.stringEntries(of: first)
      // Nothing is done about build notes where there are no annotations.
      if round == 0, isLast, entries.isEmpty, !hasNotes { continue }
      for key in entries.keys where removed.contains(key) { entries[key] = nil }
      let second = Self.next(after: first, in: tree)
      if isLast, let second, tree.isNull(second) {
        tree.removeField(.annotations, of: metadata)
        hidden = (second, entries)
        continue
      }
      Self.makeRoomForNext(of: metadata, in: &tree)
      try tree.replaceStringEntries(.annotations, entries, of: metadata)
    }
    if isLast, let left = tree.field(.annotations, of: metadata), tree.shape(left) == .mapping {
      for entry in tree.children(of: left) where tree[entry].flags.contains(.remade) {
        makeString(entry, in: &tree)
      }
    }
    return isLast
  }

  /// Takes out empty `annotations` of an object that has them twice and names among its notes.
  ///
  /// Each note takes out the first block that is empty, and goes into the first one that is left, which then is not
  /// empty any more (kyaml/yaml/kfns.go `ClearEmptyAnnotations`). There are three notes at least.
  static func makePlaceOfNotes(in resource: inout Resource, _ tree: inout Tree) {
    guard !resource.hasPlaceOfNotes, resource.hasNotedNames,
      let metadata = tree.field(.metadata, of: resource.root),
      tree.hasFieldTwice(.annotations, of: metadata)
    else { return }
    resource.hasPlaceOfNotes = true
    var place: NodeID?
    var isFirst = true
    tree.removeChildren(of: metadata) { tree, field in
      guard tree.key(field) == .annotations else { return false }
      let isEmpty = tree.first(of: field) == nil
      if isEmpty, isFirst {
        isFirst = false
        return true
      }
      if place == nil { place = field }
      return isEmpty && place != field
    }
  }

  /// The `annotations` behind others in one mapping.
  private static func next(after first: NodeID, in tree: Tree) -> NodeID? {
    var next = tree.next(after: first)
    while let current = next, tree.key(current) != .annotations { next = tree.next(after: current) }
    return next
  }

  /// Makes a mapping of second `annotations` that are null. kustomize hides the entries in the null, where
  /// the next rewriting finds them, which is sure to come.
  static func makeRoomForNext(of metadata: NodeID, in tree: inout Tree) {
    guard let first = tree.field(.annotations, of: metadata),
      let second = next(after: first, in: tree), tree.isNull(second)
    else { return }
    tree.setCollection(second, .mapping, by: tree.writer(second))
  }

  /// A list is read as if its elements were keys and values in turn.
  private func makeMapping(_ list: NodeID, in tree: inout Tree) throws(Problem) {
    if tree.hasKeyWithoutValue(list) {
      throw .listInsteadOfMapping("annotations", at: tree.position(list))
    }
    let elements = tree.children(of: list)
    tree.setCollection(list, .mapping, by: tree.writer(list))
    for index in stride(from: 0, to: elements.count, by: 2) {
      let key = tree.symbol(of: elements[index])
      tree.appendField(key, elements[index + 1], to: list)
    }
  }

  private func clean(_ annotations: NodeID, in tree: inout Tree) {
    // The mapping is made anew, without the brackets that it may have in the file.
    tree.setFlow(false, of: annotations)
    let isRepeated = repeated(in: annotations, tree)
    tree.removeChildren(of: annotations) { tree, child in
      removed.contains(tree.key(child)) || isRepeated.contains(child)
    }
    var child = tree.first(of: annotations)
    while let current = child {
      child = tree.next(after: current)
      makeString(current, in: &tree)
    }
  }

  /// The annotations whose key stands a further time behind them.
  private func repeated(in annotations: NodeID, _ tree: Tree) -> NumberSet<NodeID> {
    var last = NumberTable<Symbol, NodeID>()
    var result = NumberSet<NodeID>()
    var child = tree.first(of: annotations)
    // Most objects have one annotation or none.
    if child.flatMap({ tree.next(after: $0) }) == nil { return result }
    while let current = child {
      child = tree.next(after: current)
      if let earlier = last.updateValue(current, forKey: tree.key(current)) {
        result.insert(earlier)
      }
    }
    return result
  }

  private func makeString(_ node: NodeID, in tree: inout Tree) {
    tree.separate(node)
    if tree.shape(node) != .scalar {
      tree.setScalar(node, "", tag: .string, by: tree.writer(node))
    }
    tree.setTag(.string, of: node)
    tree.removeFlags([.quoted, .literal, .folded, .explicitTag], from: node)
    tree.quoteAmbiguousText(node)
    // The keys are written anew without a tag: one that looks like a number becomes one, and then
    // cannot be printed.
    tree.removeFlags(.ofKey, from: node)
    let tag = tree.symbols.withBytes(of: tree.key(node)) { ScalarTag.plain($0) }
    if tag != .string { tree.addFlags(.keyIsNotText, to: node) }
  }
}
