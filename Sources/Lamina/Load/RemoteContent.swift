internal import Synchronization

/// What one build has fetched, so that nothing is fetched twice.
///
/// The lock is held while something is fetched: a build asks for one thing at a time.
final class RemoteContent: Sendable {
  private let host: (any Host)?
  private let isOffline: Bool
  /// Programs may run that write to what they find.
  private let mayChange: Bool
  /// What other builds could not fetch; nil where there are no others.
  private let answers: SharedAnswers?
  /// Counts what the build reads; nil where nobody has asked for that.
  let watch: BuildWatch?
  private let fetched = Mutex(Fetched())

  private struct Fetched {
    var checkouts: [Place: Checkout] = [:]
    /// Failures as well: what is no file is looked at as a repository, by every layer that names it.
    var files: [ByteText: Result<[UInt8], HostFailure>] = [:]
    /// Servers that said nothing to this build, which may be the only one.
    var silences: [ByteText: HostFailure] = [:]
  }

  /// What decides on the files of a checkout.
  struct Place: Hashable {
    @ByteText var repository: String
    @ByteText var ref: String
    let wantsSubmodules: Bool
  }

  /// What decides on whether a checkout fails.
  struct CheckoutQuestion: Hashable {
    let place: Place
    let timeLimit: Double
    let isOffline: Bool
  }

  /// What decides on whether a file is to be had.
  struct FileQuestion: Hashable {
    @ByteText var url: String
    let isOffline: Bool
  }

  init(
    host: (any Host)?, isOffline: Bool, mayChange: Bool, answers: SharedAnswers? = nil,
    watch: BuildWatch? = nil
  ) {
    self.watch = watch
    self.host = host
    self.isOffline = isOffline
    self.mayChange = mayChange
    self.answers = answers
  }

  /// The files of a repository. A build that fails to get them may ask again, since another layer
  /// may give more time; other builds do not (`SharedAnswers`).
  func checkout(of address: RepositoryAddress) throws(HostFailure) -> Checkout {
    guard let host else { throw .noRemotes }
    let place = Place(
      repository: address.repository, ref: address.ref, wantsSubmodules: address.wantsSubmodules)
    return try fetched.withLock { fetched throws(HostFailure) in
      if let known = fetched.checkouts[place] { return known }
      let server = Self.server(of: address.repository)
      if !isOffline, let silence = fetched.silences[server] ?? answers?.silence(of: server) {
        throw silence
      }
      func checkOut() throws(HostFailure) -> Checkout {
        try host.checkOut(address, isOffline: isOffline, mayChange: mayChange)
      }
      let question = CheckoutQuestion(
        place: place, timeLimit: address.timeLimit, isOffline: isOffline)
      let checkout =
        if let answers { try answers.checkouts.attempt(question, checkOut) } else { try checkOut() }
      fetched.checkouts[place] = checkout
      return checkout
    }
  }

  /// The bytes of a URL. A server that has said nothing once is not asked again.
  func file(at url: String) throws(HostFailure) -> [UInt8] {
    guard let host else { throw .noRemotes }
    return try fetched.withLock { fetched throws(HostFailure) in
      if let known = fetched.files[url] { return try known.get() }
      let server = Self.server(of: url)
      let silence = isOffline ? nil : fetched.silences[server] ?? answers?.silence(of: server)
      func download() throws(HostFailure) -> [UInt8] {
        if let silence { throw silence }
        return try host.download(url, isOffline: isOffline)
      }
      let question = FileQuestion(url: url, isOffline: isOffline)
      let outcome = Result { () throws(HostFailure) in
        if let answers { return try answers.files.attempt(question, download) }
        return try download()
      }
      if case .failure(let failure) = outcome, case .silence = failure {
        fetched.silences[server] = failure
        answers?.note(failure, of: server)
      }
      fetched.files[url] = outcome
      return try outcome.get()
    }
  }

  /// The scheme and the host of a URL.
  private static func server(of url: String) -> String {
    url.parts(at: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3)
      .joined(separator: "/")
  }

  /// Lets the host clean up; nothing can be read any more.
  func release() {
    fetched.withLock { fetched in
      for checkout in fetched.checkouts.values { checkout.release() }
      fetched = Fetched()
    }
  }
}
