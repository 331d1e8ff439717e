/// `namespace`: the namespace of every resource that lives in one, and of what refers to it.
struct NamespaceChange: Sendable {
  let namespace: String
  let fields: [FieldSpec]
  let position: Position

  func apply(to resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
    let metadataNamespace = FieldPath("metadata/namespace", symbols: &workspace.tree.symbols)
    let own = FieldSpec(type: .any, path: metadataNamespace, create: true)
    let metadataName = workspace.tree.symbols.intern("metadata/name")
    let subjectsNamespace = workspace.tree.symbols.intern("subjects/namespace")
    for index in resources.indices {
      let resource = resources[index]
      resources[index].rememberID()
      if !resource.id.isClusterScoped { try write(own, resource, &workspace.tree) }
      let isBinding = Self.isBinding(resource.id.type.kind)
      if isBinding { try writeDefaultSubjects(of: resource.root, in: &workspace.tree) }
      let isCore = resource.id.type.group.isEmpty && resource.id.type.version == .v1
      for spec in fields where resource.id.type.isSelected(by: spec.type) {
        if spec.path.text == metadataNamespace.text { continue }
        // A `Namespace` of another group is not a namespace.
        if spec.path.text == metadataName, !isCore { continue }
        if isBinding, Self.isBinding(spec.type.kind), spec.path.text == subjectsNamespace {
          continue
        }
        try write(spec, resource, &workspace.tree)
      }
      resources.refreshID(at: index, &workspace)
      try checkUnique(index, in: resources, workspace)
    }
  }

  private func write(_ spec: FieldSpec, _ resource: Resource, _ tree: inout Tree) throws(Problem) {
    let walk = FieldWalk(spec, creating: .scalar, at: position)
    try walk.visit(resource.root, in: &tree) { (field, tree) throws(Problem) in
      try tree.write(namespace, tag: .string, to: field, at: position)
    }
  }

  /// Bindings name accounts of other namespaces as well: only the subject called `default` is known
  /// to be meant for this one (filters/namespace/namespace.go `roleBindingHack`).
  private func writeDefaultSubjects(of root: NodeID, in tree: inout Tree) throws(Problem) {
    guard let subjects = tree.field(.subjects, of: root), !tree.isNull(subjects) else { return }
    guard tree.shape(subjects) == .sequence else {
      throw .subjectsNotAList(at: tree.position(subjects))
    }
    for subject in tree.children(of: subjects) where !tree.isNull(subject) {
      guard tree.shape(subject) == .mapping else {
        throw .notAMapping(at: tree.position(subject))
      }
      guard let name = tree.field(.name, of: subject), !tree.isNull(name) else { continue }
      guard tree.shape(name) == .scalar else { throw .notAScalar(at: tree.position(name)) }
      guard tree.textEquals(name, "default") else { continue }
      try writeNamespace(of: subject, in: &tree)
    }
  }

  private func writeNamespace(of subject: NodeID, in tree: inout Tree) throws(Problem) {
    if let known = tree.field(.namespace, of: subject) {
      return try tree.write(namespace, tag: .string, to: known, at: position)
    }
    let field = tree.addScalar(namespace, tag: .string, at: position)
    tree.appendField(.namespace, field, to: subject)
  }

  private func checkUnique(
    _ index: Int, in resources: Resources, _ workspace: Workspace
  ) throws(Problem) {
    let id = resources[index].id
    guard resources.count(of: id.key) > 1 else { return }
    let other = resources.all.first { $0.id.key == id.key && $0.root != resources[index].root }
    throw .namespaceConflict(
      workspace.tree.symbols.describe(id), at: position,
      first: other.map { workspace.tree.position($0.root) } ?? .none,
      second: workspace.tree.position(resources[index].root))
  }

  private static func isBinding(_ kind: Symbol) -> Bool {
    kind == .roleBinding || kind == .clusterRoleBinding
  }
}

extension Problem {
  fileprivate static func subjectsNotAList(at position: Position) -> Problem {
    Problem(.invalidTransformation, "subjects must be a list", at: position)
  }

  fileprivate static func namespaceConflict(
    _ id: String, at position: Position, first: Position, second: Position
  ) -> Problem {
    Problem(
      .duplicateResource, "namespace transformation produces ID conflict: \(id)", at: position
    ).noting("one is here", at: first).noting("the other is here", at: second)
  }
}
