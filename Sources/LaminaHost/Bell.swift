/// Wakes a thread that has nothing to do.
package final class Bell: @unchecked Sendable {
  private let lock = ThreadLock()
  private var rings = 0

  package init() {}

  /// How often it has been rung.
  package var count: Int { lock.withLock { rings } }

  package func ring() { lock.withLock { rings += 1 } }

  /// Waits until it has been rung more often than that.
  package func wait(after count: Int) {
    lock.withLock {
      while rings == count { lock.wait() }
    }
  }
}
