/// What `buildMetadata` has printed about the build itself (krusty/kustomizer.go `Run`).
struct BuildNotes {
  private let metadata: BuildMetadata
  private let isManaged: Bool

  /// - Parameter isManaged: a flag or the environment asks for the label.
  init(_ metadata: BuildMetadata, isManaged: Bool) {
    self.metadata = metadata
    self.isManaged = isManaged || metadata.options.contains(.managedByLabel)
  }

  /// Adds the label that says who made the objects.
  ///
  /// The value names the version that output is compatible with, since kustomize prints its own
  /// version there.
  func label(_ resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
    guard isManaged else { return }
    let path = FieldPath(fieldSpec: "metadata/labels", symbols: &workspace.tree.symbols)
    let label = Pair(
      key: "app.kubernetes.io/managed-by", value: "kustomize-v5.8.1", position: .none)
    let fields = [FieldSpec(type: .any, path: path, create: true)]
    try StringEntryStep(kind: .buildMetadata, entries: [label], fields: fields)
      .apply(to: &resources, &workspace)
  }

  /// Writes where each object came from, and who changed it.
  ///
  /// Last of all changes, so that the annotations keep the quotes they are written with. A resource
  /// without origin or transformations gets none.
  func annotate(_ resources: Resources, _ workspace: inout Workspace) throws(Problem) {
    let options = metadata.options
    if options.isDisjoint(with: [.originAnnotations, .transformerAnnotations]) { return }
    for resource in resources.all {
      if options.contains(.originAnnotations), let origin = resource.origin {
        let text = workspace.origins.text(of: origin)
        try write(.origin, text, to: resource.root, in: &workspace.tree)
      }
      if options.contains(.transformerAnnotations), !resource.transformations.isEmpty {
        let text = workspace.origins.text(of: resource.transformations)
        try write(.transformations, text, to: resource.root, in: &workspace.tree)
      }
    }
  }

  /// The writer of the new values is the object itself: no entry of a kustomization holds them.
  private func write(
    _ note: BuildNoteAnnotations.Note, _ text: String, to root: NodeID, in tree: inout Tree
  ) throws(Problem) {
    let metadata = tree.metadata(of: root)
    let annotations: NodeID
    if let found = tree.field(.annotations, of: metadata) {
      annotations = found
    } else {
      annotations = tree.addMapping(by: tree.writer(root))
      tree.appendField(.annotations, annotations, to: metadata)
    }
    let key = tree.symbols.intern(note.rawValue)
    _ = try tree.setStringEntry(key, text, of: annotations, by: tree.writer(root))
  }
}
