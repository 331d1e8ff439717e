import LaminaDiff
import LaminaHost
import LaminaServer

extension Invocation {
  /// A root as `render diff --base` renders its old side.
  func past(
    of root: String, _ name: String, since base: String, _ project: Project.Settings
  ) throws -> PastRoot {
    let repository = try GitRepository(containing: root)
    let commit = try repository.mergeBase(with: base)
    return PastRoot(commit: commit) {
      var states = DiffStates(self, project)
      defer { states.release() }
      let state = try states.state(of: repository, at: commit)
      let content = try state.content(at: root, displayPath: name, prefix: "\(base):")
      return DiffInput(label: "merge base with \(base)", content: content).render(
        hidesSecrets: true)
    }
  }
}
