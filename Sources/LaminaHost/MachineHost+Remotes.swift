public import Lamina

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

extension MachineHost {
  /// A build that may change the files gets a copy of its own; the cache stays as it was fetched.
  public func checkOut(
    _ address: RepositoryAddress, isOffline: Bool, mayChange: Bool
  ) throws(HostFailure) -> Checkout {
    let interruption = Interruption()
    let start = ProgramRun.now
    defer {
      interruption.end()
      report?(
        "took \(address.text) from \(isOffline ? "the cache" : "git")", ProgramRun.now - start)
    }
    var place = try cachePlace(isOffline: isOffline)
    do throws(HostFailure) {
      let checkout = try GitCheckout(host: self, cache: place.cache, address: address)
        .checkout(isOffline: isOffline)
      if place.temporary == nil, !mayChange { return checkout }
      var directory = checkout.directory
      if place.temporary == nil {
        directory = try TemporaryDirectory.make()
        place.temporary = directory
        try DirectoryCopy.copy(checkout.directory, to: directory)
      }
      let end = place
      return Checkout(
        directory: directory, fileSystem: checkout.fileSystem, commit: checkout.commit,
        release: { end.end() })
    } catch {
      place.end()
      throw error
    }
  }

  /// The server is asked each time, as kustomize does it; the cache serves builds that are offline.
  public func download(_ url: String, isOffline: Bool) throws(HostFailure) -> [UInt8] {
    let interruption = Interruption()
    let start = ProgramRun.now
    defer {
      interruption.end()
      report?("took \(url) from \(isOffline ? "the cache" : "the server")", ProgramRun.now - start)
    }
    let place = try cachePlace(isOffline: isOffline)
    defer { place.end() }
    if !isOffline {
      let new = try place.cache.makeDirectory()
      defer { TemporaryDirectory.remove(new) }
      let path = try GitDownload(host: self, url: url, directory: new).fetch()
      try place.cache.take(path, at: url)
    }
    guard let bytes = try place.cache.file(at: url) else { throw .notInCache }
    return bytes
  }

  /// A cache to fetch to, until it is no longer needed.
  private func cachePlace(isOffline: Bool) throws(HostFailure) -> CachePlace {
    if let cacheDirectory, let cache = try RemoteCache(at: cacheDirectory) {
      return CachePlace(cache: cache)
    }
    if isOffline { throw .notInCache }
    let directory = try TemporaryDirectory.make()
    guard let cache = try RemoteCache(at: directory) else { throw HostFailure(EACCES, directory) }
    return CachePlace(cache: cache, temporary: directory)
  }
}

/// A cache in use.
private struct CachePlace {
  let cache: RemoteCache
  /// A directory that is for this use only: the cache itself, or a copy of something in it.
  var temporary: String?

  func end() {
    if let temporary { TemporaryDirectory.remove(temporary) }
  }
}
