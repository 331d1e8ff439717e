private import Synchronization

/// A file system that is asked the short way, if it has one, for whatever stands in a directory whose
/// canonical path is known: most paths of a build do.
final class KnownDirectories: BuildFiles {
  private let base: any FileSystem
  /// The same, if it knows a short way.
  private let direct: (any DirectFileSystem)?
  /// By their canonical paths.
  private let directories = Mutex<Set<String>>([])

  init(_ base: any FileSystem) {
    self.base = base
    direct = base as? any DirectFileSystem
  }

  func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath {
    guard let direct else { return try base.resolve(path) }
    var found: ResolvedPath?
    if isInKnownDirectory(path) { found = try direct.entry(at: path) }
    let place: ResolvedPath
    if let found { place = found } else { place = try base.resolve(path) }
    if place.isDirectory { note(place.path) }
    return place
  }

  func file(at path: String) -> [UInt8]? {
    guard let direct, isInKnownDirectory(path) else { return nil }
    return direct.file(at: path)
  }

  func read(_ path: String) throws(FileSystemError) -> [UInt8] { try base.read(path) }

  func names(in directory: String) -> [String] { base.names(in: directory) }

  private func isInKnownDirectory(_ path: String) -> Bool {
    guard Path.isClean(path) else { return false }
    let directory = Path.directory(path)
    return directories.withLock { $0.contains(directory) }
  }

  /// Notes a directory; those above it have canonical paths as well.
  private func note(_ directory: String) {
    directories.withLock { directories in
      var directory = directory
      while directories.insert(directory).inserted { directory = Path.directory(directory) }
    }
  }
}
