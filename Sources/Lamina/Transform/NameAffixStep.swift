/// `namePrefix` and `nameSuffix`: text put before or behind the name of every resource.
struct NameAffixStep: Sendable {
  enum Side: Sendable {
    case prefix
    case suffix
  }

  let side: Side
  /// What is put there. It is not checked: any text makes a name.
  let text: String
  /// The fields of names, by default only `metadata/name`.
  let fields: [FieldSpec]
  /// The value in the kustomization, which new names go back to.
  let position: Position

  /// Writes the text into the field of each spec that selects the resource. A resource whose
  /// `metadata/name` is changed remembers the text and its old id, by which references find it
  /// later (`NameReferences`).
  func apply(to resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
    let affix = workspace.tree.symbols.intern(text)
    // Affixes are remembered in lists with commas between, so that one with a comma counts as several.
    let affixes = workspace.tree.symbols.elements(of: affix)
    let writer = workspace.tree.ledger.begin(
      side == .prefix ? .namePrefix : .nameSuffix, at: position)
    let nameField = workspace.tree.symbols.intern("metadata/name")
    for index in resources.indices {
      let type = resources[index].originalType
      if Self.keepsItsName(type) { continue }
      for spec in fields where type.isSelected(by: spec.type) {
        // An empty text comes from an object of `transformers` only, and leaves no trace.
        if spec.path.text == nameField, !affix.isEmpty {
          try remember(affixes, at: index, in: &resources, &workspace.tree)
          workspace.traceNotes(of: &resources[index])
        }
        // The spec chooses by the type the object began with, and again by the type it has now.
        guard resources[index].id.type.isSelected(by: spec.type) else { continue }
        try write(spec, root: resources[index].root, by: writer, in: &workspace.tree)
      }
      resources.refreshID(at: index, &workspace)
    }
  }

  /// Prefixes and suffixes are kept apart from ids because references prefer a target with the same
  /// ones (resource/resource.go `PrefixesSuffixesEquals`).
  private func remember(
    _ affixes: [Symbol], at index: Int, in resources: inout Resources, _ tree: inout Tree
  ) throws(Problem) {
    switch side {
    case .prefix: resources[index].prefixes += affixes
    case .suffix: resources[index].suffixes += affixes
    }
    try resources.rememberID(at: index, in: &tree)
  }

  /// Names in fields that do not exist are not made, unless the spec says `create`.
  private func write(
    _ spec: FieldSpec, root: NodeID, by writer: Writer, in tree: inout Tree
  ) throws(Problem) {
    let walk = FieldWalk(spec, creating: .scalar, by: writer)
    try walk.visit(root, in: &tree) { (field, tree) throws(Problem) in
      var text = Array(tree.bytes(field))
      text.insert(contentsOf: self.text.utf8, at: side == .prefix ? 0 : text.count)
      try tree.write(
        text.span, tag: .unresolved, to: field,
        by: tree.ledger.keepingSecret(writer, of: tree.writer(field)))
    }
  }

  /// Names that mean something outside the build stay as they are
  /// (builtins/PrefixTransformer.go `prefixFieldSpecsToSkip`).
  private static func keepsItsName(_ type: GroupVersionKind) -> Bool {
    type.kind == .customResourceDefinition || type.kind == .namespaceKind
      || (type.kind == .apiService && type.group == .apiRegistration)
  }
}
