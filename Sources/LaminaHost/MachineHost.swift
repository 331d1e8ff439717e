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

  /// - Parameter cacheDirectory: where what is fetched is kept, as an absolute path. With nil, or where
  ///   the directory cannot be made, nothing is kept.
  public init(cacheDirectory: String? = MachineHost.usualCacheDirectory) {
    self.cacheDirectory = cacheDirectory
  }

  /// `lamina` in the directory of this user's caches, `$XDG_CACHE_HOME` or `~/.cache`.
  public static var usualCacheDirectory: String? { RemoteCache.usualDirectory }

  public func run(_ call: ProgramCall) throws(HostFailure) -> ProgramResult {
    let program = try ProgramSearch.path(of: call)
    let interruption = Interruption()
    defer { interruption.end() }
    var run = try ProgramRun(call, program: program)
    return try run.finish(call, interruption)
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

extension HostFailure {
  /// What the system says of an error's number.
  init(_ code: Int32, _ what: String) {
    self = .other("\(what): \(String(cString: strerror(code)))")
  }
}
