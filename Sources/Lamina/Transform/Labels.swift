/// `labels`, `commonLabels` and `commonAnnotations`: entries put into mappings of strings.
struct StringEntries: Sendable {
  /// Sorted by key.
  let entries: [Pair]
  let fields: [FieldSpec]

  func apply(to resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
    let keys = entries.map { workspace.tree.symbols.intern($0.key) }
    let annotations = workspace.tree.symbols.intern("metadata/annotations" as StaticString)
    for index in resources.indices {
      let resource = resources[index]
      var wanted = fields.filter { resource.id.type.isSelected(by: $0.type) }
      if resource.hasNotes {
        wanted = wanted.map { $0.path.text == annotations ? $0.creating : $0 }
      }
      for (key, entry) in zip(keys, entries) {
        try write(entry, key, to: wanted, of: resource.root, in: &workspace.tree)
      }
    }
  }

  /// Writes one entry to all fields of one object; those that are new change together from then on
  /// (see `Tree+Twins.swift`).
  private func write(
    _ entry: Pair, _ key: Symbol, to fields: [FieldSpec], of root: NodeID, in tree: inout Tree
  ) throws(Problem) {
    var made: [NodeID] = []
    for spec in fields {
      let walk = FieldWalk(spec, creating: .mapping, at: entry.position)
      try walk.visit(root, in: &tree) { (field, tree) throws(Problem) in
        let new = try tree.setStringEntry(key, entry.value, of: field, at: entry.position)
        if let new { made.append(new) }
      }
    }
    tree.join(made)
  }
}
