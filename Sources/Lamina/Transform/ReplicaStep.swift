/// `replicas`: the number of replicas of the resources of a name.
struct ReplicaStep: Sendable {
  /// The entry: a name and a count.
  let change: ReplicaChange
  /// Where kinds keep their number of replicas.
  let fields: [FieldSpec]

  /// - Throws: if no resource has or had the name and one of the kinds; a resource that has since
  ///   changed its kind counts as found and is left alone.
  func apply(to resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
    let name = workspace.tree.symbols.intern(change.name)
    let places = resources.places(everNamed: name)
    workspace.counts.idLookUps += places.count
    let writer = workspace.tree.ledger.begin(.replicas, at: change.position)
    workspace.tree.noteRequest(writer, value: change.countPosition)
    var isFound = false
    for spec in fields {
      for resource in places.map({ resources[$0] }) where matches(resource, name, spec) {
        isFound = true
        guard resource.id.type.isSelected(by: spec.type) else { continue }
        let walk = FieldWalk(spec, creating: .scalar, by: writer)
        try walk.visit(resource.root, in: &workspace.tree) { (field, tree) throws(Problem) in
          try tree.write("\(change.count)", tag: .integer, to: field, by: writer)
        }
      }
    }
    if !isFound {
      throw missing(in: resources, workspace.tree.symbols)
    }
  }

  /// The message suggests a similar name among the resources that have replicas.
  private func missing(in resources: Resources, _ symbols: SymbolTable) -> Problem {
    let scalable = resources.all.filter { resource in
      fields.contains { resource.id.type.isSelected(by: $0.type) }
    }
    let nearest = NearestResource(to: change.name, among: scalable, symbols)
    return .noReplicas(
      change, kinds: fields.map { symbols.string($0.type.kind) }, hint: nearest?.hint)
  }

  /// Whether the resource has or had this name and one of the types that the spec asks for
  /// (builtins/ReplicaCountTransformer.go).
  private func matches(_ resource: Resource, _ name: Symbol, _ spec: FieldSpec) -> Bool {
    if resource.id.name == name, resource.id.type.isSelected(by: spec.type) { return true }
    return resource.formerIDs.contains {
      $0.name == name && resource.type(of: $0).isSelected(by: spec.type)
    }
  }
}

extension Problem {
  fileprivate static func noReplicas(
    _ change: ReplicaChange, kinds: [String], hint: String?
  ) -> Problem {
    Problem(
      .replicasWithoutResource,
      "no resource with name \"\(change.name)\" has a number of replicas",
      at: change.namePosition,
      hint: hint
        ?? (kinds.isEmpty
          ? "no fieldSpecs say where the number is"
          : "looked for the kinds \(kinds.joined(separator: ", "))"))
  }
}
