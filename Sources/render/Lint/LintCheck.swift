import Lamina
import LaminaHost
import LaminaSchema

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

  /// - Throws: what is wrong with the settings of the project.
  mutating func run() throws {
    let paths = LintPaths(project: project.directory)
    let schemaRules = try SchemaRules(project)
    let lint = Lint(Rule.all + schemaRules.all, project.file.lint, for: .lint)
    var elsewhere = DefinedElsewhere()
    var run = LintRun(project.file.lint, for: .lint) { paths.path(of: $0) }
    var failed = MergedDiagnostics()
    let renderer = invocation.renderer(files, SharedAnswers(), project)
    let names = names
    var progress = Progress(total: names.count)
    ParallelWork.run(count: names.count, jobs: invocation.jobCount) { index in
      Result { () throws(Diagnostic) in
        let rendering = try renderer.render(
          Invocation.path(of: names[index]), displayPath: names[index])
        return (
          lint.inspect(rendering, isOneOfMany: true), schemaRules.customKinds(of: rendering)
        )
      }
    } receive: { index, outcome in
      progress.clear()
      switch outcome {
      case .success((let outcome, let kinds)):
        run.add(outcome, of: names[index])
        elsewhere.add(kinds)
      case .failure(let diagnostic):
        failed.add(diagnostic.all, of: names[index])
        elsewhere.add(nil)
      }
      progress.show(done: index + 1)
    }
    progress.clear()
    addCustomResources(elsewhere, schemaRules, renderer, to: &run)
    findings = run.findings.map(\.diagnostic)
    failures = failed.all
  }

  /// Compares custom resources with definitions in other roots.
  private func addCustomResources(
    _ elsewhere: DefinedElsewhere, _ rules: SchemaRules, _ renderer: Renderer,
    to run: inout LintRun
  ) {
    func rendering(_ index: Int) -> Rendering? {
      try? renderer.render(Invocation.path(of: names[index]), displayPath: names[index])
    }
    var definitions = CustomDefinitions()
    for index in elsewhere.definingRoots {
      for resource in rendering(index)?.resources ?? [] {
        definitions.add(definition: resource.root, in: resource.tree)
      }
    }
    if definitions.isEmpty { return }
    let lint = Lint(
      [rules.adding(definitions).customResourceInvalid], project.file.lint, for: .lint)
    for index in elsewhere.usingRoots {
      guard let rendering = rendering(index) else { continue }
      run.add(lint.inspect(rendering, isOneOfMany: true), of: names[index])
    }
  }
}
