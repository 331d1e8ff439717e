/// What kustomize asks of the objects once more when all is done: a replacement may have given one name
/// to two of them (internal/target/kusttarget.go `IgnoreLocal`).
enum LastCheck {
  /// No two objects have one id.
  static func differ(_ resources: Resources, in workspace: Workspace) throws(Problem) {
    for resource in resources.all where resources.count(of: resource.id.key) > 1 {
      throw .sameID(
        workspace.tree.symbols.describe(resource.id),
        at: workspace.tree.position(resource.root))
    }
  }
}

extension Problem {
  fileprivate static func sameID(_ id: String, at position: Position) -> Problem {
    Problem(.duplicateResource, "two resources have come to have the id \(id)", at: position)
  }
}
