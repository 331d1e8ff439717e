/// What kustomize asks of the objects once more when all is done: a replacement may have given one name
/// to two of them (internal/target/kusttarget.go `IgnoreLocal`).
enum DistinctIDs {
  /// No two objects have one id.
  static func check(_ resources: Resources, in workspace: Workspace) throws(Problem) {
    for place in resources.indices where resources.count(of: resources[place].id.key) > 1 {
      throw .sameID(
        workspace.tree.symbols.describe(resources[place].id),
        at: workspace.tree.position(resources[place].root))
    }
  }
}

extension Problem {
  fileprivate static func sameID(_ id: String, at position: Position) -> Problem {
    Problem(.sameFinalId, "two resources have come to have the id \(id)", at: position)
  }
}
