/// A strategic merge patch that no resource has the id of, and the resource that was probably meant.
///
/// Only made when a build fails. Candidates are, in this order: one of the kind and name in another
/// namespace or version, one of the kind with a similar name, one of another kind with the name.
struct MissingTarget {
  private let patch: StrategicPatch
  /// Nil where nothing is like the patch; the message then names only its id.
  private let nearest: Resource?
  private let workspace: Workspace

  init(_ patch: StrategicPatch, in resources: Resources, _ workspace: Workspace) {
    self.patch = patch
    self.workspace = workspace
    let candidates = resources.all.filter { !workspace.tree.isNullOrEmpty($0.root) }
    nearest =
      Self.namesake(of: patch, among: candidates)
      ?? NearestResource(
        to: workspace.tree.symbols.string(patch.resource.id.name),
        ofKind: patch.resource.id.type.kind, among: candidates, workspace.tree.symbols)?.resource
      ?? candidates.first { $0.names.contains(patch.resource.id.name) }
  }

  /// One of the same kind and name, which differs in namespace or API version: one with the same
  /// namespace first.
  private static func namesake(
    of patch: StrategicPatch, among candidates: [Resource]
  ) -> Resource? {
    let id = patch.resource.id
    let namesakes = candidates.filter { candidate in
      candidate.id.type.kind == id.type.kind && candidate.names.contains(id.name)
    }
    return namesakes.first { $0.id.effectiveNamespace == id.effectiveNamespace } ?? namesakes.first
  }

  var problem: Problem {
    let (tree, symbols) = (workspace.tree, workspace.tree.symbols)
    let problem = Problem(
      .patchWithoutTarget,
      "no resource matches strategic merge patch \"\(symbols.describe(patch.resource.id))\"",
      at: position, hint: hint)
    guard let nearest else { return problem }
    return problem.noting(
      "\"\(symbols.string(nearest.id.name))\" is here", at: tree.position(nearest.root))
  }

  /// The first difference that counts: name, kind, API version, namespace.
  private var hint: String? {
    guard let nearest else { return nil }
    let symbols = workspace.tree.symbols
    let (id, wanted) = (nearest.id, patch.resource.id)
    let name = symbols.string(id.name)
    if !nearest.names.contains(wanted.name) { return "did you mean \"\(name)\"?" }
    let kind = symbols.string(id.type.kind)
    if id.type.kind != wanted.type.kind {
      let slip = Suggestion.hint(for: symbols.string(wanted.type.kind), among: [kind])
      return slip ?? "\"\(name)\" has the kind \(kind)"
    }
    let apiVersion = symbols.apiVersion(of: id.type)
    if !apiVersion.hasBytes(of: symbols.apiVersion(of: wanted.type)) {
      return "\"\(name)\" has the apiVersion \(apiVersion.isEmpty ? "\"\"" : apiVersion)"
    }
    // One that was renamed has been found by the name that the patch says.
    guard id.effectiveNamespace != wanted.effectiveNamespace else { return nil }
    return id.namespace.isEmpty
      ? "\"\(name)\" has no namespace"
      : "\"\(name)\" is in the namespace \"\(symbols.string(id.namespace))\""
  }

  /// The field of the patch that is not as the resource's, where that is one.
  private var position: Position {
    let (tree, root) = (workspace.tree, patch.resource.root)
    guard let nearest else { return tree.position(root) }
    let (id, wanted) = (nearest.id, patch.resource.id)
    var field: NodeID? = root
    if !nearest.names.contains(wanted.name) {
      field = tree.field(.metadata, of: root).flatMap { tree.field(.name, of: $0) }
    } else if id.type.kind != wanted.type.kind {
      field = tree.field(.kind, of: root)
    } else if !tree.symbols.apiVersion(of: id.type)
      .hasBytes(of: tree.symbols.apiVersion(of: wanted.type))
    {
      field = tree.field(.apiVersion, of: root)
    } else if id.effectiveNamespace != wanted.effectiveNamespace {
      field = tree.field(.metadata, of: root).flatMap { tree.field(.namespace, of: $0) }
    }
    return tree.position(field ?? root)
  }
}

extension Resource {
  /// The name that it has, and those that it had.
  fileprivate var names: [Symbol] { [id.name] + formerIDs.map(\.name) }
}

extension SymbolTable {
  fileprivate func apiVersion(of type: GroupVersionKind) -> String {
    let (group, version) = (string(type.group), string(type.version))
    return group.isEmpty ? version : "\(group)/\(version)"
  }
}
