import Lamina
import LaminaHost

extension GoldenRoots {
  /// What a root's golden files are to hold.
  struct Expected: Sendable {
    /// By their paths.
    let files: [String: [UInt8]]
    let rendering: Rendering
  }

  /// Renders the roots, and hands out the outcomes in their order.
  func render(
    _ invocation: Invocation, receive: (GoldenRoot, Result<Expected, any Error>) -> Void
  ) {
    var invocation = invocation
    invocation.buildsAtOnce = roots.count
    let (roots, renderer) = (roots, invocation.renderer(files, SharedAnswers()))
    ParallelWork.run(count: roots.count, jobs: invocation.jobCount) { index in
      Result {
        let root = roots[index]
        let rendering = try renderer.render(root.path, displayPath: root.name)
        return Expected(files: try root.files(of: rendering), rendering: rendering)
      }
    } receive: { index, outcome in
      for warning in (try? outcome.get())?.rendering.warnings ?? [] {
        StandardError.say(warning)
      }
      receive(roots[index], outcome)
    }
  }
}
