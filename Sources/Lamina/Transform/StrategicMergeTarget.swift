/// The resource that a strategic merge patch is for, and what is done around the merge.
struct StrategicMergeTarget {
  /// The place of the resource.
  let index: Int
  /// What the patch may change besides content.
  let permissions: PatchPermissions

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
    // Both are written anew, as texts that say themselves what they are.
    tree.rewriteText(.name, of: metadata)
    tree.rewriteText(.kind, of: copy)
    return copy
  }

  /// Writes labels or annotations of a patch anew, as strings, and a note among them.
  fileprivate static func rewrite(
    _ field: Symbol, named name: StaticString, of metadata: NodeID,
    adding note: BuildNoteAnnotations.Note? = nil, in tree: inout Tree
  ) throws(Problem) {
    let written = tree.field(field, of: metadata)
    if let written, tree.hasKeyWithoutValue(written) {
      throw .listInsteadOfMapping(name, at: tree.position(written))
    }
    var entries = tree.stringEntries(of: written)
    if let note {
      entries[tree.symbols.intern(note.rawValue)] = tree.addScalar(
        PatchPermissions.word, tag: .string, by: .none)
    }
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
    var permissionNotes = PermissionNotes()
    if !permissions.isEmpty {
      try resources.rememberID(at: index, in: &workspace.tree)
      AnnotationCleanup.makePlaceOfNotes(in: &resources[index], &workspace.tree)
      workspace.traceNotes(of: &resources[index])
      permissionNotes = PermissionNotes(before: root, in: &workspace.tree)
    }
    var notes: BuildNoteAnnotations?
    if Self.takesOutAnnotations(patch, in: workspace.tree)
      || resources[index].origin != nil && Self.writesOrigins(patch, in: workspace.tree)
    {
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
    try notes?.remove(from: &resources[index], restoresOwn: false, &workspace)
    if workspace.tree.isNullOrEmpty(root) { return resources.noteEmpty() }
    if !permissions.isEmpty {
      workspace.traceNotes(of: &resources[index])
      permissionNotes.move(from: root, to: &resources[index], in: &workspace.tree)
    }
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

  /// Whether a patch writes what `buildMetadata` prints.
  private static func writesOrigins(_ patch: NodeID, in tree: Tree) -> Bool {
    let metadata = tree.field(.metadata, of: patch)
    guard let annotations = metadata.flatMap({ tree.field(.annotations, of: $0) }) else {
      return false
    }
    return BuildNoteAnnotations.Note.allCases.contains { note in
      guard note.isPrinted, let key = tree.symbols.find(Array(note.rawValue.utf8).span) else {
        return false
      }
      return tree.field(key, of: annotations) != nil
    }
  }

  /// What wrote the fields that a patch cannot change, which it may say all the same, and where their texts stand.
  private struct Writers {
    struct Field {
      let writer: Writer
      let text: Tree.TextPlace?
    }

    let kind: Field
    let name: Field
    let namespace: Field

    init(of root: NodeID, _ tree: Tree) {
      let metadata = tree.field(.metadata, of: root) ?? root
      func look(at key: Symbol, of mapping: NodeID) -> Field {
        let field = tree.field(key, of: mapping)
        return Field(writer: tree.writer(field ?? root), text: field.flatMap { tree.textPlace($0) })
      }
      kind = look(at: .kind, of: root)
      name = look(at: .name, of: metadata)
      namespace = look(at: .namespace, of: metadata)
    }
  }

  /// Writes the fields again as they were. kustomize does so too, and its reader's places for them are lost.
  private func restore(
    _ id: ResourceID, written writers: Writers, at root: NodeID, _ tree: inout Tree
  ) {
    func restore(_ key: Symbol, _ text: Symbol, of mapping: NodeID, _ old: Writers.Field) {
      tree.setText(key, text, of: mapping, by: old.writer, standingAt: old.text)
      if let field = tree.field(key, of: mapping) { tree.markRemade(field) }
    }
    if !permissions.contains(.kindChange) {
      restore(.kind, id.type.kind, of: root, writers.kind)
    }
    let metadata = tree.metadata(of: root)
    if !permissions.contains(.nameChange) {
      restore(.name, id.name, of: metadata, writers.name)
    }
    if id.namespace.isEmpty {
      tree.removeField(.namespace, of: metadata)
    } else {
      restore(.namespace, id.namespace, of: metadata, writers.namespace)
    }
  }
}

/// The permissions that a patch brings among its annotations, which the build keeps beside the tree.
private struct PermissionNotes {
  /// Those that a file has, which stay where they are.
  private var written: PatchPermissions = []

  init() {}

  /// Looks at an object before the merge.
  init(before root: NodeID, in tree: inout Tree) {
    for (permission, _) in Self.found(in: root, &tree) { written.insert(permission) }
  }

  /// Takes out of the merged annotations what the patch has brought.
  func move(from root: NodeID, to resource: inout Resource, in tree: inout Tree) {
    for (permission, key) in Self.found(in: root, &tree) {
      resource.permissions.insert(permission)
      if written.contains(permission) { continue }
      guard let metadata = tree.field(.metadata, of: root),
        let annotations = tree.field(.annotations, of: metadata)
      else { return }
      tree.removeField(key, of: annotations)
      if tree.first(of: annotations) == nil { tree.removeField(.annotations, of: metadata) }
    }
  }

  private static func found(
    in root: NodeID, _ tree: inout Tree
  ) -> [(permission: PatchPermissions, key: Symbol)] {
    let metadata = tree.field(.metadata, of: root)
    guard let annotations = metadata.flatMap({ tree.field(.annotations, of: $0) }) else {
      return []
    }
    return PatchPermissions.all.compactMap { permission, note in
      let key = tree.symbols.intern(note.rawValue)
      return tree.field(key, of: annotations).map { _ in (permission, key) }
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
  /// Writes a text that is there anew.
  fileprivate mutating func rewriteText(_ key: Symbol, of mapping: NodeID) {
    guard let field = field(key, of: mapping), shape(field) == .scalar else { return }
    setText(key, symbol(of: field), of: mapping, by: writer(field))
    markRemade(field)
  }

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
  ///
  /// A file may hold such notes as well, which are obeyed like `options`.
  func noting(
    _ permissions: PatchPermissions, hasTarget: Bool, _ tree: inout Tree
  ) throws(Problem) -> StrategicPatch {
    let notes = permissions.notes
    if notes.isEmpty { return self }
    let copy = try tree.copy(resource.root, for: tree.position(resource.root))
    let metadata = tree.metadata(of: copy)
    for (round, note) in notes.enumerated() {
      // With a target, annotations are written once more, and what was hidden in a null is found.
      if hasTarget || round < notes.count - 1 {
        AnnotationCleanup.makeRoomForNext(of: metadata, in: &tree)
      }
      try StrategicMergeTarget.rewrite(
        .annotations, named: "annotations", of: metadata, adding: note, in: &tree)
    }
    var patch = resource.withRoot(copy, id: resource.id)
    patch.permissions.formUnion(permissions)
    return StrategicPatch(resource: patch, asked: asked)
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
