import Lamina
import LaminaHost
import LaminaSchema

/// One run of the rules over some roots.
struct LintCheck {
  /// What the rules found, in the order of the roots.
  private(set) var findings: [LintRun.Finding] = []
  /// Why roots do not render.
  private(set) var failures: [Diagnostic] = []
  /// Paths as the settings write them.
  let paths: LintPaths

  /// Renders roots and asks the rules about them.
  init(
    _ names: [String], _ renderer: Renderer, of files: SharedFiles, _ project: Project.Settings,
    _ schemas: SchemaRules, jobs: Int
  ) {
    let settings = project.file.lint
    let paths = LintPaths(project: project.directory)
    self.paths = paths
    let rules = Rule.all + schemas.all
    let lint = Lint(rules, settings, for: .lint)
    var elsewhere = DefinedElsewhere(names, renderer)
    var run = LintRun(rules, settings, for: .lint) { paths.path(of: $0) }
    var failed = MergedDiagnostics()
    var progress = Progress(total: names.count)
    ParallelWork.run(count: names.count, jobs: jobs) { index in
      let (outcome, rendering) = lint.inspect(
        Invocation.path(of: names[index]), displayPath: names[index], with: renderer)
      return (outcome, rendering.map { schemas.customKinds(of: $0) })
    } receive: { index, inspected in
      progress.clear()
      run.add(inspected.0, of: names[index])
      switch inspected.1 {
      case .success(let kinds): elsewhere.add(kinds)
      case .failure(let diagnostic):
        // What the build warned of is among the findings.
        failed.add(diagnostic.errors, of: names[index])
        elsewhere.add(nil)
      }
      progress.show(done: index + 1)
    }
    progress.clear()
    for (outcome, name) in elsewhere.outcomes(schemas, settings) { run.add(outcome, of: name) }
    run.add(Self.filesBeside(run, lint, in: files, project), of: ".")
    findings = run.findings
    failures = failed.all
  }

  /// What the rules say of the files that lie beside those that the builds read.
  private static func filesBeside(
    _ run: LintRun, _ lint: Lint, in files: SharedFiles, _ project: Project.Settings
  ) -> LintOutcome {
    let shown = RelativePath(from: DiskFileSystem.workingDirectory)
    let top = (try? files.resolve(project.directory))?.path ?? project.directory
    return lint.inspect(
      run,
      {
        RepositoryListing(
          DirectorySearch.directories(below: top, holding: Renderer.kustomizationNames)
            .flatMap { DirectorySearch.files(in: $0) })
      }, in: files, displayPath: { shown.text(of: $0) })
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
    findings = findings.filter { finding in
      !(subject(of: finding).map { left.take($0) } ?? false)
    }
  }
}
