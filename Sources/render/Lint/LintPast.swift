import Lamina
import LaminaHost
import LaminaSchema

/// What the rules found at the merge base of a revision.
struct LintPast {
  private let project: Project.Settings
  private let schemas: SchemaRules
  private let invocation: Invocation
  private let files: SharedFiles

  /// - Parameter revision: a branch, a tag or a commit.
  init(
    _ revision: String, _ invocation: Invocation, _ project: Project.Settings,
    _ schemas: SchemaRules
  ) throws(GitFailure) {
    self.project = project
    self.schemas = schemas
    self.invocation = invocation
    let place = invocation.searchedDirectories.first ?? invocation.directories.first ?? "."
    let repository = try GitRepository(containing: Invocation.path(of: place))
    let present = SharedFiles(DiskFileSystem())
    let past = repository.files(at: try repository.mergeBase(with: revision), over: present)
    files = SharedFiles(past, like: present)
  }

  /// The findings of roots as they were then. Roots that were not there or did not render had none.
  func check(_ names: [String]) -> LintCheck {
    let there = names.filter { Renderer.hasKustomization(Invocation.path(of: $0), in: files) }
    return LintCheck(
      there, invocation.renderer(files, SharedAnswers(), project), of: files, project, schemas,
      jobs: invocation.jobCount)
  }
}
