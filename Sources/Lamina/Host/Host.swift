/// What a build may ask of the world beyond reading files: to run programs and to fetch what lies
/// elsewhere.
///
/// The renderer does none of this itself. Without a host a build that would need one fails with a
/// message; with one it asks for nothing that the build's options do not allow. Methods block until
/// they are done, and may be called from several threads at once.
public protocol Host: Sendable {
  /// Runs a program to its end. An exit status other than 0 is no failure of the host.
  func run(_ call: ProgramCall) throws(HostFailure) -> ProgramResult

  /// Makes an empty directory that only this build knows, and returns its path.
  func makeTemporaryDirectory() throws(HostFailure) -> String

  /// Removes a directory that `makeTemporaryDirectory` made, with everything in it.
  func removeTemporaryDirectory(_ path: String)

  /// Writes a file, and the directories above it where they are missing.
  func write(_ bytes: [UInt8], to path: String) throws(HostFailure)

  /// Brings the files of a repository, as they are at the address's ref, to where they can be read.
  ///
  /// - Parameters:
  ///   - address: the repository, the directory in it that is wanted, and the ref.
  ///   - isOffline: only what was brought here before may be used.
  ///   - mayChange: programs that the build runs may write to the files, so that they must be this
  ///     build's own.
  func checkOut(
    _ address: RepositoryAddress, isOffline: Bool, mayChange: Bool
  ) throws(HostFailure) -> Checkout

  /// The bytes of a file that is served by `http` or `https`.
  ///
  /// - Parameters:
  ///   - url: the file's address.
  ///   - isOffline: only what was brought here before may be used.
  func download(_ url: String, isOffline: Bool) throws(HostFailure) -> [UInt8]

  /// Adds to a directory what a program makes, so that others see it whole or not at all.
  ///
  /// The program writes to an empty directory of its own, and what it leaves there is moved. Of several
  /// builds and processes that want the same entry, one makes it and the others wait for it.
  ///
  /// - Parameters:
  ///   - directory: where the entries are to be, an absolute path. It is made where it is missing.
  ///   - entry: the path of the directory that is wanted; where it is there, nothing is done.
  ///   - make: runs the program for the directory it is given. What is there is moved if this returns
  ///     true, and removed otherwise.
  func addToDirectory(
    _ directory: String, unlessExists entry: String,
    _ make: (_ directory: String) throws(HostFailure) -> Bool
  ) throws(HostFailure)

  /// A host that does the same, and gives up with `HostFailure.cancelled` soon after a token is cancelled: what
  /// one build asks, whose caller has handed in the token or set a limit of time.
  ///
  /// A host that always answers soon need not look at tokens, as the implementation that is there already says.
  func cancelled(by token: CancellationToken) -> any Host

  /// Does pieces of work that do not need each other, as many at once as the host likes.
  ///
  /// - Parameters:
  ///   - count: the number of pieces.
  ///   - work: does the piece of an index, and asks the host that it is given for what it needs.
  /// - Returns: the outcomes, in the order of the pieces.
  func concurrentMap<Outcome: Sendable>(
    _ count: Int, _ work: @escaping @Sendable (_ index: Int, _ host: any Host) -> Outcome
  ) -> [Outcome]

  /// Begins with a piece of work on another thread, and returns at once: a build that reads much has another
  /// processor read a part of it.
  ///
  /// - Returns: false where the work has not been begun, and will not be.
  func start(_ work: @escaping @Sendable () -> Void) -> Bool
}

extension Host {
  /// The program writes to the directory itself: nobody else is expected to look there.
  public func addToDirectory(
    _ directory: String, unlessExists entry: String,
    _ make: (_ directory: String) throws(HostFailure) -> Bool
  ) throws(HostFailure) {
    _ = try make(directory)
  }

  /// The host itself, which looks at no token.
  public func cancelled(by token: CancellationToken) -> any Host { self }

  /// One piece after the other.
  public func concurrentMap<Outcome: Sendable>(
    _ count: Int, _ work: @escaping @Sendable (_ index: Int, _ host: any Host) -> Outcome
  ) -> [Outcome] {
    (0..<count).map { work($0, self) }
  }

  /// A build does all its work on the thread that it was called on.
  public func start(_ work: @escaping @Sendable () -> Void) -> Bool { false }

  /// A host need not fetch anything.
  public func checkOut(
    _ address: RepositoryAddress, isOffline: Bool, mayChange: Bool
  ) throws(HostFailure) -> Checkout {
    throw .noRemotes
  }

  /// A host need not fetch anything.
  public func download(_ url: String, isOffline: Bool) throws(HostFailure) -> [UInt8] {
    throw .noRemotes
  }
}

/// Why a host could not do what it was asked for.
public enum HostFailure: Error, Sendable, Equatable {
  /// There is no such program, neither at its path nor in the directories of `PATH`.
  case programNotFound(String)
  /// The program did not end in time, and was stopped.
  case timeLimit(seconds: Double)
  /// The program printed more than the call allows, and was stopped.
  case outputLimit(bytes: Int)
  /// A server answered with a status other than success.
  case status(Int)
  /// A server said nothing for so long that it was given up.
  case silence(seconds: Double)
  /// What was fetched is larger than the host allows; the rest was not fetched.
  case sizeLimit(bytes: Int)
  /// The build's task was cancelled.
  case cancelled
  /// A build that may not use the network needs something that no earlier one has fetched.
  case notInCache
  /// This host fetches nothing.
  case noRemotes
  /// Anything else, in the words of the system.
  case other(String)
}

extension HostFailure: CustomStringConvertible {
  public var description: String {
    switch self {
    case .programNotFound(let program): "there is no program \"\(program)\""
    case .timeLimit(let seconds):
      "it did not end within \(seconds.words) seconds, and was stopped"
    case .outputLimit(let bytes): "it printed more than \(bytes) bytes, and was stopped"
    case .status(let code): "the server answered with status \(code)"
    case .silence(let seconds):
      "the server said nothing for \(seconds.words) seconds, and was given up"
    case .sizeLimit(let bytes): "it is larger than \(bytes) bytes, and was not fetched to its end"
    case .cancelled: "the build was cancelled"
    case .notInCache: "it is not in the cache, and this build is offline"
    case .noRemotes: "this build cannot fetch anything"
    case .other(let words): words
    }
  }
}
