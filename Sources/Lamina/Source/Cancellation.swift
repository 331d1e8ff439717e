private import Synchronization

/// Ends builds from outside, from any thread, without Swift's tasks.
///
///     let token = CancellationToken()
///     // On another thread, when nobody wants the outcome any more:
///     token.cancel()
///     // The build then throws a `Diagnostic` of the code `cancelled`:
///     let rendering = try renderer.render("/app", cancellation: token)
///
/// One token may be handed to any number of builds. Cancelled once, it stays so.
public final class CancellationToken: Sendable {
  private let flag = Atomic<Bool>(false)
  private let parent: CancellationToken?
  private let deadline: ContinuousClock.Instant?

  /// Makes a token that nobody has cancelled.
  public init() {
    parent = nil
    deadline = nil
  }

  /// Makes a token that is cancelled with another one, or by itself.
  ///
  /// - Parameter other: the token that this one follows; nil is none.
  public convenience init(cancelledWith other: CancellationToken?) {
    self.init(of: other, seconds: nil)
  }

  /// A token that is cancelled with another one, or after some seconds.
  init(of parent: CancellationToken?, seconds: Double?) {
    self.parent = parent
    deadline = seconds.map { ContinuousClock.now + .seconds($0) }
  }

  /// Ends the builds that have this token as soon as they notice: at their next layer, file, step or resource, and
  /// within a twentieth of a second where a program of theirs runs or something is fetched.
  public func cancel() { flag.store(true, ordering: .relaxed) }

  /// Whether somebody has cancelled it.
  public var isCancelled: Bool {
    // A loop, since a caller may hang any number of tokens one on the other.
    var token: CancellationToken? = self
    while let link = token {
      if link.flag.load(ordering: .relaxed) || link.isOver { return true }
      token = link.parent
    }
    return false
  }

  /// The time is over, and nobody cancelled before.
  var isExpired: Bool { isOver && parent?.isCancelled != true }

  private var isOver: Bool { deadline.map { ContinuousClock.now >= $0 } ?? false }
}

/// Giving up a build that its caller has lost interest in.
enum Cancellation {
  /// Asked once for each layer, file, step and resource, so that a build never goes on for long. Outside of any
  /// task it costs a look at one variable, and at another one without a watch.
  static func check(_ watch: BuildWatch?) throws(Problem) {
    if Task.isCancelled { throw .cancelled }
    if let watch { try watch.check() }
  }
}

extension Problem {
  static var cancelled: Problem { Problem(.cancelled, "the build was cancelled") }
}
