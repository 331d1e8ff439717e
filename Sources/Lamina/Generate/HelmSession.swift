internal import Synchronization

/// Helm as one build uses it: it is asked for its version once, and run for several charts at once.
///
/// It is a class because steps are values that are copied freely, and all charts of a build must
/// see the same version check, downloads and prepared outcomes.
final class HelmSession: Sendable {
  let options: HelmOptions
  /// Nothing may be downloaded.
  let isOffline: Bool
  /// What helm has printed for other builds; nil where there are no others.
  private let answers: SharedAnswers?
  /// The charts that were downloaded: each once, whether that worked or not.
  private let downloads: AnswerTable<ProgramQuestion, ProgramResult>
  /// Charts of one build are worked on from several threads.
  private let state = Mutex(State())

  private struct State {
    var hasCheckedVersion = false
    /// How often this build has asked each question.
    ///
    /// Helm may answer one question differently each time (`--generate-name`, `randAlphaNum` in a
    /// template), so the n-th question of this build shares only the n-th answer of others.
    var askedCounts: [ProgramQuestion: Int] = [:]
    /// Outcomes that wait for their chart's turn. One release may stand in several layers, hence a
    /// list, taken from the front.
    var prepared: [HelmInflation.Release: [Result<[UInt8], Problem>]] = [:]
  }

  /// - Parameter mayChange: functions may write to the files of a chart between two calls, so that what
  ///   helm prints is not another build's.
  init(_ options: HelmOptions, isOffline: Bool, mayChange: Bool, _ answers: SharedAnswers?) {
    self.options = options
    self.isOffline = isOffline
    self.answers = mayChange ? nil : answers
    downloads = answers?.charts ?? AnswerTable()
  }

  // MARK: - Charts

  /// Lets helm print the objects of charts that will be asked for, so that it can do several at once.
  /// Nothing is said of failures before the chart is asked for.
  func prepare(_ charts: [HelmInflation], _ workspace: inout Workspace) {
    let new = state.withLock { state in charts.filter { state.prepared[$0.release] == nil } }
    guard let host = workspace.host, !new.isEmpty else { return }
    let outcomes = HelmBatch(new, self, host).run(&workspace)
    state.withLock { state in
      for (chart, outcome) in zip(new, outcomes) {
        state.prepared[chart.release, default: []].append(outcome)
      }
    }
  }

  /// What helm prints of a chart.
  func output(of chart: HelmInflation, _ workspace: inout Workspace) throws(Problem) -> [UInt8] {
    if let outcome = takePrepared(chart.release) { return try outcome.get() }
    guard let host = workspace.host else { throw .noHost(at: chart.chart.position) }
    guard let outcome = HelmBatch([chart], self, host).run(&workspace).first else { return [] }
    return try outcome.get()
  }

  /// Takes out the next outcome that was prepared for a release.
  private func takePrepared(_ release: HelmInflation.Release) -> Result<[UInt8], Problem>? {
    state.withLock { state in
      guard var outcomes = state.prepared.removeValue(forKey: release) else { return nil }
      let first = outcomes.removeFirst()
      if !outcomes.isEmpty { state.prepared[release] = outcomes }
      return first
    }
  }

  // MARK: - Calls

  /// Refuses any helm but version 3 and 4, the first time.
  func checkVersion(_ helm: HelmProgram, scratch: String, _ host: any Host) throws(Problem) {
    if state.withLock({ $0.hasCheckedVersion }) { return }
    let call = helm.call(["version", "--short"])
    try helm.checkVersion(
      in: helm.output(of: call) { () throws(HostFailure) in
        try run(call, ProgramQuestion(call, scratch: scratch), host)
      })
    state.withLock { $0.hasCheckedVersion = true }
  }

  /// Runs helm, unless another build of the run has done so.
  ///
  /// - Parameters:
  ///   - question: what is asked, without temporary paths, so that two builds ask the same; made
  ///     only if answers are shared.
  func run(
    _ call: ProgramCall, _ question: @autoclosure () -> ProgramQuestion, _ host: any Host
  ) throws(HostFailure) -> ProgramResult {
    guard let answers else { return try host.run(call) }
    var question = question()
    question.occurrence = state.withLock { state in
      let count = state.askedCounts[question] ?? 0
      state.askedCounts[question] = count + 1
      return count
    }
    return try answers.programs.answer(to: question, cost: { $0.output.count + $0.errors.count }) {
      () throws(HostFailure) in try host.run(call)
    }
  }

  /// Downloads a chart, unless that was tried before.
  func download(
    _ question: ProgramQuestion, _ download: () throws(HostFailure) -> ProgramResult
  ) throws(HostFailure) -> ProgramResult {
    try downloads.answer(to: question, download)
  }
}

extension Problem {
  fileprivate static func noHost(at position: Position) -> Problem {
    Problem(
      .helmWithoutHost, "a chart needs helm to be run, and this renderer has no host to run it",
      at: position)
  }
}
