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
  private let removed: NumberSet<Symbol>
  /// How often kustomize writes the annotations anew.
  private let rewrites: Int
  /// What is left is printed.
  private let isLast: Bool

  /// Takes out kustomize's notes as well: the last cleanup of a build. Build notes are taken out first,
  /// then origins and transformations, unless they are to be printed (krusty/kustomizer.go `Run`).
  init(symbols: inout SymbolTable, keeping metadata: BuildMetadata = BuildMetadata()) {
    removed = NumberSet(InternalAnnotations.removed.map { symbols.intern($0) })
    isLast = true
    rewrites =
      3 - metadata.options.intersection([.originAnnotations, .transformerAnnotations]).count
  }

  init(removing removed: NumberSet<Symbol> = NumberSet()) {
    self.removed = removed
    isLast = false
    rewrites = 1
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
      try mergeRepeated(of: metadata, hasNotes: hasNotes, in: &tree)
      guard let last = tree.field(.annotations, of: metadata) else { return }
      annotations = last
    }
    if tree.shape(annotations) == .sequence { try makeMapping(annotations, in: &tree) }
    if tree.shape(annotations) == .mapping { clean(annotations, in: &tree) }
    if tree.shape(annotations) != .mapping || tree.first(of: annotations) == nil {
      tree.removeField(.annotations, of: metadata)
    }
  }

  /// Merges `annotations` that stand several times, as often as kustomize does.
  private func mergeRepeated(
    of metadata: NodeID, hasNotes: Bool, in tree: inout Tree
  ) throws(Problem) {
    if hasNotes {
      // Each note that is written takes out the first block that is empty (kyaml/yaml/kfns.go
      // `ClearEmptyAnnotations`), and there are three notes at least.
      tree.removeChildren(of: metadata) { tree, field in
        tree.key(field) == .annotations && tree.first(of: field) == nil
      }
    }
    for round in 0..<rewrites {
      guard let first = tree.field(.annotations, of: metadata) else { return }
      var entries = tree.stringEntries(of: first)
      // Nothing is done about build notes where there are no annotations.
      if round == 0, isLast, entries.isEmpty, !hasNotes { continue }
      for key in entries.keys where removed.contains(key) { entries[key] = nil }
      makeRoomForNext(of: metadata, isLast: isLast && round == rewrites - 1, in: &tree)
      try tree.replaceStringEntries(.annotations, entries, of: metadata)
    }
  }

  /// Makes a mapping of second `annotations` that are null. kustomize hides the entries in the null, where
  /// only the next rewriting finds them.
  private func makeRoomForNext(of metadata: NodeID, isLast: Bool, in tree: inout Tree) {
    guard !isLast, let first = tree.field(.annotations, of: metadata) else { return }
    var next = tree.next(after: first)
    while let current = next, tree.key(current) != .annotations { next = tree.next(after: current) }
    guard let second = next, tree.isNull(second) else { return }
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
