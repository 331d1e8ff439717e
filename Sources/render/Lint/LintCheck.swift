import Lamina
import LaminaHost

/// One run of the rules over some roots.
struct LintCheck {
  /// What the rules found, in the order of the roots.
  private(set) var findings: [LintRun.Finding] = []
  /// Why roots do not render.
  private(set) var failures: [Diagnostic] = []
  /// Paths as the settings write them.
  let paths: LintPaths

  /// Renders roots and asks the rules about them.
  init(_ names: [String], _ renderer: Renderer, _ project: Project.Settings, jobs: Int) {
    let settings = project.file.lint
    let paths = LintPaths(project: project.directory)
    self.paths = paths
    let lint = Lint(Rule.all, settings, for: .lint)
    var run = LintRun(settings, for: .lint) { paths.path(of: $0) }
    var failed = MergedDiagnostics()
    var progress = Progress(total: names.count)
    ParallelWork.run(count: names.count, jobs: jobs) { index in
      Result { () throws(Diagnostic) in
        lint.inspect(
          try renderer.render(Invocation.path(of: names[index]), displayPath: names[index]),
          isOneOfMany: true)
      }
    } receive: { index, outcome in
      progress.clear()
      switch outcome {
      case .success(let outcome): run.add(outcome, of: names[index])
      case .failure(let diagnostic): failed.add(diagnostic.all, of: names[index])
      }
      progress.show(done: index + 1)
    }
    progress.clear()
    findings = run.findings
    failures = failed.all
  }

  /// What a baseline counts findings by. Notes are not counted.
  func subject(of finding: LintRun.Finding) -> LintBaseline.Subject? {
    if finding.diagnostic.severity == .note { return nil }
    let file = finding.diagnostic.location?.file ?? finding.diagnostic.file
    return LintBaseline.Subject(
      rule: finding.rule.rawValue, file: file.map { paths.path(of: $0) } ?? "",
      object: finding.object ?? "")
  }

  /// The findings as a baseline.
  var baseline: LintBaseline { LintBaseline(findings.compactMap { subject(of: $0) }) }

  /// Takes away the findings that a baseline has, as often as it has them.
  mutating func remove(_ baseline: LintBaseline) {
    var left = baseline
    findings = findings.filter { finding in !(subject(of: finding).map { left.take($0) } ?? false) }
  }
}
