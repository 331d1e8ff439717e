private import CMachine

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Holds back the signals that would end this process while something is finished, such as the run of a
/// program.
///
/// A program runs in a session of its own, so that all of it can be stopped. What the user types at
/// the terminal does not reach it there: were this process to end at once, a program that hangs would
/// go on forever. So the signals wait until the program has been stopped. A thread that writes to a
/// program that has gone away gets an error, and no signal either.
///
/// In the command the end of the process waits for all threads (`machine_begin_hold`). Elsewhere signals
/// are the business of the program that uses the library, and only this thread does not get them.
struct Interruption {
  /// The signals that were held back before, to which `end` goes back.
  private let mask: sigset_t
  /// There was a signal of a broken pipe already, which is not ours to take.
  private let brokenPipeWaited: Bool

  init() {
    var held = sigset_t()
    sigemptyset(&held)
    sigaddset(&held, SIGPIPE)
    if machine_ends_cleanly() != 0 {
      machine_begin_hold()
    } else {
      for signal in Self.signals { sigaddset(&held, signal) }
    }
    brokenPipeWaited = Self.isWaiting(SIGPIPE)
    var mask = sigset_t()
    pthread_sigmask(SIG_BLOCK, &held, &mask)
    self.mask = mask
  }

  /// One that the threads which this one starts inherit; nil where the end waits for all threads anyway.
  static func inherited() -> Interruption? {
    machine_ends_cleanly() != 0 ? nil : Interruption()
  }

  /// Those by which a terminal, a shell or a service manager asks a process to end.
  private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

  /// The signal that asks this process to end, if there is one.
  var signal: Int32? {
    let asked = machine_asked_to_end()
    return asked != 0 ? asked : Self.signals.first(where: Self.isWaiting)
  }

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
    if machine_ends_cleanly() != 0 { machine_end_hold() }
  }

  /// Whether a signal has come and is being held back.
  private static func isWaiting(_ signal: Int32) -> Bool {
    var waiting = sigset_t()
    sigemptyset(&waiting)
    sigpending(&waiting)
    return sigismember(&waiting, signal) == 1
  }
}
