package import Lamina

/// What the server is given by the command that runs it.
package struct AssistantSurroundings {
  /// An absolute path without links.
  let workspace: String
  let allowsEdits: Bool
  /// Of this program.
  let version: String
  /// The path without links of what an absolute path leads to; nil where there is nothing.
  let resolve: (String) -> String?
  /// Runs this command in the workspace; the closure says whether nobody waits for it any more.
  let run: (_ words: [String], _ isCancelled: () -> Bool) -> ToolOutcome
  /// Renders a directory, named from the workspace.
  let render: (String) -> Result<Rendering, Diagnostic>

  package init(
    workspace: String, allowsEdits: Bool, version: String, resolve: @escaping (String) -> String?,
    run: @escaping (_ words: [String], _ isCancelled: () -> Bool) -> ToolOutcome,
    render: @escaping (String) -> Result<Rendering, Diagnostic>
  ) {
    self.workspace = workspace
    self.allowsEdits = allowsEdits
    self.version = version
    self.resolve = resolve
    self.run = run
    self.render = render
  }
}
