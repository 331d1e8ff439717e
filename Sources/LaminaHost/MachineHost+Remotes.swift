public import Lamina

extension MachineHost {
  public func checkOut(
    _ address: RepositoryAddress, isOffline: Bool
  ) throws(HostFailure) -> Checkout {
    let place = try cachePlace(isOffline: isOffline)
    do throws(HostFailure) {
      let checkout = try GitCheckout(host: self, cache: place.cache, address: address)
        .checkout(isOffline: isOffline)
      if !place.isTemporary { place.end() }
      return Checkout(
        directory: checkout.directory, fileSystem: checkout.fileSystem, commit: checkout.commit,
        release: { if place.isTemporary { place.end() } })
    } catch {
      place.end()
      throw error
    }
  }

  public func download(_ url: String, isOffline: Bool) throws(HostFailure) -> [UInt8] {
    let place = try cachePlace(isOffline: isOffline)
    defer { place.end() }
    let file = place.cache.file(at: url)
    if !isOffline {
      let new = try place.cache.makeDirectory()
      defer { TemporaryDirectory.remove(new) }
      let path = try GitDownload(host: self, url: url, directory: new).fetch()
      try place.cache.take(path, as: file)
    }
    do { return try DiskFileSystem().read(file) } catch {
      throw isOffline ? .notInCache : .other("\(file): \(error)")
    }
  }

  /// A cache to fetch to, until it is no longer needed. Meanwhile signals that would end the process
  /// wait, so that nothing half done is left behind.
  private func cachePlace(isOffline: Bool) throws(HostFailure) -> CachePlace {
    let interruption = Interruption()
    if let cacheDirectory, let cache = try? RemoteCache(at: cacheDirectory) {
      return CachePlace(cache: cache, isTemporary: false, interruption: interruption)
    }
    do throws(HostFailure) {
      if isOffline { throw .notInCache }
      let cache = try RemoteCache(at: try TemporaryDirectory.make())
      return CachePlace(cache: cache, isTemporary: true, interruption: interruption)
    } catch {
      interruption.end()
      throw error
    }
  }
}

/// A cache in use.
private struct CachePlace: Sendable {
  let cache: RemoteCache
  /// It is only for this use.
  let isTemporary: Bool
  let interruption: Interruption

  func end() {
    if isTemporary { TemporaryDirectory.remove(cache.directory) }
    interruption.end()
  }
}
