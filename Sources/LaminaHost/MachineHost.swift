public import Lamina

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// Runs programs of this machine, writes to its disk, and fetches with its git.
///
/// It holds no state: calls from several threads do not see each other.
public struct MachineHost: Host {
  /// Where what is fetched is kept; nil where it is fetched anew each time.
  let cacheDirectory: String?
  /// How many programs and threads run at once for one build; nil is as many as there are processors.
  let jobs: Int?
  let limits: FetchLimits
  /// Takes what was done, and for how many seconds, for a person to read; nil where nobody asks.
  let report: Report?
  /// The task of the build, where its own thread has others work for it.
  var caller: CallerTask?
  /// What the build's caller may cancel; nil where there is nothing.
  var token: CancellationToken?

  /// - Parameters:
  ///   - cacheDirectory: where what is fetched is kept, as an absolute path. With nil, or where the
  ///     directory cannot be made, nothing is kept. A directory that others can write to is refused.
  ///   - jobs: how many programs run at once for one build, such as helm for its charts, and whether another
  ///     thread reads a part of its files; nil is as many as there are processors.
  public init(cacheDirectory: String? = MachineHost.usualCacheDirectory, jobs: Int? = nil) {
    self.init(cacheDirectory: cacheDirectory, jobs: jobs, limits: FetchLimits())
  }

  package typealias Report = @Sendable (_ action: String, _ seconds: Double) -> Void

  package init(
    cacheDirectory: String?, jobs: Int? = nil, limits: FetchLimits, report: Report? = nil
  ) {
    self.report = report
    self.cacheDirectory = cacheDirectory
    self.jobs = jobs
    self.limits = limits
  }

  public func cancelled(by token: CancellationToken) -> any Host {
    var host = self
    host.token = token
    return host
  }

  /// `lamina` in the directory of this user's caches, `$XDG_CACHE_HOME` or `~/.cache`.
  public static var usualCacheDirectory: String? { RemoteCache.usualDirectory }

  /// Signals that ask this process to end wait until the program has been stopped (`Interruption`).
  public func run(_ call: ProgramCall) throws(HostFailure) -> ProgramResult {
    try run(call, nil)
  }

  /// Runs a program, and stops it where its caller says so.
  package func run(
    _ call: ProgramCall, stoppedWhen isStopped: () -> Bool
  ) throws(HostFailure) -> ProgramResult { try run(call, nil, isStopped) }

  /// Runs a program that fetches something, and stops it where that is too much or does not come.
  func run(
    _ call: ProgramCall, _ bounds: FetchBounds?, _ isStopped: () -> Bool = { false }
  ) throws(HostFailure) -> ProgramResult {
    let start = ProgramRun.now
    defer { report?("ran \(call.words)", ProgramRun.now - start) }
    let program = try ProgramSearch.path(of: call)
    let interruption = Interruption()
    defer { interruption.end() }
    var run = try ProgramRun(call, program: program)
    if let bounds { run.limitFileSize(bounds.size) }
    return try run.finish(call, interruption, bounds) { isCancelled || isStopped() }
  }

  public func makeTemporaryDirectory() throws(HostFailure) -> String {
    try TemporaryDirectory.make()
  }

  public func removeTemporaryDirectory(_ path: String) {
    TemporaryDirectory.remove(path)
  }

  public func write(_ bytes: [UInt8], to path: String) throws(HostFailure) {
    try TemporaryDirectory.write(bytes, to: path)
  }
}

extension ProgramCall {
  /// The call as it is typed, without the settings that every call of git has.
  fileprivate var words: String {
    var rest = arguments[...]
    if program == "git" {
      while rest.first == "-c" { rest = rest.dropFirst(2) }
    }
    return ([program] + rest).joined(separator: " ")
  }
}

extension HostFailure {
  /// What the system says of an error's number.
  init(_ code: Int32, _ what: String) {
    self = .other("\(what): \(String(cString: strerror(code)))")
  }
}
