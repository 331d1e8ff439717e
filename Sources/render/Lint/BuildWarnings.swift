import Lamina

/// What the builds of a call warn of: the rules that every build asks, and the builds' own warnings.
struct BuildWarnings: Sendable {
  private let lint: Lint
  private var run: LintRun

  init(_ project: Project.Settings, isStrict: Bool) {
    let paths = LintPaths(project: project.directory)
    lint = Lint(Rule.all, project.file.lint, for: .build)
    run = LintRun(Rule.all, project.file.lint, for: .build, isStrict: isStrict) {
      paths.path(of: $0)
    }
  }

  /// Asks the rules about the build of one root.
  func inspect(_ rendering: Rendering, isOneOfMany: Bool) -> LintOutcome {
    lint.inspect(rendering, isOneOfMany: isOneOfMany)
  }

  /// Looks at what a build warned of that failed.
  func inspect(_ failure: Diagnostic, _ log: ReadLog, of root: String) -> LintOutcome {
    lint.inspect(
      failure,
      of: UnbuiltRoot(
        log, root: Invocation.path(of: root), displayRoot: root, hidesSecrets: false))
  }

  mutating func add(_ outcome: LintOutcome, of root: String) { run.add(outcome, of: root) }

  /// All warnings, each once.
  var diagnostics: [Diagnostic] { run.findings.map(\.diagnostic) }
}
