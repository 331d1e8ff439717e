/// The task that a thread works for, which another thread may look at.
///
/// Several threads work for one build, and only one of them belongs to the build's task.
///
/// Those that fetch and run programs ask it whether to stop.
struct CallerTask: @unchecked Sendable {
  // Whether it is cancelled may be asked on any thread, for as long as the task waits for the answer.
  private let task: UnsafeCurrentTask

  /// Nil outside of a task.
  init?(_ task: UnsafeCurrentTask?) {
    guard let task else { return nil }
    self.task = task
  }

  var isCancelled: Bool { task.isCancelled }
}
