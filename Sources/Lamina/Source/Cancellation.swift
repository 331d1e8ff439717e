/// Giving up a build whose task was cancelled.
enum Cancellation {
  /// Asked once for each layer, file, step and resource, so that a build never goes on for long after
  /// its caller has lost interest. Outside of any task it costs a look at one variable.
  static func check() throws(Problem) {
    if Task.isCancelled { throw .cancelled }
  }
}

extension Problem {
  fileprivate static var cancelled: Problem { Problem(.cancelled, "the build was cancelled") }
}
