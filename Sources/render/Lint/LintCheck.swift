import Lamina
import LaminaHost

/// One run of the rules over some roots.
struct LintCheck {
  private let invocation: Invocation
  private let names: [String]
  private let files: SharedFiles
  private let project: Project.Settings
  /// What the rules found, in the order of the roots.
  private(set) var findings: [Diagnostic] = []
  /// Why roots do not render.
  private(set) var failures: [Diagnostic] = []
  /// A root does not render, so that the rules could not be asked about it.
  var hasFailed: Bool { !failures.isEmpty }

  init(_ invocation: Invocation, _ names: [String], _ files: SharedFiles) {
    self.invocation = invocation
    self.names = names
    self.files = files
    project = invocation.project
  }

  mutating func run() {
    let paths = LintPaths(project: project.directory)
    let lint = Lint(Rule.all, project.file.lint, for: .lint)
    var run = LintRun(project.file.lint, for: .lint) { paths.path(of: $0) }
    var failed = MergedDiagnostics()
    let renderer = invocation.renderer(files, SharedAnswers(), project)
    let names = names
    var progress = Progress(total: names.count)
    ParallelWork.run(count: names.count, jobs: invocation.jobCount) { index in
      lint.inspect(
        Invocation.path(of: names[index]), displayPath: names[index], with: renderer)
    } receive: { index, inspected in
      progress.clear()
      run.add(inspected.outcome, of: names[index])
      if let failure = inspected.failure { failed.add(failure.all, of: names[index]) }
      progress.show(done: index + 1)
    }
    run.add(filesBeside(run, lint), of: ".")
    progress.clear()
    findings = run.findings.map(\.diagnostic)
    failures = failed.all
  }

  /// What the rules say of the files that lie beside those that the builds read.
  private func filesBeside(_ run: LintRun, _ lint: Lint) -> LintOutcome {
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
}
