import Lamina

/// Warns of labels that a change puts into the selectors of a root that had none of the kind.
///
/// In `lint` that is a finding about every such root; of a change it is worth a warning, because the next
/// change of the label will be refused by the cluster.
struct SelectorWarning: Sendable {
  private let lint: Lint
  private let settings: LintSettings
  private let rules: [Rule]
  private let paths: LintPaths

  init(_ project: Project.Settings) {
    rules = Rule.all.filter { $0.id == .labelsInSelectors }
    settings = project.file.lint
    lint = Lint(rules, settings, for: .lint)
    paths = LintPaths(project: project.directory)
  }

  /// What is to be said of a root that rendered on both sides.
  func diagnostics(_ root: String, from old: Rendering, to new: Rendering) -> [Diagnostic] {
    let found = findings(root, in: new)
    return found.isEmpty || !findings(root, in: old).isEmpty ? [] : found
  }

  private func findings(_ root: String, in rendering: Rendering) -> [Diagnostic] {
    if rendering.isFile { return [] }
    var run = LintRun(rules, settings, for: .lint) { [paths] in paths.path(of: $0) }
    run.add(lint.inspect(rendering, isOneOfMany: true), of: root)
    return run.findings.filter { $0.rule == .labelsInSelectors }.map(\.diagnostic)
  }
}
