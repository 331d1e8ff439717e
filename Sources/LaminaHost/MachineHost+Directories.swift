public import Lamina

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

extension MachineHost {
  /// The interval between checks whether another process has finished.
  private static let pause: UInt32 = 20_000

  /// Has an entry made in a directory of its own, which others wait for, and moves it to its place
  /// when it is whole (`StagingDirectory`).
  ///
  /// A chart that several builds want is pulled once.
  public func addToDirectory(
    _ directory: String, unlessExists entry: String,
    _ make: (_ directory: String) throws(HostFailure) -> Bool
  ) throws(HostFailure) {
    // Nothing half done is left behind when this process is asked to end.
    let interruption = Interruption()
    defer { interruption.end() }
    var made: [String] = []
    // Those that are empty again, because it did not work, go as they came.
    defer { for path in made.reversed() { rmdir(path) } }
    var triesLeft = 100
    while !Self.isDirectory(entry) {
      made += try TemporaryDirectory.makeDirectories(above: "\(directory)/")
      let outcome = try StagingDirectory.enter(
        in: directory, for: Path.lastPart(entry), isLastTry: triesLeft == 0)
      switch consume outcome {
      case .vanished: triesLeft -= 1
      case .taken:
        if isCancelled { throw .cancelled }
        if let signal = interruption.signal { throw .other("signal \(signal) stopped it") }
        usleep(Self.pause)
      case .entered(let staging):
        let outcome = Result { () throws(HostFailure) in
          if !Self.isDirectory(entry) { try Self.add(to: directory, from: staging, make) }
        }
        staging.remove()
        return try outcome.get()
      }
    }
  }

  /// Makes the entry and what comes with it, and moves all of it.
  private static func add(
    to directory: String, from staging: borrowing StagingDirectory,
    _ make: (_ directory: String) throws(HostFailure) -> Bool
  ) throws(HostFailure) {
    let attempt = try staging.makeAttempt()
    defer { TemporaryDirectory.remove(attempt) }
    guard try make(attempt) else { return }
    for name in DirectoryCopy.names(in: attempt) {
      let place = "\(directory)/\(name)"
      // Where there are no locks, or another program is at work, the first who is done wins.
      if rename("\(attempt)/\(name)", place) != 0 {
        let failure = HostFailure(errno, place)
        if !isDirectory(place) { throw failure }
      }
    }
  }

  /// Whether a path leads to a directory, through links or not.
  private static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}

extension String {
  /// Half a digest in hexadecimal digits: a name of a file whatever the text holds.
  var shortDigest: String { String(RemoteCache.digest(self).prefix(32)) }
}
