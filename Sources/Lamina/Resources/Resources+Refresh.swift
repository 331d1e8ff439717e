extension Resources {
  /// Reads a resource's id anew after a step may have changed its name, namespace or type.
  mutating func refreshID(at index: Int, _ workspace: inout Workspace) {
    let (root, old) = (self[index].root, self[index].id)
    let id = ResourceReader.id(of: root, like: old, &workspace)
    if old.type.kind == .secret, id.type.kind != .secret {
      workspace.tree.noteLeavingData(ofSecret: root)
    }
    setID(id, at: index)
  }
}
