/// `labels`, `commonLabels` and `commonAnnotations`: entries put into mappings of strings.
struct StringEntries: Sendable {
  /// Sorted by key.
  let entries: [Pair]
  let fields: [FieldSpec]

  func apply(to resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
    let keys = entries.map { workspace.tree.symbols.intern($0.key) }
    let annotations = workspace.tree.symbols.intern("metadata/annotations" as StaticString)
    var own = FieldsByType(fields)
    // Where the build's own notes would be annotations, there is a place for others.
    var ownWithNotes = FieldsByType(
      fields.map { $0.path.text == annotations ? $0.creating : $0 })
    for index in resources.indices {
      let resource = resources[index]
      let type = resource.id.type
      let fields = resource.hasNotes ? ownWithNotes.fields(of: type) : own.fields(of: type)
      let found = fields.search.specs(in: resource.root, of: workspace.tree)
      for (key, entry) in zip(keys, entries) {
        try write(entry, key, to: found, of: fields, resource.root, in: &workspace.tree)
      }
    }
  }

  /// Writes one entry to all fields of one object; those that are new change together from then on
  /// (see `Tree+Twins.swift`).
  private func write(
    _ entry: Pair, _ key: Symbol, to places: [Int], of fields: FieldsByType.Fields, _ root: NodeID,
    in tree: inout Tree
  ) throws(Problem) {
    var made: [NodeID] = []
    for place in places {
      let walk = FieldWalk(fields.specs[place], creating: .mapping, at: entry.position)
      try walk.visit(root, in: &tree) { (field, tree) throws(Problem) in
        let new = try tree.setStringEntry(key, entry.value, of: field, at: entry.position)
        if let new { made.append(new) }
      }
    }
    tree.join(made)
  }
}
