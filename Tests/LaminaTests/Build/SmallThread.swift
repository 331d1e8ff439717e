import Foundation
import Synchronization

/// A thread with a stack of a given size, as those that call a library may have.
enum SmallThread {
  /// A thread of musl's, one that is not the main thread on macOS, and a main thread.
  static let stackSizes = [128, 512, 8192].map { $0 << 10 }

  /// Does something on such a thread, and waits for it.
  static func run<Result: Sendable>(
    stack: Int, _ work: @escaping @Sendable () -> Result
  ) -> Result? {
    let result = Outcome<Result>()
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      result.value.withLock { $0 = work() }
      done.signal()
    }
    thread.stackSize = stack
    thread.start()
    done.wait()
    return result.value.withLock { $0 }
  }

  private final class Outcome<Result: Sendable>: Sendable {
    let value = Mutex<Result?>(nil)
  }
}
