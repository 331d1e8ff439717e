/// `labels`, `commonLabels` and `commonAnnotations`: entries put into mappings of strings.
struct StringEntryStep: Sendable {
  /// The field that asks for the entries, in the ledger.
  let kind: Ledger.Kind
  /// Sorted by key.
  let entries: [Pair]
  let fields: [FieldSpec]
  /// The fields hold volume claim templates only because v5.8.1 labels them with pod templates.
  var labelsClaimsAsStable = false

  func apply(to resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
    let entries = entries.map { entry in
      Entry(
        key: workspace.tree.symbols.intern(entry.key), value: Array(entry.value.utf8),
        writer: workspace.tree.ledger.begin(kind, at: entry.position))
    }
    let annotations = workspace.tree.symbols.intern("metadata/annotations" as StaticString)
    var own = FieldsByType(fields)
    // Where the build's own notes would be annotations, there is a place for others.
    var ownWithNotes = FieldsByType(
      fields.map { $0.path.text == annotations ? $0.creating : $0 })
    let writesAnnotations = fields.contains { $0.path.text == annotations }
    var (found, made): ([Int], [NodeID]) = ([], [])
    let claims = workspace.tree.symbols.intern("volumeClaimTemplates" as StaticString)
    let statefulSet = workspace.tree.symbols.intern("StatefulSet" as StaticString)
    for index in resources.indices {
      let (root, type) = (resources[index].root, resources[index].id.type)
      if labelsClaimsAsStable, type.kind == statefulSet,
        let spec = workspace.tree.field(.spec, of: root),
        let list = workspace.tree.field(claims, of: spec), workspace.tree.first(of: list) != nil
      {
        let position = self.entries.first?.position ?? .none
        workspace.meet(.volumeClaimTemplateLabels, at: position)
      }
      let fields =
        resources[index].hasNotes ? ownWithNotes.fields(of: type) : own.fields(of: type)
      if writesAnnotations {
        openAnnotations(of: root, hasNotes: resources[index].hasNotes, in: &workspace.tree)
      }
      fields.find(in: root, of: workspace.tree, into: &found)
      for entry in entries {
        try write(entry, to: found, of: fields, root, in: &workspace.tree, &made)
      }
    }
  }

  /// Makes a mapping of annotations that are null, and of any scalar where kustomize has put notes in its
  /// place.
  ///
  /// kustomize hides entries in a null, and finds them there when it writes all annotations anew. Before it
  /// writes a note, it removes annotations that hold nothing (kyaml/yaml/fns.go
  /// `ClearEmptyAnnotations`). An empty mapping vanishes at the end, as a null does.
  private func openAnnotations(of root: NodeID, hasNotes: Bool, in tree: inout Tree) {
    guard let metadata = tree.field(.metadata, of: root),
      let annotations = tree.field(.annotations, of: metadata)
    else { return }
    guard tree.isNull(annotations) || (hasNotes && tree.shape(annotations) == .scalar) else {
      return
    }
    tree.setCollection(annotations, .mapping, by: tree.writer(annotations))
  }

  /// An entry in the form in which it is written to many objects.
  private struct Entry {
    let key: Symbol
    let value: [UInt8]
    let writer: Writer
  }

  /// Writes one entry to all fields of one object; those that are new change together from then on
  /// (see `Tree+Twins.swift`).
  ///
  /// - Parameter made: room for the entries of one object.
  private func write(
    _ entry: Entry, to places: [Int], of fields: FieldsByType.Fields, _ root: NodeID,
    in tree: inout Tree, _ made: inout [NodeID]
  ) throws(Problem) {
    made.removeAll(keepingCapacity: true)
    for place in places {
      let walk = FieldWalk(fields.specs[place], creating: .mapping, by: entry.writer)
      try walk.visit(root, in: &tree) { (field, tree) throws(Problem) in
        let new = try tree.setStringEntry(
          entry.key, entry.value.span, of: field, by: entry.writer)
        if let new { made.append(new) }
      }
    }
    tree.join(made)
  }
}
