/// What every build begins with: tables of what is known about kinds and fields.
///
/// They are values, so that each build changes its own copy: builds of one run share the storage
/// until then.
package struct BuildDefaults: Sendable {
  let workspace: Workspace
  /// The default field specs. Their symbols are those of `workspace`, and so the two belong
  /// together.
  let standard: TransformerConfiguration

  package init() {
    var workspace = Workspace()
    standard = TransformerConfiguration(defaultsIn: &workspace.tree.symbols)
    self.workspace = workspace
  }
}
