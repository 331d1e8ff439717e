/// The resource that a strategic merge patch is for, and what is done around the merge.
struct StrategicMergeTarget {
  /// What a patch may change besides content.
  struct Permissions {
    /// `options.allowNameChange` of the entry of `patches`.
    var nameChange = false
    var kindChange = false
  }

  /// The place of the resource.
  let index: Int
  let permissions: Permissions

  /// The one resource that has or had the id of a patch.
  ///
  /// The patch counts by its original id (resource/resource.go `OrgId`), as its file may hold
  /// kustomize's annotations of former names. Resources that an earlier patch has deleted are not
  /// found any more.
  static func find(
    _ patch: StrategicPatch, in resources: Resources, _ workspace: inout Workspace
  ) throws(Problem) -> Int {
    let wanted = patch.resource.originalKey
    let known = resources.places(everHaving: wanted)
    workspace.counts.idLookUps += known.count
    let places =
      known
      .filter { !workspace.tree.isNullOrEmpty(resources[$0].root) }
    if places.count == 1 { return places[0] }
    guard let first = places.first else {
      throw MissingTarget(patch, in: resources, workspace).problem
    }
    let id = workspace.tree.symbols.describe(patch.resource.id)
    let position = workspace.tree.position(patch.resource.root)
    throw .severalTargets(id, at: position, workspace.tree.position(resources[first].root))
  }

  /// A copy of a patch made to fit any resource that a target selects (resmap/reswrangler.go
  /// `ApplySmPatch`): labels and annotations are all strings, so that a null among them deletes nothing.
  static func fitting(
    _ patch: StrategicPatch, _ tree: inout Tree
  ) throws(Problem) -> NodeID {
    let copy = try tree.copy(patch.resource.root, for: tree.position(patch.resource.root))
    guard let metadata = tree.field(.metadata, of: copy) else { return copy }
    let fields: [(Symbol, StaticString)] = [(.labels, "labels"), (.annotations, "annotations")]
    for (field, name) in fields {
      try rewrite(field, named: name, of: metadata, in: &tree)
    }
    if patch.resource.id.namespace.isEmpty { tree.removeField(.namespace, of: metadata) }
    return copy
  }

  /// Writes labels or annotations of a patch anew, as strings.
  fileprivate static func rewrite(
    _ field: Symbol, named name: StaticString, of metadata: NodeID, in tree: inout Tree
  ) throws(Problem) {
    let written = tree.field(field, of: metadata)
    if let written, tree.hasKeyWithoutValue(written) {
      throw .listInsteadOfMapping(name, at: tree.position(written))
    }
    let entries = tree.stringEntries(of: written)
    try tree.replaceStringEntries(field, entries, of: metadata)
  }

  /// Merges a patch that fits, with the resource's API version.
  ///
  /// The patch is used up.
  func merge(
    fitting patch: NodeID, in resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) {
    let position = workspace.tree.position(patch)
    let root = resources[index].root
    // An object without a version gets an empty one, which prints as null (resource.go `SetGvk`).
    let version = workspace.tree.field(.apiVersion, of: root)
    let text = workspace.tree.symbol(of: version)
    workspace.tree.setText(.apiVersion, text, of: patch, by: workspace.tree.writer(version ?? root))
    try merge(usingUp: patch, in: &resources, &workspace)
    if let version = workspace.tree.field(.apiVersion, of: root) {
      workspace.tree.markRemade(version)
    }
    // `ApplySmPatch` puts all resources into a new list, which refuses two of one id.
    let key = resources[index].id.key
    guard resources.count(of: key) < 2 else {
      throw .sameIDAfterPatch(
        workspace.tree.symbols.describe(resources[index].id), at: position)
    }
  }

  /// Merges a patch, which stays as it is.
  func merge(
    _ patch: NodeID, in resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) {
    let copy = try workspace.tree.copy(patch, for: workspace.tree.position(patch))
    try merge(usingUp: copy, in: &resources, &workspace)
  }

  /// Merges a patch; name, kind and namespace stay, unless the patch may change them
  /// (resource/resource.go `ApplySmPatch`).
  private func merge(
    usingUp patch: NodeID, in resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) {
    let id = resources[index].id
    let root = resources[index].root
    if permissions.nameChange || permissions.kindChange {
      resources[index].rememberID()
      // The patch has annotations that allow the change, and they are merged with the others.
      workspace.traceUnknown(of: root)
    }
    var notes: BuildNoteAnnotations?
    if Self.takesOutAnnotations(patch, in: workspace.tree) {
      // kustomize's notes are annotations, and a patch that deletes annotations deletes them, too.
      // They are written out for the merge, and read back from what is left.
      notes = try BuildNoteAnnotations(on: resources[index], &workspace)
    }
    let writers = Writers(of: root, workspace.tree)
    let outcome = try StrategicMerge.apply(
      usingUp: patch, to: root, schema: &workspace.schema, in: &workspace.tree)
    if case .deleted = outcome {
      workspace.tree.noteDeletion(of: root, by: patch)
      workspace.tree.removeAllChildren(of: root)
    }
    notes?.remove(from: &resources[index], restoresOwn: false, in: &workspace.tree)
    if workspace.tree.isNullOrEmpty(root) { return resources.noteEmpty() }
    restore(id, written: writers, at: root, &workspace.tree)
    resources.refreshID(at: index, &workspace)
  }

  /// Whether a patch may delete annotations; those that the build only remembers may be among them.
  private static func takesOutAnnotations(_ patch: NodeID, in tree: Tree) -> Bool {
    func takesOut(_ node: NodeID) -> Bool {
      tree.isNull(node) || tree.field(.patchDirective, of: node) != nil
    }
    guard let metadata = tree.field(.metadata, of: patch) else { return false }
    guard let annotations = tree.field(.annotations, of: metadata) else {
      return takesOut(metadata)
    }
    if takesOut(metadata) || takesOut(annotations) { return true }
    var entry = tree.first(of: annotations)
    while let current = entry {
      if tree.isNull(current) { return true }
      entry = tree.next(after: current)
    }
    return false
  }

  /// What wrote the fields that a patch cannot change, which it may say all the same.
  private struct Writers {
    let kind: Writer
    let name: Writer
    let namespace: Writer

    init(of root: NodeID, _ tree: Tree) {
      let metadata = tree.field(.metadata, of: root) ?? root
      func writer(_ key: Symbol, of mapping: NodeID) -> Writer {
        tree.writer(tree.field(key, of: mapping) ?? root)
      }
      kind = writer(.kind, of: root)
      name = writer(.name, of: metadata)
      namespace = writer(.namespace, of: metadata)
    }
  }

  /// Writes the fields again as they were. kustomize does so too, and its reader's places for them are lost.
  private func restore(
    _ id: ResourceID, written writers: Writers, at root: NodeID, _ tree: inout Tree
  ) {
    func restore(_ key: Symbol, _ text: Symbol, of mapping: NodeID, by writer: Writer) {
      tree.setText(key, text, of: mapping, by: writer)
      if let field = tree.field(key, of: mapping) { tree.markRemade(field) }
    }
    if !permissions.kindChange { restore(.kind, id.type.kind, of: root, by: writers.kind) }
    let metadata = tree.metadata(of: root)
    if !permissions.nameChange { restore(.name, id.name, of: metadata, by: writers.name) }
    if id.namespace.isEmpty {
      tree.removeField(.namespace, of: metadata)
    } else {
      restore(.namespace, id.namespace, of: metadata, by: writers.namespace)
    }
  }
}

extension Resource {
  /// The id the object was loaded with, for comparisons.
  fileprivate var originalKey: ResourceKey {
    guard let first = formerIDs.first else { return id.key }
    return ResourceKey(type: type(of: first), name: first.name, namespace: first.namespace)
  }
}

extension Tree {
  /// The `metadata` of an object, made if there is none.
  mutating func metadata(of root: NodeID) -> NodeID {
    if let metadata = field(.metadata, of: root) { return metadata }
    let metadata = addMapping(by: writer(root))
    appendField(.metadata, metadata, to: root)
    return metadata
  }
}

extension StrategicPatch {
  /// The patch as kustomize keeps it where it may change names or kinds: each permission is noted among its
  /// annotations, which are written anew with it (resource/resource.go `AllowNameChange`).
  func noting(
    _ permissions: StrategicMergeTarget.Permissions, hasTarget: Bool, _ tree: inout Tree
  ) throws(Problem) -> StrategicPatch {
    let count = (permissions.nameChange ? 1 : 0) + (permissions.kindChange ? 1 : 0)
    let root = resource.root
    guard count > 0, let own = tree.field(.metadata, of: root),
      tree.field(.annotations, of: own) != nil
    else { return self }
    let copy = try tree.copy(root, for: tree.position(root))
    if let metadata = tree.field(.metadata, of: copy) {
      for round in 1...count {
        // With a target, annotations are written once more, and what was hidden in a null is found.
        if hasTarget || round < count {
          AnnotationCleanup.makeRoomForNext(of: metadata, in: &tree)
        }
        try StrategicMergeTarget.rewrite(
          .annotations, named: "annotations", of: metadata, in: &tree)
      }
    }
    return StrategicPatch(resource: resource.withRoot(copy, id: resource.id), asked: asked)
  }
}

extension Problem {
  fileprivate static func severalTargets(
    _ id: String, at position: Position, _ first: Position
  ) -> Problem {
    Problem(
      .patchWithSeveralTargets, "multiple resources match strategic merge patch \"\(id)\"",
      at: position
    )
    .noting("the first is here", at: first)
  }

  fileprivate static func sameIDAfterPatch(_ id: String, at position: Position) -> Problem {
    Problem(
      .sameIdAfterPatch, "may not add resource with an already registered id: \(id)",
      at: position, hint: "two resources have this id after the patch")
  }
}
