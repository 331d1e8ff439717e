package import Lamina
package import LaminaSchema

/// What `lamina.yaml` and the call say of the builds of a workspace.
package struct ServedProject: Sendable {
  /// Canonical; paths of settings and names of roots begin here.
  let directory: String
  let rules: [Rule]
  let lint: LintSettings
  let options: RenderOptions
  /// Which of some roots that were found are rendered.
  let keepsRoots: @Sendable ([String]) -> [String]
  /// What is known of Kubernetes' kinds, and of the custom kinds that the settings name.
  let schemas: SchemaRules
  /// nil where there is nothing to compare with.
  let past: PastRoot.Search?

  package init(
    directory: String, rules: [Rule], lint: LintSettings, options: RenderOptions,
    schemas: SchemaRules, past: PastRoot.Search? = nil,
    keepsRoots: @escaping @Sendable ([String]) -> [String]
  ) {
    self.directory = directory
    self.rules = rules
    self.lint = lint
    self.options = options
    self.schemas = schemas
    self.past = past
    self.keepsRoots = keepsRoots
  }
}

/// What a server is given by the command that runs it.
package struct ServerSurroundings: Sendable {
  /// The files below those that the client has open.
  let files: any FileSystem
  let host: (any Host)?
  /// How many roots are built at once.
  let jobs: Int
  /// Of this program.
  let version: String
  /// Reads the settings for a directory. What is wrong with them is told the client, and passed over.
  let project: @Sendable (String) -> (project: ServedProject, problem: String?)

  package init(
    files: any FileSystem, host: (any Host)?, jobs: Int, version: String,
    project: @escaping @Sendable (String) -> (project: ServedProject, problem: String?)
  ) {
    self.files = files
    self.host = host
    self.jobs = jobs
    self.version = version
    self.project = project
  }
}
