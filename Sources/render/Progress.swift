#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How far the work is, on a line of the terminal that is written anew; nothing elsewhere, and nothing
/// in the first second.
struct Progress {
  private let total: Int
  private let isWatched = isatty(STDERR_FILENO) == 1 && !MessageOptions.current.isQuiet
  private let start = ContinuousClock.now
  private var isShown = false

  init(total: Int) { self.total = total }

  mutating func show(done: Int) {
    guard isWatched, ContinuousClock.now - start > .seconds(1) else { return }
    StandardError.write("\rrendered \(done) of \(total) roots")
    isShown = true
  }

  /// Takes the line away, so that other messages find an empty one.
  mutating func clear() {
    if isShown { StandardError.write("\r\u{1B}[K") }
    isShown = false
  }
}
