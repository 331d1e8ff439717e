extension Resources {
  /// Reads a resource's id anew after a step may have changed its name, namespace or type.
  mutating func refreshID(at index: Int, _ workspace: inout Workspace) {
    setID(ResourceReader.id(of: self[index].root, like: self[index].id, &workspace), at: index)
  }
}
