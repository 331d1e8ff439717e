private import CMachine
import Lamina

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// A pipe to or from a program. Its ends are closed at the latest when the value goes away.
///
/// Programs that other threads start do not inherit the ends (`machine_pipe`); else a pipe would
/// stay open when its program has ended.
struct Pipe: ~Copyable {
  /// The ends; -1 for one that was closed.
  private(set) var reading: Int32
  private(set) var writing: Int32

  init() throws(HostFailure) {
    var ends: [Int32] = [-1, -1]
    guard machine_pipe(&ends) == 0 else { throw HostFailure(errno, "pipe") }
    (reading, writing) = (Self.raised(ends[0]), Self.raised(ends[1]))
  }

  deinit {
    if reading >= 0 { close(reading) }
    if writing >= 0 { close(writing) }
  }

  /// Tells the writer that nobody reads any more.
  mutating func closeReading() {
    close(reading)
    reading = -1
  }

  /// Tells the reader that this was all.
  mutating func closeWriting() {
    close(writing)
    writing = -1
  }

  /// Makes calls on one of the ends return at once. The other end is the program's, and waits.
  func doNotWait(on end: Int32) {
    _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
  }

  /// Not one of the three numbers that the program's own streams get.
  private static func raised(_ end: Int32) -> Int32 {
    if end > 2 { return end }
    let raised = fcntl(end, F_DUPFD_CLOEXEC, 3)
    close(end)
    return raised
  }
}
