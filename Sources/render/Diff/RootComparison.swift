import Lamina
import LaminaDiff
import LaminaHost

/// Renders and compares one root after the other; used by several threads.
struct RootComparison: Sendable {
  let options: DiffRun.Options
  let selectors: SelectorWarning
  let uses: RuleUse
  /// The files that builds read are wanted.
  let notesReading: Bool

  struct Outcome: Sendable {
    var messages: [Diagnostic] = []
    /// nil where both sides are the same.
    var difference: RootDiff?
    var read = ReadFiles()
    /// Nobody wants to know of the root.
    var isOmitted = false
    /// What there is of a root that only one side has.
    var onlySide: Comparison.Side?
    /// The new side does not have the root.
    var isRemoved = false
  }

  private var hidesSecrets: Bool { !options.comparison.showsSecrets }

  func outcome(of root: DiffRoot, jobs: Int) -> Outcome {
    let logs = (old: root.old.makeLog(), new: root.new.makeLog())
    let layers = (old: LayerLog(), new: LayerLog())
    var outcome: Outcome
    if options.omitsUnaffected, let past = root.past, let log = logs.new, logs.old != nil,
      root.isUnchanged
        || root.new.read(log: log, layers: layers.new) && log.difference(in: past) == nil
    {
      // Nobody wants to know what the root renders to.
      outcome = Outcome(isOmitted: true)
    } else if let past = root.past, let log = logs.new {
      let new = root.new.render(log: log, layers: layers.new, hidesSecrets: hidesSecrets)
      let isThere = logs.old != nil
      // What is told the same does the same: the old side need not be rendered.
      if isThere, root.isUnchanged || log.difference(in: past) == nil {
        outcome = unaffected(root, new)
      } else {
        let old = root.old.render(log: logs.old, layers: layers.old, hidesSecrets: hidesSecrets)
        outcome = compared(root, old, new, isAffected: true)
      }
    } else {
      let inputs = [(root.old, logs.old, layers.old), (root.new, logs.new, layers.new)]
      var sides: [Comparison.Side] = []
      ParallelWork.run(count: inputs.count, jobs: jobs) {
        inputs[$0].0.render(log: inputs[$0].1, layers: inputs[$0].2, hidesSecrets: hidesSecrets)
      } receive: {
        sides.append($1)
      }
      outcome = compared(root, sides[0], sides[1], isAffected: nil)
    }
    if notesReading {
      if let log = logs.old { outcome.read.formUnion(ReadFiles(log, layers.old)) }
      if let log = logs.new { outcome.read.formUnion(ReadFiles(log, layers.new)) }
    }
    return outcome
  }

  /// A root that is told the same on both sides.
  private func unaffected(_ root: DiffRoot, _ new: Comparison.Side) -> Outcome {
    uses.look(in: new)
    // What is warned of has not changed either.
    var outcome = Outcome(isOmitted: options.omitsUnaffected)
    if case .failed = new.content {
      let old = Comparison.Side(label: root.old.label, content: new.content)
      var difference = Comparison.diff(root.name, from: old, to: new, options.comparison)
      difference.isAffected = false
      outcome.difference = difference
    }
    return outcome
  }

  private func compared(
    _ root: DiffRoot, _ old: Comparison.Side, _ new: Comparison.Side, isAffected: Bool?
  ) -> Outcome {
    uses.look(in: new)
    uses.look(in: old)
    var difference = Comparison.diff(root.name, from: old, to: new, options.comparison)
    difference.isAffected = isAffected
    // Of two trees nobody knows which files differ, and roots that were not named need not render.
    if options.isOfTree, isAffected == nil, difference.failureKind == .alike {
      difference.isAffected = false
    }
    difference.ownWords = OwnWords(old.words + new.words)
    var outcome = Outcome()
    // Of the old side nobody has to know any more.
    outcome.messages = new.warnings + messages(of: difference)
    if case .rendered(let before) = old.content, case .rendered(let after) = new.content {
      outcome.messages += selectors.diagnostics(root.name, from: before, to: after)
    }
    switch (old.content, new.content) {
    case (.absent, .rendered): outcome.onlySide = new
    case (.rendered, .absent):
      outcome.onlySide = old
      outcome.isRemoved = true
    default: break
    }
    if difference.saysAnything { outcome.difference = difference }
    return outcome
  }

  /// Why a root does not render, if the change has to do with it.
  private func messages(of difference: RootDiff) -> [Diagnostic] {
    guard difference.failureDecides else { return [] }
    let failures =
      difference.failureKind == .alike
      ? [difference.new.failure] : [difference.old.failure, difference.new.failure]
    return failures.compactMap { $0 }.flatMap(\.all)
  }
}

extension Comparison.Side {
  /// What the side's build warns of. Failures are said with what was warned of before them.
  fileprivate var warnings: [Diagnostic] {
    if case .rendered(let rendering) = content { rendering.warnings } else { [] }
  }
}
