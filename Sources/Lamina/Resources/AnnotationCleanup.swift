/// What becomes of an object's annotations when kustomize writes them anew: last before it prints
/// them, and wherever it puts notes into them or takes some out.
///
/// Every annotation becomes a string, of a key that stands twice the last wins, empty `annotations`
/// vanish, and an object without `metadata` gets one (resource/resource.go `RemoveBuildAnnotations`,
/// kyaml/yaml/rnode.go `setMapInMetadata`).
struct AnnotationCleanup {
  private let removed: NumberSet<Symbol>

  /// Takes out kustomize's notes as well.
  init(symbols: inout SymbolTable) {
    removed = NumberSet(InternalAnnotations.removed.map { symbols.intern($0) })
  }

  init(removing removed: NumberSet<Symbol> = NumberSet()) { self.removed = removed }

  func apply(to root: NodeID, in tree: inout Tree) throws(Problem) {
    guard let metadata = tree.field(.metadata, of: root) else {
      tree.appendField(.metadata, tree.addMapping(at: tree.position(root)), to: root)
      return
    }
    guard let annotations = tree.field(.annotations, of: metadata) else { return }
    if tree.shape(annotations) == .sequence { try makeMapping(annotations, in: &tree) }
    if tree.shape(annotations) == .mapping { clean(annotations, in: &tree) }
    if tree.shape(annotations) != .mapping || tree.first(of: annotations) == nil {
      tree.removeField(.annotations, of: metadata)
    }
  }

  /// A list is read as if its elements were keys and values in turn; kustomize crashes where the last
  /// key has no value.
  private func makeMapping(_ list: NodeID, in tree: inout Tree) throws(Problem) {
    let elements = tree.children(of: list)
    guard elements.count.isMultiple(of: 2) else { throw .annotationsAreList(tree.position(list)) }
    tree.setCollection(list, .mapping, at: tree.position(list))
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
      tree.setScalar(node, "", tag: .string, at: tree.position(node))
    }
    tree[node].tag = .string
    tree[node].flags.subtract([.quoted, .literal, .folded, .explicitTag])
    tree.quoteAmbiguousText(node)
    // The keys are written anew without a tag: one that looks like a number becomes one, and then
    // cannot be printed.
    tree[node].flags.subtract(.ofKey)
    let tag = tree.symbols.withBytes(of: tree.key(node)) { ScalarTag.plain($0) }
    if tag != .string { tree[node].flags.insert(.keyIsNotText) }
  }
}

extension Problem {
  fileprivate static func annotationsAreList(_ position: Position) -> Problem {
    Problem(.invalidResource, "annotations must be a mapping, not a list", at: position)
  }
}
