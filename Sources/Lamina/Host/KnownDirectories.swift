private import Synchronization

/// A file system that is asked the short way for whatever stands in a directory whose canonical path is
/// known: most paths of a build do.
final class KnownDirectories: BuildFiles {
  private let base: any FileSystem
  /// By their canonical paths.
  private let directories = Mutex(NumberSet<PathKey>())

  init(_ base: any FileSystem) { self.base = base }

  func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath {
    var found: ResolvedPath?
    if isInKnownDirectory(path) { found = try base.entry(inKnownDirectory: path) }
    let place: ResolvedPath
    if let found { place = found } else { place = try base.resolve(path) }
    if place.isDirectory { note(place.path) }
    return place
  }

  func file(at path: String) -> [UInt8]? {
    isInKnownDirectory(path) ? base.file(inKnownDirectory: path) : nil
  }

  var unnoted: any BuildFiles { self }

  func note(_ bytes: [UInt8], readAt path: String) {}

  func read(_ path: String) throws(FileSystemError) -> [UInt8] { try base.read(path) }

  func names(in directory: String) -> [String] { base.names(in: directory) }

  func forget() { directories.withLock { $0 = NumberSet() } }

  private func isInKnownDirectory(_ path: String) -> Bool {
    guard Path.isClean(path) else { return false }
    let directory = PathKey(Path.directory(path))
    return directories.withLock { $0.contains(directory) }
  }

  /// Notes a directory; those above it have canonical paths as well.
  private func note(_ directory: String) {
    directories.withLock { directories in
      var directory = directory
      while directories.insert(PathKey(directory)) { directory = Path.directory(directory) }
    }
  }
}
