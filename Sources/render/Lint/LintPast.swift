import Lamina
import LaminaHost

/// What the rules found at the merge base of a revision.
struct LintPast {
  private let project: Project.Settings
  private let invocation: Invocation
  private let files: SharedFiles

  /// - Parameter revision: a branch, a tag or a commit.
  init(
    _ revision: String, _ invocation: Invocation, _ project: Project.Settings
  ) throws(GitFailure) {
    self.project = project
    self.invocation = invocation
    let place = invocation.searchedDirectory ?? invocation.directories.first ?? "."
    let repository = try GitRepository(containing: Invocation.path(of: place))
    let present = SharedFiles(DiskFileSystem())
    let past = repository.files(at: try repository.mergeBase(with: revision), over: present)
    files = SharedFiles(past, like: present)
  }

  /// The findings of roots as they were then. Roots that were not there or did not render had none.
  func baseline(of names: [String]) -> LintBaseline {
    let there = names.filter { Renderer.hasKustomization(Invocation.path(of: $0), in: files) }
    return LintCheck(
      there, invocation.renderer(files, SharedAnswers(), project), project,
      jobs: invocation.jobCount
    ).baseline
  }
}
