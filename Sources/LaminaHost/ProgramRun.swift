private import CMachine
import Lamina

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// One run of a program, from its start to its end, served by the thread that asks for it.
///
/// The system's own calls and not a library: those there are work with tasks and threads of their
/// own, which a blocking call would have to wait for, and which cost time at start. What is read and
/// written goes through `poll`, so that neither side waits for the other.
///
/// `MachineHostTests` has programs that print without end, close their outputs, leave children
/// behind and do not read their input.
struct ProgramRun: ~Copyable {
  /// The number of the process, which is that of its group as well.
  private let process: Int32
  private var input: Pipe
  private var output: Pipe
  private var errors: Pipe
  /// How many bytes of the input the program has taken.
  private var written = 0
  /// What came from its standard output.
  private var printed: [UInt8] = []
  /// What came from its standard error.
  private var complained: [UInt8] = []
  /// The system has been asked how it ended, and the number may be another's.
  private var isReaped = false

  /// What becomes of pipes that the program's own children keep open after its end.
  private static let silenceAfterEnd = 1.0
  /// How often the clock is looked at while nothing happens.
  private static let tick: Int32 = 50

  /// - Parameter keepsListening: the program is to be asked, with what the call does not say yet.
  init(
    _ call: ProgramCall, program: String, keepsListening: Bool = false
  ) throws(HostFailure) {
    var input = try Pipe()
    var output = try Pipe()
    var errors = try Pipe()
    let spawn = ProgramSpawn(input: input.reading, output: output.writing, errors: errors.writing)
    let process = try spawn.start(call, program: program)
    input.closeReading()
    output.closeWriting()
    errors.closeWriting()
    input.doNotWait(on: input.writing)
    output.doNotWait(on: output.reading)
    errors.doNotWait(on: errors.reading)
    if call.input.isEmpty, !keepsListening { input.closeWriting() }
    self.process = process
    self.input = input
    self.output = output
    self.errors = errors
  }

  /// Stops all that is left of the program, which is nothing unless it was to be stopped.
  deinit {
    if isReaped { return }
    kill(-process, SIGKILL)
    kill(process, SIGKILL)
    machine_unlist_program(process)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
  }

  /// No file that the program and what it starts write grows beyond this, where the system can be told
  /// so: a program that fetches is looked at now and then, and writes fast.
  func limitFileSize(_ bytes: Int) {
    // One more, so that a file that was cut off is seen to be too large.
    machine_limit_file_size(process, UInt64(bytes) + 1)
  }

  /// Feeds the program and reads it until its end.
  ///
  /// - Parameters:
  ///   - bounds: what the program may fetch, if it does.
  ///   - isCancelled: whether nobody wants the outcome any more.
  mutating func finish(
    _ call: ProgramCall, _ interruption: Interruption, _ bounds: FetchBounds? = nil,
    isCancelled: () -> Bool = { Task.isCancelled }
  ) throws(HostFailure) -> ProgramResult {
    let start = Self.now
    var watch = bounds.map { FetchWatch($0) }
    var lastHeard = start
    while output.reading >= 0 || errors.reading >= 0 || !hasEnded {
      let heard = try exchange(call.input, call)
      if written == call.input.count, input.writing >= 0 { input.closeWriting() }
      let now = Self.now
      if heard { lastHeard = now }
      try Self.checkWhetherToStop(call, since: start, interruption, isCancelled())
      try watch?.check(complained, now: now)
      if !heard, now - lastHeard >= Self.silenceAfterEnd, hasEnded { break }
    }
    let status = reap()
    try watch?.checkEnd(status, complained)
    return ProgramResult(status: status, output: printed, errors: complained)
  }

  /// Asks a program that keeps listening, and reads until its answer ends with these bytes.
  mutating func ask(
    _ question: [UInt8], until end: [UInt8], _ call: ProgramCall, _ interruption: Interruption
  ) throws(HostFailure) -> [UInt8] {
    let start = Self.now
    written = 0
    printed.removeAll(keepingCapacity: true)
    while written < question.count || !printed.ends(with: end) {
      if output.reading < 0 || input.writing < 0 { throw .other(try lastWords(call)) }
      _ = try exchange(question, call)
      try Self.checkWhetherToStop(call, since: start, interruption, Task.isCancelled)
    }
    return printed
  }

  /// What a program complained of that has ended before its time.
  private mutating func lastWords(_ call: ProgramCall) throws(HostFailure) -> String {
    input.closeWriting()
    while errors.reading >= 0 { if try !exchange([], call), hasEnded { break } }
    return GitProgram.complaint(complained)
  }

  /// Throws where the build was cancelled, the process is to end, or the time is up.
  private static func checkWhetherToStop(
    _ call: ProgramCall, since start: Double, _ interruption: Interruption,
    _ isCancelled: Bool
  ) throws(HostFailure) {
    if isCancelled { throw .cancelled }
    if let signal = interruption.signal { throw .other("signal \(signal) stopped it") }
    if let limit = call.timeLimit, now - start >= limit { throw .timeLimit(seconds: limit) }
  }

  /// Waits until something can be read or written, or a tick is over; returns whether something was.
  private mutating func exchange(
    _ question: [UInt8], _ call: ProgramCall
  ) throws(HostFailure) -> Bool {
    let isAsking = written < question.count
    var ends = [
      pollfd(fd: isAsking ? input.writing : -1, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: output.reading, events: Int16(POLLIN), revents: 0),
      pollfd(fd: errors.reading, events: Int16(POLLIN), revents: 0),
    ]
    let areClosed = output.reading < 0 && errors.reading < 0
    guard poll(&ends, nfds_t(ends.count), areClosed ? 1 : Self.tick) > 0 else { return false }
    if ends[0].revents != 0 { feed(question) }
    if ends[1].revents != 0 {
      try Self.read(&output, into: &printed, limit: call.outputLimit)
    }
    if ends[2].revents != 0 {
      try Self.read(&errors, into: &complained, limit: call.outputLimit)
    }
    return true
  }

  /// Writes as much as the pipe takes. A program need not read all that it is given.
  private mutating func feed(_ bytes: [UInt8]) {
    let count = bytes.withUnsafeBytes { buffer in
      write(input.writing, buffer.baseAddress.map { $0 + written }, buffer.count - written)
    }
    if count > 0 { written += count }
    let isBroken = count < 0 && errno != EINTR && errno != EAGAIN
    if isBroken { input.closeWriting() }
  }

  /// Takes what has come, and closes the pipe at its end.
  private static func read(
    _ pipe: inout Pipe, into bytes: inout [UInt8], limit: Int
  ) throws(HostFailure) {
    let count = withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { buffer in
      let count = readSome(pipe.reading, buffer.baseAddress, buffer.count)
      if count > 0 { bytes.append(contentsOf: buffer[..<count]) }
      return count
    }
    if bytes.count > limit { throw .outputLimit(bytes: limit) }
    if count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN) { pipe.closeReading() }
  }

  /// Whether the program has ended; it can still be asked how.
  private var hasEnded: Bool {
    var information = siginfo_t()
    let code = waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT)
    return code != 0 && errno != EINTR || information.si_signo != 0
  }

  /// Asks how the program ended. What it has started and left behind is stopped before: as long as nobody
  /// has asked, the number of the program's group is no other's.
  private mutating func reap() -> ProgramResult.Status {
    kill(-process, SIGKILL)
    machine_unlist_program(process)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      // Somebody else in this process has asked how it ended, which can be asked but once.
      if errno != EINTR { break }
    }
    isReaped = true
    return ProgramResult.Status(waited: status)
  }

  /// Seconds of a clock that nobody sets.
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

extension ProgramResult.Status {
  /// How a process ended, as the system packs it.
  init(waited status: Int32) {
    let signal = status & 0x7f
    self = signal == 0 ? .exited(status >> 8 & 0xff) : .signalled(signal)
  }
}

extension [UInt8] {
  fileprivate func ends(with end: [UInt8]) -> Bool {
    count >= end.count && self[(count - end.count)...].elementsEqual(end)
  }
}

/// The system's `read`, which the method of that name would hide.
private func readSome(_ file: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(file, buffer, count)
}
