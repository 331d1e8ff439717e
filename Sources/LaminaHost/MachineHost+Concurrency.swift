public import Lamina

extension MachineHost {
  /// Does the pieces of work on as many threads as the host has jobs; with one, on this thread.
  ///
  /// Each piece gets a host that knows of this task, so that cancelling it stops what the others
  /// run.
  public func concurrentMap<Outcome: Sendable>(
    _ count: Int, _ work: @escaping @Sendable (_ index: Int, _ host: any Host) -> Outcome
  ) -> [Outcome] {
    let jobs = jobs ?? ParallelWork.processorCount
    guard jobs > 1, count > 1 else { return (0..<count).map { work($0, self) } }
    // A signal waits until all threads have stopped what they run. Outside of the command they inherit that
    // from this one; in it, each says so itself, and this one would only keep the others from ending.
    let interruption = Interruption.inherited()
    defer { interruption?.end() }
    return withUnsafeCurrentTask { task in
      var host = self
      host.caller = CallerTask(task) ?? caller
      let own = host
      var outcomes: [Outcome] = []
      ParallelWork.run(count: count, jobs: jobs) {
        work($0, own)
      } receive: { _, outcome in
        outcomes.append(outcome)
      }
      return outcomes
    }
  }

  /// Begins with the work on a thread of its own, where the host has more than one job.
  public func start(_ work: @escaping @Sendable () -> Void) -> Bool {
    guard jobs ?? ParallelWork.processorCount > 1 else { return false }
    return WorkThread.start(work)
  }

  /// Whether the build that this works for has been cancelled.
  var isCancelled: Bool {
    Task.isCancelled || caller?.isCancelled == true || token?.isCancelled == true
  }
}
