/// Applying a JSON patch to a resource, and what kustomize does around it.
extension Resources {
  /// Patches the resources that a target selects.
  ///
  /// - Parameter remembersID: `patches` remembers what the resource was called before,
  ///   `patchesJson6902` does not (builtins/PatchTransformer.go, PatchJson6902Transformer.go).
  mutating func apply(
    _ patch: JSONPatch, atAll places: [Int], remembersID: Bool, _ workspace: inout Workspace
  ) throws(Problem) {
    let start = workspace.tree.ledger.remarks.count
    for place in places {
      try apply(patch, at: place, remembersID: remembersID, &workspace)
    }
    // Where some of the objects have a field, to add it to the others is meant.
    workspace.tree.ledger.keepAdditions(since: start, toAll: places.count)
  }

  /// Patches one resource.
  mutating func apply(
    _ patch: JSONPatch, at index: Int, remembersID: Bool, _ workspace: inout Workspace
  ) throws(Problem) {
    if remembersID { try rememberID(at: index, in: &workspace.tree) }
    workspace.traceNotes(of: &self[index])
    let root = self[index].root
    AnnotationCleanup.makePlaceOfNotes(in: &self[index], &workspace.tree)
    let kept = KeptAnnotations(of: root, in: &workspace.tree)
    var notes: BuildNoteAnnotations?
    if workspace.history != nil || patch.touches([.metadata, .annotations]) {
      notes = try BuildNoteAnnotations(on: self[index], &workspace)
    }
    // Annotations are written anew behind the patch.
    if notes != nil || !kept.isEmpty { workspace.jsonTrips.forget(root) }
    try patch.apply(
      to: root, isSecret: self[index].id.type.kind == .secret, &workspace.jsonTrips,
      in: &workspace.tree)
    try workspace.traceReading(of: root)
    try kept.restore(to: root, in: &workspace.tree)
    try notes?.remove(from: &self[index], restoresOwn: true, &workspace)
    if workspace.history != nil { try workspace.traceRewriting(of: self[index]) }
    refreshID(at: index, &workspace)
    if workspace.tree.isNullOrEmpty(root) { noteEmpty() }
  }
}

/// The annotations that kustomize puts back after a JSON patch: its own notes, of which files may
/// hold some, and old marks of kio (kioutil/kioutil.go `GetInternalAnnotations`).
private struct KeptAnnotations {
  private var entries: [(key: Symbol, text: String, writer: Writer)] = []

  var isEmpty: Bool { entries.isEmpty }

  /// Remembers who wrote them, for notes about where values come from.
  init(of root: NodeID, in tree: inout Tree) {
    guard let metadata = tree.field(.metadata, of: root),
      let annotations = tree.field(.annotations, of: metadata)
    else { return }
    // Nearly always there is none, which is seen before all entries are put into a table.
    var child = tree.first(of: annotations)
    while let current = child, !Self.isKept(tree.key(current), tree.symbols) {
      child = tree.next(after: current)
    }
    if child == nil { return }
    for (key, value) in tree.stringEntries(of: annotations) where Self.isKept(key, tree.symbols) {
      entries.append((key, tree.string(value), tree.writer(value)))
    }
  }

  private static func isKept(_ key: Symbol, _ symbols: SymbolTable) -> Bool {
    symbols.withBytes(of: key) { text in
      text.begins(with: InternalAnnotations.domain) || text.isWord("config.kubernetes.io/path")
        || text.isWord("config.kubernetes.io/index") || text.isWord("config.k8s.io/id")
    }
  }

  /// Writes the annotations anew, as `SetAnnotations` does: all of them become strings.
  ///
  /// This happens after every JSON patch, also where nothing was kept: kustomize reads all
  /// annotations into a Go map and sets them again. Empty annotations are dropped by that.
  func restore(
    to root: NodeID, in tree: inout Tree
  ) throws(Problem) {
    let metadata = mapping(of: root, in: &tree)
    guard tree.shape(metadata) == .mapping else { return }
    // They would be made to be taken out again.
    if entries.isEmpty, tree.field(.annotations, of: metadata) == nil { return }
    let annotations = try annotations(of: metadata, in: &tree)
    var child = tree.first(of: annotations)
    while let current = child {
      makeText(current, in: &tree)
      child = tree.next(after: current)
    }
    for entry in entries {
      let value = tree.addScalar(entry.text, tag: .string, by: entry.writer)
      tree.removeField(entry.key, of: annotations)
      tree.appendField(entry.key, value, to: annotations)
    }
    if tree.first(of: annotations) == nil { tree.removeField(.annotations, of: metadata) }
  }

  /// The annotations that the patch has left. A scalar gives way, and a list is read as keys and
  /// values in turn (kyaml/yaml/rnode.go `visitMappingNodeFields`).
  private func annotations(of metadata: NodeID, in tree: inout Tree) throws(Problem) -> NodeID {
    let found = tree.field(.annotations, of: metadata)
    if let found, tree.shape(found) == .mapping { return found }
    let made = tree.addMapping(by: tree.writer(found ?? metadata))
    let items = found.map { tree.children(of: $0) } ?? []
    for index in stride(from: 0, to: items.count, by: 2) {
      guard index + 1 < items.count else { throw .oddAnnotations(at: tree.position(made)) }
      let key = tree.symbol(of: items[index])
      let value = try tree.copy(items[index + 1], for: tree.position(items[index + 1]))
      tree.removeField(key, of: made)
      tree.appendField(key, value, to: made)
    }
    if found != nil { tree.removeField(.annotations, of: metadata) }
    tree.appendField(.annotations, made, to: metadata)
    return made
  }

  /// The object's `metadata`; a missing or null one is made.
  private func mapping(of root: NodeID, in tree: inout Tree) -> NodeID {
    guard let found = tree.field(.metadata, of: root) else {
      let made = tree.addMapping(by: tree.writer(root))
      tree.appendField(.metadata, made, to: root)
      return made
    }
    if tree.isNullOrEmpty(found) { tree.setCollection(found, .mapping, by: tree.writer(found)) }
    return found
  }

  /// Gives a value the tag of a string; its text stays, also that of a null or a number.
  private func makeText(_ node: NodeID, in tree: inout Tree) {
    if tree.shape(node) == .scalar, tree[node].tag == .string { return }
    tree.setScalar(node, tree.string(node), tag: .string, by: tree.writer(node))
  }
}

extension Problem {
  fileprivate static func oddAnnotations(at position: Position) -> Problem {
    Problem(
      .patchLeavesAnnotationList, "the patch leaves a list where annotations have to be a mapping",
      at: position)
  }
}
