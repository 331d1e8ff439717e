import Lamina
import LaminaDiff
import LaminaHost

/// Renders both sides of all roots and compares them.
struct DiffRun {
  private let roots: [DiffRoot]
  private let jobs: Int
  private let options: Comparison.Options
  private let output: DiagnosticOutput

  init(
    _ roots: [DiffRoot], jobs: Int, _ options: Comparison.Options, _ output: DiagnosticOutput
  ) {
    self.roots = roots
    self.jobs = jobs
    self.options = options
    self.output = output
  }

  /// Compares what the roots render to. Warnings and errors go to standard error, each once.
  func report() -> DiffReport {
    let (roots, jobs, options) = (roots, jobs, options)
    var progress = Progress(total: roots.count)
    var diagnostics = MergedDiagnostics()
    var differences: [RootDiff] = []
    ParallelWork.run(count: roots.count, jobs: jobs) { index in
      Self.outcome(of: roots[index], jobs: roots.count > 1 ? 1 : jobs, options)
    } receive: { index, outcome in
      progress.clear()
      diagnostics.add(outcome.messages, of: roots[index].name)
      if let difference = outcome.difference { differences.append(difference) }
      progress.show(done: index + 1)
    }
    progress.clear()
    output.say(diagnostics.all)
    return DiffReport(roots: differences, comparedCount: roots.count)
  }

  private struct Outcome: Sendable {
    var messages: [Diagnostic] = []
    /// nil where both sides are the same.
    var difference: RootDiff?
  }

  private static func outcome(
    of root: DiffRoot, jobs: Int, _ options: Comparison.Options
  ) -> Outcome {
    if let past = root.past, case .directory(_, _, let renderer) = root.new.content,
      case .directory = root.old.content
    {
      let log = renderer.makeLog()
      let new = root.new.render(log: log)
      // What is told the same does the same: the old side need not be rendered.
      if case .rendered = new.content, log.difference(in: past) == nil {
        return Outcome(messages: new.warnings)
      }
      return outcome(of: root.name, root.old.render(), new, options)
    }
    let inputs = [root.old, root.new]
    var sides: [Comparison.Side] = []
    ParallelWork.run(count: inputs.count, jobs: jobs) {
      inputs[$0].render()
    } receive: {
      sides.append($1)
    }
    return outcome(of: root.name, sides[0], sides[1], options)
  }

  private static func outcome(
    of name: String, _ old: Comparison.Side, _ new: Comparison.Side, _ options: Comparison.Options
  ) -> Outcome {
    let difference = Comparison.diff(name, from: old, to: new, options)
    let failures = [difference.old.failure, difference.new.failure].compactMap { $0 }
      .flatMap(\.all)
    return Outcome(
      messages: old.warnings + new.warnings + failures,
      difference: difference.saysAnything ? difference : nil)
  }
}

extension Comparison.Side {
  /// What the side's build warns of. Failures are said with what was warned of before them.
  fileprivate var warnings: [Diagnostic] {
    if case .rendered(let rendering) = content { rendering.warnings } else { [] }
  }
}

extension RootDiff {
  fileprivate var saysAnything: Bool {
    isDifferent || hasFailed || isReordered || hidden != HiddenChanges()
  }
}
