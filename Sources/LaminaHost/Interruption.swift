#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Holds back the signals that would end this thread's process while a program runs for it.
///
/// A program runs in a session of its own, so that all of it can be stopped. What the user types at
/// the terminal does not reach it there: were this process to end at once, a program that hangs would
/// go on forever. So the signals wait until the program has been stopped. A thread that writes to a
/// program that has gone away gets an error, and no signal either.
struct Interruption {
  private let mask: sigset_t
  private let brokenPipeWaited: Bool

  init() {
    var held = sigset_t()
    sigemptyset(&held)
    for signal in Self.signals + [SIGPIPE] { sigaddset(&held, signal) }
    brokenPipeWaited = Self.isWaiting(SIGPIPE)
    var mask = sigset_t()
    pthread_sigmask(SIG_BLOCK, &held, &mask)
    self.mask = mask
  }

  private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

  /// The signal that asks this process to end, if there is one.
  var signal: Int32? { Self.signals.first(where: Self.isWaiting) }

  /// Lets signals through again; one that asks the process to end does so now.
  func end() {
    if !brokenPipeWaited, Self.isWaiting(SIGPIPE) {
      var own = sigset_t()
      sigemptyset(&own)
      sigaddset(&own, SIGPIPE)
      var signal: Int32 = 0
      sigwait(&own, &signal)
    }
    var mask = mask
    pthread_sigmask(SIG_SETMASK, &mask, nil)
  }

  private static func isWaiting(_ signal: Int32) -> Bool {
    var waiting = sigset_t()
    sigemptyset(&waiting)
    sigpending(&waiting)
    return sigismember(&waiting, signal) == 1
  }
}
