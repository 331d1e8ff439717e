/// The resources of a build as they are printed.
struct SettledResources {
  let resources: Resources
  let ranks: KeyRanks

  /// Settles all resources; nothing may change them any more.
  init(_ resources: Resources, _ workspace: inout Workspace) throws(Problem) {
    ranks = try workspace.settle(resources.roots)
    self.resources = resources
  }
}
