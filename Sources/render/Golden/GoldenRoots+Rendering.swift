import Lamina
import LaminaDiagnostics
import LaminaDiff
import LaminaHost

extension GoldenRoots {
  /// What a root's golden files are to hold.
  struct Expected: Sendable {
    /// By their paths.
    let files: [ByteText: [UInt8]]
    /// What the files hold, in the layout of every rendering.
    let masked: MaskedRendering
    let rendering: Rendering
  }

  /// Renders the roots, and hands out the outcomes in their order. What the builds have to say is said in the
  /// end, and why they failed if the caller does not say that itself.
  func render(
    _ invocation: Invocation, _ secrets: SecretStyle, saysFailures: Bool,
    receive: (GoldenRoot, Result<Expected, any Error>) -> Void
  ) {
    var diagnostics = MergedDiagnostics()
    var unlisted: [(root: String, count: Int)] = []
    var invocation = invocation
    invocation.buildsAtOnce = roots.count
    invocation.options.hidesSecrets = !secrets.showsValues
    let (roots, renderer) = (roots, invocation.renderer(files, SharedAnswers()))
    ParallelWork.run(count: roots.count, jobs: invocation.jobCount) { index in
      Result {
        let root = roots[index]
        let rendering = try renderer.render(root.path, displayPath: root.name)
        let masked = try MaskedRendering(rendering, secrets)
        return Expected(
          files: try root.files(of: rendering, masked), masked: masked, rendering: rendering)
      }
    } receive: { index, outcome in
      switch outcome {
      case .success(let expected):
        diagnostics.add(expected.rendering.warnings, of: roots[index].name)
      case .failure(let diagnostic as Diagnostic):
        diagnostics.add(
          saysFailures ? diagnostic.all : diagnostic.warnings, of: roots[index].name)
        if saysFailures, diagnostic.unlistedErrors > 0 {
          unlisted.append((roots[index].name, diagnostic.unlistedErrors))
        }
      case .failure: break
      }
      receive(roots[index], outcome)
    }
    DiagnosticOutput(
      invocation.diagnosticFormat, invocation.project, roots: roots.map(\.name)
    ).say(diagnostics.all, unlisted: unlisted)
  }
}
