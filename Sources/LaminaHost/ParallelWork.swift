private import CMachine

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Pieces of work done on several threads, whose outcomes are handed out in the order of the pieces.
///
/// The caller's thread works as well while there is no outcome to hand out. Plain threads rather than
/// tasks: a build blocks, and needs the stack of a main thread for deep documents.
package enum ParallelWork {
  /// The number of processors.
  package static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// Does the pieces of work `0..<count`, and hands each outcome to `receive` on the caller's thread.
  package static func run<Outcome: Sendable>(
    count: Int, jobs: Int, _ work: @escaping @Sendable (Int) -> Outcome,
    receive: (Int, Outcome) -> Void
  ) {
    guard jobs > 1, count > 1 else {
      for index in 0..<count { receive(index, work(index)) }
      return
    }
    let queue = WorkQueue(count: count, ahead: jobs * 4, work)
    // Where the system gives no threads, the caller does all the work.
    let threads = (1..<min(jobs, count)).compactMap { _ in WorkThread { queue.workUntilDone() } }
    for index in 0..<count { receive(index, queue.outcome(of: index)) }
    for thread in threads { thread.join() }
  }
}

/// The pieces of work that are still to be done, and the outcomes that nobody has taken yet.
private final class WorkQueue<Outcome: Sendable>: @unchecked Sendable {
  private let lock = ThreadLock()
  private let work: @Sendable (Int) -> Outcome
  private let count: Int
  /// How far the work may be ahead of the one who takes the outcomes: they need memory.
  private let ahead: Int
  private var next = 0
  private var taken = 0
  private var outcomes: [Int: Outcome] = [:]

  init(count: Int, ahead: Int, _ work: @escaping @Sendable (Int) -> Outcome) {
    self.count = count
    self.ahead = ahead
    self.work = work
  }

  /// What a thread can do next.
  private enum Turn {
    case work(Int)
    case take(Outcome)
  }

  func workUntilDone() {
    while let index = lock.withLock({ nextIndex() }) { finish(index) }
  }

  /// The outcome of a piece of work, those before which have been taken. Works until it is there.
  func outcome(of wanted: Int) -> Outcome {
    while true {
      switch turn(wanted) {
      case .take(let outcome): return outcome
      case .work(let index): finish(index)
      }
    }
  }

  private func finish(_ index: Int) {
    let outcome = work(index)
    lock.withLock { outcomes[index] = outcome }
  }

  private func turn(_ wanted: Int) -> Turn {
    lock.withLock {
      while true {
        if let outcome = outcomes.removeValue(forKey: wanted) {
          taken = wanted + 1
          return .take(outcome)
        }
        if next < count, next < taken + ahead, let index = nextIndex() { return .work(index) }
        lock.wait()
      }
    }
  }

  /// The next piece that nobody works on, once it may be begun; nil where there is none. To be called
  /// under the lock.
  private func nextIndex() -> Int? {
    while next < count, next >= taken + ahead { lock.wait() }
    guard next < count else { return nil }
    next += 1
    return next - 1
  }
}

/// A lock on which threads can wait for what others do under it.
private final class ThreadLock: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    mutex.initialize(to: pthread_mutex_t())
    changed.initialize(to: pthread_cond_t())
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  /// Wakes all who wait, when done.
  func withLock<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(changed)
      pthread_mutex_unlock(mutex)
    }
    return body()
  }

  /// Lets others have the lock until one of them has done something.
  func wait() { pthread_cond_wait(changed, mutex) }
}

/// A thread with the stack of a main thread.
private struct WorkThread {
  private let thread: pthread_t

  private final class Body {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Nil where the system gives no thread.
  init?(_ run: @escaping @Sendable () -> Void) {
    let body = Unmanaged.passRetained(Body(run))
    #if canImport(Darwin)
      var made: pthread_t?
    #else
      var made: pthread_t = 0
    #endif
    let code = machine_start_thread(&made, 8 << 20, { Self.start($0) }, body.toOpaque())
    #if canImport(Darwin)
      let thread = made
    #else
      let thread: pthread_t? = made
    #endif
    guard code == 0, let thread else {
      body.release()
      return nil
    }
    self.thread = thread
  }

  private static func start(_ body: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    ProcessMemory.preferLargePagesInThread()
    if let body { Unmanaged<Body>.fromOpaque(body).takeRetainedValue().run() }
    return nil
  }

  func join() { pthread_join(thread, nil) }
}
