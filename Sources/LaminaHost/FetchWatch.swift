private import CMachine
import Lamina

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// What a program may fetch.
///
/// The size is that of the whole directory, in blocks, since git writes packs, files and an index.
struct FetchBounds: Sendable {
  let directory: String
  /// The directory that is fetched to may not hold more bytes.
  let size: Int
  /// How many seconds may pass before the server answers; nil leaves that to the program's time limit.
  var silence: Double?
}

/// Looks at what a program fetches while it runs, and stops it where that is too much, or nothing.
///
/// It belongs to one run. git is told how slow a transfer may be; the size of what comes, and how
/// long the first answer takes, are looked at here.
struct FetchWatch: ~Copyable {
  private let bounds: FetchBounds
  private let start = ProgramRun.now
  /// When the directory is to be looked at again.
  private var nextLook = 0.0
  private var hasAnswered: Bool
  /// How much of the trace has been looked at.
  private var lookedAtErrors = 0

  init(_ bounds: FetchBounds) {
    self.bounds = bounds
    hasAnswered = bounds.silence == nil
  }

  /// Called each time something was read or written, and twenty times a second otherwise.
  ///
  /// - Parameter errors: what the program has complained of so far, among it git's trace of a transfer.
  mutating func check(_ errors: [UInt8], now: Double) throws(HostFailure) {
    try checkAnswer(errors, now: now)
    guard now >= nextLook else { return }
    try checkSize()
    // A look at many files takes some time, and must not take most of it.
    let cost = ProgramRun.now - now
    nextLook = now + max(0.05, cost * 10)
  }

  /// Called when the program has ended.
  func checkEnd(_ status: ProgramResult.Status, _ errors: [UInt8]) throws(HostFailure) {
    try checkSize()
    // The system ended a program, or one that git has started, that went on writing to a file: what it
    // has written may be gone.
    let words = "died of signal \(SIGXFSZ)"
    if status == .signalled(SIGXFSZ)
      || GitProgram.lines(of: errors.suffix(4096)).contains(where: { $0.ends(with: words) })
    {
      throw .sizeLimit(bytes: bounds.size)
    }
  }

  /// Refuses what is too large.
  private func checkSize() throws(HostFailure) {
    if machine_directory_size(bounds.directory) > UInt64(bounds.size) {
      throw .sizeLimit(bytes: bounds.size)
    }
  }

  /// The first header that comes is the answer; what follows has the limit that git was told.
  private mutating func checkAnswer(_ errors: [UInt8], now: Double) throws(HostFailure) {
    guard !hasAnswered, let limit = bounds.silence else { return }
    let header = "Recv header".utf8
    if errors.count > lookedAtErrors {
      // A header may have come in two pieces.
      let new = errors[max(lookedAtErrors - header.count, 0)...]
      hasAnswered = new.indices.contains { new[$0...].starts(with: header) }
      lookedAtErrors = errors.count
    }
    if !hasAnswered, now - start >= limit { throw .silence(seconds: limit) }
  }
}
