/// `namespace`: the namespace of every resource that lives in one, and of what refers to it.
///
/// `metadata/namespace` and the subjects of bindings have rules of their own, whatever the field
/// specs say (filters/namespace/namespace.go `metaNamespaceHack`, `roleBindingHack`); the other
/// fields follow the specs.
struct NamespaceStep: Sendable {
  let namespace: String
  /// The specs of the configuration, or those that a NamespaceTransformer object brings.
  let fields: [FieldSpec]
  /// The value in the kustomization.
  let position: Position
  /// Leaves what has a namespace where it is.
  var unsetOnly = false
  /// Which subjects of bindings are changed; only a NamespaceTransformer object can say.
  var subjects = SubjectMode.defaultOnly

  /// Charts are left out, since helm was told the namespace. Each resource remembers its id before
  /// it changes; ids are checked after each change and not at the end, so that the first conflict
  /// is reported as in kustomize (builtins/NamespaceTransformer.go `Transform`).
  func apply(to resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
    let paths = Paths(symbols: &workspace.tree.symbols)
    let writer = workspace.tree.ledger.begin(.namespace, at: position)
    let admissionPolicies = AdmissionPolicies.types(symbols: &workspace.tree.symbols)
    for index in resources.indices where !resources[index].isMadeByHelm {
      if admissionPolicies.contains(resources[index].id.type) {
        let position = workspace.tree.position(resources[index].root)
        workspace.meet(.admissionPolicyScope, at: position)
      }
      try resources.rememberID(at: index, in: &workspace.tree)
      workspace.traceNotes(of: &resources[index])
      try change(
        resources[index].root, of: resources[index].id, paths, by: writer, in: &workspace.tree)
      resources.refreshID(at: index, &workspace)
      try checkUnique(index, in: resources, workspace)
    }
  }

  /// Changes one object, and leaves it to the caller to read its id anew.
  ///
  /// - Parameter id: what decides about scope and specs; it is that from before the change.
  func change(
    _ root: NodeID, of id: ResourceID, _ paths: Paths, by writer: Writer, in tree: inout Tree
  ) throws(Problem) {
    if !id.isClusterScoped { try write(paths.ownNamespace, root, by: writer, &tree) }
    let isBinding = Self.isBinding(id.type.kind)
    if isBinding { try writeSubjects(of: root, by: writer, in: &tree) }
    let isCore = id.type.group.isEmpty && id.type.version == .v1
    for spec in fields where id.type.isSelected(by: spec.type) {
      if spec.path.text == paths.ownNamespace.path.text { continue }
      // A `Namespace` of another group is not a namespace.
      if spec.path.text == paths.name, !isCore { continue }
      if isBinding, Self.isBinding(spec.type.kind), spec.path.text == paths.subjects { continue }
      try write(spec, root, by: writer, &tree)
    }
  }

  /// The fields that have rules of their own.
  struct Paths {
    fileprivate let ownNamespace: FieldSpec
    fileprivate let name: Symbol
    fileprivate let subjects: Symbol

    init(symbols: inout SymbolTable) {
      let path = FieldPath(fieldSpec: "metadata/namespace", symbols: &symbols)
      ownNamespace = FieldSpec(type: .any, path: path, create: true)
      name = symbols.intern("metadata/name")
      subjects = symbols.intern("subjects/namespace")
    }
  }

  /// Writes the namespace to all fields of one spec.
  private func write(
    _ spec: FieldSpec, _ root: NodeID, by writer: Writer, _ tree: inout Tree
  ) throws(Problem) {
    let walk = FieldWalk(spec, creating: .scalar, by: writer)
    try walk.visit(root, in: &tree) { (field, tree) throws(Problem) in
      if unsetOnly, isSet(field, spec.create, in: tree) { return }
      try tree.write(namespace, tag: .string, to: field, by: writer)
    }
  }

  /// A null that the spec would have made a text of counts with the word it is written with
  /// (filtersutil/setters.go `hasExistingValue`).
  private func isSet(_ field: NodeID, _ create: Bool, in tree: Tree) -> Bool {
    guard tree.shape(field) == .scalar, !tree.textIsEmpty(field) else { return false }
    return !tree.isNull(field) || create
  }

  /// Bindings name accounts of other namespaces as well: as a rule, only the subject called `default`
  /// is known to be meant for this one (filters/namespace/namespace.go `roleBindingHack`).
  private func writeSubjects(
    of root: NodeID, by writer: Writer, in tree: inout Tree
  ) throws(Problem) {
    if subjects == .none { return }
    guard let list = tree.field(.subjects, of: root), !tree.isNull(list) else { return }
    guard tree.shape(list) == .sequence else {
      throw .subjectsNotAList(at: tree.position(list))
    }
    for subject in tree.children(of: list) where !tree.isNull(subject) {
      guard tree.shape(subject) == .mapping else {
        throw .notAMapping(at: tree.position(subject))
      }
      let key: Symbol = subjects == .defaultOnly ? .name : .kind
      let wanted: StaticString = subjects == .defaultOnly ? "default" : "ServiceAccount"
      guard let field = tree.field(key, of: subject), !tree.isNull(field) else { continue }
      guard tree.shape(field) == .scalar else { throw .notAScalar(at: tree.position(field)) }
      if tree.textEquals(field, wanted) { try writeNamespace(of: subject, by: writer, in: &tree) }
    }
  }

  /// Writes the namespace of one subject, which need not have one yet.
  private func writeNamespace(
    of subject: NodeID, by writer: Writer, in tree: inout Tree
  ) throws(Problem) {
    if let known = tree.field(.namespace, of: subject) {
      if unsetOnly, isSet(known, false, in: tree) { return }
      return try tree.write(namespace, tag: .string, to: known, by: writer)
    }
    let field = tree.addScalar(namespace, tag: .string, by: writer)
    tree.appendField(.namespace, field, to: subject)
  }

  /// Two resources that differed in their namespace alone have one id now.
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
    Problem(.subjectsNotAList, "subjects must be a list", at: position)
  }

  fileprivate static func namespaceConflict(
    _ id: String, at position: Position, first: Position, second: Position
  ) -> Problem {
    Problem(
      .namespaceConflict, "namespace transformation produces ID conflict: \(id)", at: position
    ).noting("one is here", at: first).noting("the other is here", at: second)
  }
}
