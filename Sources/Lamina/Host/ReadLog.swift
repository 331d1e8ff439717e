private import Synchronization

/// A file system that remembers what was asked of another one.
package final class ReadLog: BuildFiles {
  private let base: KnownDirectories
  private let keepsLookups: Bool
  private let keepsDigests: Bool
  private let state = Mutex(State())

  private struct State {
    var paths: [String] = []
    var known = NumberSet<PathKey>()
    /// What was found at each path that was looked up; nil is nothing.
    var lookups: [ByteText: ResolvedPath?] = [:]
    /// The SHA-256 of each of `paths`.
    var digests: [[UInt8]] = []
  }

  /// - Parameters:
  ///   - keepsLookups: paths that were looked up are remembered as well, for `difference`.
  ///   - keepsDigests: so are the digests of files as they were read.
  package init(
    _ base: any FileSystem, keepsLookups: Bool = false, keepsDigests: Bool = false
  ) {
    self.base = KnownDirectories(base)
    self.keepsLookups = keepsLookups
    self.keepsDigests = keepsDigests
  }

  /// The files that were read, each once, in the order of the first time.
  package var paths: [String] { state.withLock { $0.paths } }

  /// What was found at each path that was looked up, by the path.
  var lookups: [ByteText: ResolvedPath?] { state.withLock { $0.lookups } }

  /// The paths at which something was looked for and nothing found, in any order, where lookups are kept.
  package var missingPaths: [String] { lookups.filter { $0.value == nil }.map(\.key.string) }

  /// The SHA-256 of each of `paths`, where they are kept.
  var digests: [[UInt8]] { state.withLock { $0.digests } }

  package func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath {
    do {
      let found = try base.resolve(path)
      note(found, at: path)
      return found
    } catch {
      note(nil, at: path)
      throw error
    }
  }

  package func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    let bytes = try base.read(path)
    noteReading(of: path, bytes)
    return bytes
  }

  func file(at path: String) -> [UInt8]? {
    guard let bytes = base.file(at: path) else { return nil }
    note(bytes, readAt: path)
    return bytes
  }

  var unnoted: any BuildFiles { base }

  func note(_ bytes: [UInt8], readAt path: String) {
    note(ResolvedPath(path: path, isDirectory: false), at: path)
    noteReading(of: path, bytes)
  }

  /// Names are asked for by messages only, and make no difference to what is rendered.
  package func names(in directory: String) -> [String] { base.names(in: directory) }

  private func note(_ found: ResolvedPath?, at path: String) {
    if keepsLookups { state.withLock { $0.lookups[path] = .some(found) } }
  }

  private func noteReading(of path: String, _ bytes: [UInt8]) {
    state.withLock { state in
      guard state.known.insert(PathKey(path)) else { return }
      state.paths.append(path)
      if keepsDigests { state.digests.append(Array(SHA256.hash(bytes.span))) }
    }
  }

  /// A path about which another state of the files says something else than this one; nil where what
  /// has asked so far would be told the same, and so would do the same.
  ///
  /// What was looked for and not found counts as well: a file that appears there changes a build.
  package func difference(in other: any FileSystem) -> String? {
    movedPath(in: other) ?? paths.first { (try? other.read($0)) != (try? base.read($0)) }
  }

  /// A path at which another state of the files has something else than this build found; nil where
  /// whatever it looked for is where it was. What is in the files does not count.
  func movedPath(in other: any FileSystem) -> String? {
    lookups.filter { (try? other.resolve($0.key.string)) != $0.value }
      .keys.min()?.string
  }
}
