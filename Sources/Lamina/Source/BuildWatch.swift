private import Synchronization

/// Watches over a build that somebody may cancel, or that has limits; other builds have none.
final class BuildWatch: Sendable {
  let limits: RenderLimits
  /// What hosts ask whether to stop: the caller's token and the time.
  let token: CancellationToken
  private let input = Atomic<Int>(0)
  /// The file that went beyond the limit of bytes.
  private let excess = Mutex<String?>(nil)

  /// Nil where there is nothing to watch.
  init?(_ limits: RenderLimits, _ token: CancellationToken?) {
    if token == nil, limits == RenderLimits() { return nil }
    self.limits = limits
    self.token = CancellationToken(of: token, seconds: limits.seconds)
  }

  /// Counts the bytes of a file. What is too much is said by the next `check`: those who read try other ways
  /// after a failure.
  func noteInput(_ count: Int, of path: String) {
    guard let most = limits.inputBytes else { return }
    let before = input.add(count, ordering: .relaxed).oldValue
    if before <= most, before + count > most { excess.withLock { $0 = path } }
  }

  /// Throws where the build is to end.
  func check() throws(Problem) {
    if let most = limits.inputBytes, let path = excess.withLock({ $0 }) {
      throw .tooMuchInput(most, path)
    }
    if token.isCancelled { throw stopped }
  }

  /// Why the build ended: a program that was stopped for the sake of the caller or of the time is no failure of
  /// the program.
  func cause(of problem: Problem) -> Problem {
    if problem.isLimit { return problem }
    return token.isCancelled ? stopped : problem
  }

  private var stopped: Problem {
    if token.isExpired, let seconds = limits.seconds { return .tooLong(seconds) }
    return .cancelled
  }

  /// Throws where a layer holds more resources than it may.
  func check(resourceCount count: Int, path: String) throws(Problem) {
    if let most = limits.resources, count > most { throw .tooManyResources(most, path) }
  }
}

extension Problem {
  fileprivate static func tooLong(_ seconds: Double) -> Problem {
    Problem(.timeLimit, "the build takes longer than \(seconds.words) s")
  }

  fileprivate static func tooMuchInput(_ most: Int, _ path: String) -> Problem {
    Problem(
      .inputLimit, "the build reads more than \(most) bytes: it has come to this file", path: path)
  }

  fileprivate static func tooManyResources(_ most: Int, _ path: String) -> Problem {
    Problem(.resourceLimit, "the layer holds more than \(most) resources", path: path)
  }
}
