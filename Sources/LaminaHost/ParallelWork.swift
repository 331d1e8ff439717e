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
/// tasks: a build blocks, and needs a large stack for deep input (`WorkThread`).
///
/// `ParallelWorkTests` has counts and numbers of jobs of every kind, and pieces of which one takes
/// long.
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
    let queue = WorkQueue(count: count, jobs: jobs, work)
    // Where the system gives no threads, the caller does all the work.
    let threads = (1..<min(jobs, count)).compactMap { worker in
      WorkThread { queue.workUntilDone(as: worker) }
    }
    for index in 0..<count { receive(index, queue.outcome(of: index, orWorkAs: 0)) }
    for thread in threads { thread.join() }
  }
}

/// The pieces of work that are still to be done, and the outcomes that nobody has taken yet.
///
/// A thread takes some pieces that follow each other: neighbours have most in common, and two threads that
/// want the same file wait for each other. When there are no more, it takes half of what another has left.
private final class WorkQueue<Outcome: Sendable>: @unchecked Sendable {
  private let lock = ThreadLock()
  private let work: @Sendable (Int) -> Outcome
  private let count: Int
  /// How far the work may be ahead of the one who takes the outcomes: they need memory.
  private let ahead: Int
  /// The first piece that no thread has taken.
  private var next = 0
  /// What each thread has taken and not begun.
  private var ranges: [Range<Int>]
  private var taken = 0
  private var outcomes: [Int: Outcome] = [:]

  init(count: Int, jobs: Int, _ work: @escaping @Sendable (Int) -> Outcome) {
    self.count = count
    self.work = work
    ahead = jobs * 32
    ranges = Array(repeating: 0..<0, count: jobs)
  }

  /// What a thread can do next.
  private enum Turn {
    case work(Int)
    case take(Outcome)
  }

  /// What a thread does from its beginning to its end.
  func workUntilDone(as worker: Int) {
    while let index = lock.withLock({ waitForPiece(worker) }) { finish(index) }
  }

  /// The outcome of a piece of work, those before which have been taken. Works until it is there.
  func outcome(of wanted: Int, orWorkAs worker: Int) -> Outcome {
    while true {
      switch turn(wanted, worker) {
      case .take(let outcome): return outcome
      case .work(let index): finish(index)
      }
    }
  }

  /// Does a piece, outside of the lock, and puts down its outcome.
  private func finish(_ index: Int) {
    let outcome = work(index)
    lock.withLock { outcomes[index] = outcome }
  }

  /// Takes the outcome that is wanted, or else a piece of work, or waits for either.
  private func turn(_ wanted: Int, _ worker: Int) -> Turn {
    lock.withLock {
      while true {
        if let outcome = outcomes.removeValue(forKey: wanted) {
          taken = wanted + 1
          return .take(outcome)
        }
        if let index = piece(for: worker) { return .work(index) }
        lock.wait()
      }
    }
  }

  // MARK: - Under the lock

  /// The next piece for a thread, once it may be begun; nil where there is none.
  private func waitForPiece(_ worker: Int) -> Int? {
    while true {
      if let index = piece(for: worker) { return index }
      if ranges[worker].isEmpty { return nil }
      lock.wait()
    }
  }

  /// The next piece for a thread; nil where there is none, or it is too far ahead.
  private func piece(for worker: Int) -> Int? {
    if ranges[worker].isEmpty { takeRange(worker) }
    guard let index = ranges[worker].first, index < taken + ahead else { return nil }
    ranges[worker].removeFirst()
    return index
  }

  /// Takes up to eight new pieces, fewer towards the end so that all end at the same time; or the
  /// second half of what the thread with most has left.
  private func takeRange(_ worker: Int) {
    if next < count {
      let some = max((count - next) / (ranges.count * 4), 1)
      ranges[worker] = next..<(next + min(some, 8))
      next = ranges[worker].upperBound
    } else if let richest = ranges.indices.max(by: { ranges[$0].count < ranges[$1].count }) {
      let (start, end) = (ranges[richest].lowerBound, ranges[richest].upperBound)
      ranges[richest] = start..<(start + (end - start) / 2)
      ranges[worker] = ranges[richest].upperBound..<end
    }
  }
}
