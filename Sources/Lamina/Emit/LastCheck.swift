/// What kustomize asks of the objects once more when all is done: a replacement may have taken a name
/// away, or given it to two objects (internal/target/kusttarget.go `IgnoreLocal`).
enum LastCheck {
  /// Every object has a kind and a name.
  static func haveNames(_ resources: Resources, in workspace: Workspace) throws(Problem) {
    for resource in resources.all {
      let id = resource.id
      if id.type.kind.isEmpty { throw .noKind(at: workspace.tree.position(resource.root)) }
      if id.name.isEmpty, !workspace.tree.symbols.string(id.type.kind).hasSuffix("List") {
        throw .noName(
          workspace.tree.symbols.string(id.type.kind),
          at: workspace.tree.position(resource.root))
      }
    }
  }

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
  fileprivate static func noKind(at position: Position) -> Problem {
    Problem(.invalidResource, "the object has no kind any more", at: position)
  }

  fileprivate static func noName(_ kind: String, at position: Position) -> Problem {
    Problem(.invalidResource, "the \(kind) has no metadata.name any more", at: position)
  }

  fileprivate static func sameID(_ id: String, at position: Position) -> Problem {
    Problem(.duplicateResource, "two resources have come to have the id \(id)", at: position)
  }
}
