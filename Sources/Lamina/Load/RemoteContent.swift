internal import Synchronization

/// What one build has fetched, so that nothing is fetched twice.
final class RemoteContent: Sendable {
  private let host: (any Host)?
  private let isOffline: Bool
  /// Programs may run that write to what they find.
  private let mayChange: Bool
  private let fetched = Mutex(Fetched())

  private struct Fetched {
    var checkouts: [Place: Checkout] = [:]
    /// Failures as well: what is no file is looked at as a repository, by every layer that names it.
    var files: [String: Result<[UInt8], HostFailure>] = [:]
  }

  /// What decides on the files of a checkout.
  private struct Place: Hashable {
    let repository: String
    let ref: String
    let wantsSubmodules: Bool
  }

  init(host: (any Host)?, isOffline: Bool, mayChange: Bool) {
    self.host = host
    self.isOffline = isOffline
    self.mayChange = mayChange
  }

  func checkout(of address: RepositoryAddress) throws(HostFailure) -> Checkout {
    guard let host else { throw .noRemotes }
    let place = Place(
      repository: address.repository, ref: address.ref, wantsSubmodules: address.wantsSubmodules)
    return try fetched.withLock { fetched throws(HostFailure) in
      if let known = fetched.checkouts[place] { return known }
      let checkout = try host.checkOut(
        address, isOffline: isOffline, mayChange: mayChange)
      fetched.checkouts[place] = checkout
      return checkout
    }
  }

  func file(at url: String) throws(HostFailure) -> [UInt8] {
    guard let host else { throw .noRemotes }
    return try fetched.withLock { fetched throws(HostFailure) in
      if let known = fetched.files[url] { return try known.get() }
      let outcome = Result { () throws(HostFailure) in
        try host.download(url, isOffline: isOffline)
      }
      fetched.files[url] = outcome
      return try outcome.get()
    }
  }

  /// Lets the host clean up; nothing can be read any more.
  func release() {
    fetched.withLock { fetched in
      for checkout in fetched.checkouts.values { checkout.release() }
      fetched = Fetched()
    }
  }
}
