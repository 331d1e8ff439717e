/// Puts the content hash behind the name of every generated object that wants one.
///
/// Done once, at the top, when no layer can change the content any more.
enum NameHashes {
  static func apply(to resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
    for index in resources.indices where resources[index].needsHash {
      let resource = resources[index]
      let suffix = try ContentHash.suffix(
        of: resource.root, kind: resource.id.type.kind, in: &workspace.tree)
      guard let metadata = workspace.tree.field(.metadata, of: resource.root),
        let name = workspace.tree.field(.name, of: metadata)
      else { continue }
      resources[index].rememberID()
      workspace.tree.setScalar(
        name, "\(workspace.tree.string(name))-\(suffix)", tag: .unresolved,
        at: workspace.tree.position(name))
      resources.refreshID(at: index, &workspace)
    }
  }
}
