private import CMachine
internal import Synchronization

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// A thread with a stack that is large enough for whatever a build meets.
///
/// A layer on another one takes 16 KiB of stack, a level of a document less than one. The main thread
/// has what `ulimit -s` says, often 8 MiB and sometimes 128 KiB, and other threads have 512 KiB on macOS and
/// 128 KiB with musl.
package struct WorkThread {
  /// Sizes to try, should the process not have room for the first. Only addresses are taken: memory comes
  /// as calls reach it.
  private static let stackSizes = [256 << 20, 64 << 20, 8 << 20]

  private let thread: pthread_t

  /// What the thread does, in a form that C can carry.
  private final class Body {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Nil where the system gives no thread.
  package init?(_ run: @escaping @Sendable () -> Void) {
    for size in Self.stackSizes {
      guard let thread = Self.start(stack: size, run) else { continue }
      self.thread = thread
      return
    }
    return nil
  }

  /// Nil where the system does not start it; then nobody else releases what it was to run.
  private static func start(stack: Int, _ run: @escaping @Sendable () -> Void) -> pthread_t? {
    let body = Unmanaged.passRetained(Body(run))
    #if canImport(Darwin)
      var made: pthread_t?
    #else
      var made: pthread_t = 0
    #endif
    let code = machine_start_thread(&made, stack, { Self.begin($0) }, body.toOpaque())
    guard code == 0 else {
      body.release()
      return nil
    }
    return made
  }

  /// The first call on the new thread.
  private static func begin(_ body: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    ProcessMemory.preferLargePagesInThread()
    if let body { Unmanaged<Body>.fromOpaque(body).takeRetainedValue().run() }
    return nil
  }

  /// Waits until it has ended. To be called once.
  func join() { pthread_join(thread, nil) }

  /// Lets it go: what it leaves is cleared away when it ends. To be called once, instead of `join`.
  package func detach() { pthread_detach(thread) }

  /// Does all the work of a process on such a thread, while the calling one waits; on the calling one where
  /// the system gives no thread.
  ///
  /// Signals go to the thread that works, which may hold them back (`Interruption`).
  package static func runProcess(_ work: @escaping @Sendable () -> Void) {
    var before = holdSignals()
    let mask = before
    let thread = WorkThread {
      var mask = mask
      pthread_sigmask(SIG_SETMASK, &mask, nil)
      work()
    }
    if let thread { return thread.join() }
    pthread_sigmask(SIG_SETMASK, &before, nil)
    work()
  }

  /// Does a piece of work while the caller waits for its outcome; on the calling thread where the system gives no
  /// other.
  ///
  /// No signal goes to the thread that works: the handlers of a program that embeds the library run where its
  /// author expects them.
  package static func run<Outcome: Sendable>(_ work: @escaping @Sendable () -> Outcome) -> Outcome {
    let place = Place<Outcome>()
    var before = holdSignals()
    let thread = WorkThread { place.put(work()) }
    pthread_sigmask(SIG_SETMASK, &before, nil)
    thread?.join()
    return place.take() ?? work()
  }

  /// Begins with a piece of work that nobody waits for; false where the system gives no thread.
  ///
  /// No signal goes to the thread that works, either.
  static func start(_ work: @escaping @Sendable () -> Void) -> Bool {
    var before = holdSignals()
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    guard let thread = WorkThread(work) else { return false }
    thread.detach()
    return true
  }

  /// Where a thread leaves what it has made.
  private final class Place<Outcome: Sendable>: Sendable {
    private let outcome = Mutex<Outcome?>(nil)

    func put(_ made: Outcome) { outcome.withLock { $0 = made } }

    func take() -> Outcome? { outcome.withLock { $0.take() } }
  }

  /// Lets no signal come to this thread, nor to those that it starts; returns what came before.
  private static func holdSignals() -> sigset_t {
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    return before
  }
}
