private import Synchronization

/// A file system that remembers which of another one's files were read.
final class ReadLog: FileSystem {
  private let base: any FileSystem
  private let state = Mutex(State())

  private struct State {
    var paths: [String] = []
    var known: Set<String> = []
  }

  init(_ base: any FileSystem) { self.base = base }

  /// The files that were read, each once, in the order of the first time.
  var paths: [String] { state.withLock { $0.paths } }

  func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath {
    try base.resolve(path)
  }

  func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    let bytes = try base.read(path)
    state.withLock { state in
      if state.known.insert(path).inserted { state.paths.append(path) }
    }
    return bytes
  }
}
