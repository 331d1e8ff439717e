/// What every build begins with: tables of what is known about kinds and fields.
struct BuildDefaults: Sendable {
  let workspace: Workspace
  let standard: TransformerConfiguration

  init() {
    var workspace = Workspace()
    standard = TransformerConfiguration(defaultsIn: &workspace.tree.symbols)
    self.workspace = workspace
  }
}
