import Lamina
import LaminaDiff
import LaminaHost

/// Renders both sides of all roots and compares them.
struct DiffRun {
  /// What a run is to find out, beside the differences.
  struct Options: Sendable {
    var comparison = Comparison.Options()
    /// Roots whose files are the same on both sides are left out, also those that fail.
    var omitsUnaffected = false
    /// Roots were found and not named: what fails on both sides is nobody's concern.
    var isOfTree = false
    /// How many of the rules come from the command line, where one that leads nowhere is a mistake.
    var ownRuleCount = 0
  }

  private let roots: [DiffRoot]
  private let jobs: Int
  private let options: Options
  private let output: DiagnosticOutput
  private let selectors: SelectorWarning

  init(
    _ roots: [DiffRoot], jobs: Int, _ options: Options, _ output: DiagnosticOutput,
    _ selectors: SelectorWarning
  ) {
    self.roots = roots
    self.jobs = jobs
    self.options = options
    self.output = output
    self.selectors = selectors
  }

  /// Compares what the roots render to. Warnings and errors go to standard error, each once.
  ///
  /// - Parameters:
  ///   - changes: the files that changed, to be told which of them no root reads.
  ///   - file: the file for the report, which no root may read.
  func report(
    _ changes: ChangedFiles?, writtenTo file: String?
  ) throws(OutputFailure) -> DiffReport {
    let (roots, jobs) = (roots, jobs)
    let rules = options.comparison.ignored.prefix(options.ownRuleCount)
    let uses = RuleUse(Array(rules))
    let builds = RootComparison(
      options: options, selectors: selectors, uses: uses,
      notesReading: changes != nil || file != nil)
    var progress = Progress(total: roots.count)
    var diagnostics = MergedDiagnostics()
    var differences: [(index: Int, difference: RootDiff)] = []
    var lonely: [LonelyRoot] = []
    var read = ReadFiles()
    var comparedCount = 0
    var hasOmitted = false
    ParallelWork.run(count: roots.count, jobs: jobs) { index in
      builds.outcome(of: roots[index], jobs: roots.count > 1 ? 1 : jobs)
    } receive: { index, outcome in
      progress.clear()
      read.formUnion(outcome.read)
      progress.show(done: index + 1)
      if outcome.isOmitted {
        hasOmitted = true
        return
      }
      comparedCount += 1
      diagnostics.add(outcome.messages, of: roots[index].name)
      if let side = outcome.onlySide {
        lonely.append(LonelyRoot(index: index, side: side, isOld: outcome.isRemoved))
      }
      if let difference = outcome.difference { differences.append((index, difference)) }
    }
    progress.clear()
    if let file { try InputPlaces(read.files.sortedTexts).check(file) }
    let moved = moved(lonely)
    comparedCount -= moved.count
    let gone = Set(moved.flatMap { [$0.old, $0.new] })
    let all =
      differences.filter { !gone.contains($0.index) } + moved.map { ($0.new, $0.difference) }
    output.say(diagnostics.all)
    // Of roots that were left out nobody knows what a rule may lead to.
    for rule in hasOmitted ? [] : uses.unusedRules {
      StandardError.warn("warning: --ignore \(rules[rule].text): it matches no field or object")
    }
    var report = DiffReport(
      roots: all.sorted { $0.index < $1.index }.map(\.difference), comparedCount: comparedCount)
    report.unreadFiles = changes?.unread(read)
    return report
  }

  // MARK: - Moved directories

  /// A root that only one side has.
  private struct LonelyRoot {
    let index: Int
    let side: Comparison.Side
    let isOld: Bool

    func candidate(_ roots: [DiffRoot]) -> MovedRoots.Candidate? {
      guard case .rendered(let rendering) = side.content else { return nil }
      return MovedRoots.Candidate(name: roots[index].name, rendering)
    }
  }

  private func moved(
    _ lonely: [LonelyRoot]
  ) -> [(old: Int, new: Int, difference: RootDiff)] {
    let (old, new) = (lonely.filter(\.isOld), lonely.filter { !$0.isOld })
    let pairs = MovedRoots.pairs(
      old: old.compactMap { $0.candidate(roots) }, new: new.compactMap { $0.candidate(roots) })
    return pairs.map { pair in
      let (before, after) = (old[pair.old], new[pair.new])
      var difference = Comparison.diff(
        roots[after.index].name, from: before.side, to: after.side, options.comparison)
      difference.formerName = roots[before.index].name
      difference.isAffected = true
      difference.ownWords = OwnWords(after.side.words + before.side.words)
      return (before.index, after.index, difference)
    }
  }
}
