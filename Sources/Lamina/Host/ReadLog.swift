private import Synchronization

/// A file system that remembers what was asked of another one.
package final class ReadLog: FileSystem {
  private let base: any FileSystem
  /// The same, if it knows a short way.
  private let direct: (any DirectFileSystem)?
  private let keepsLookups: Bool
  private let state = Mutex(State())

  private struct State {
    var paths: [String] = []
    var known: Set<String> = []
    /// Directories by their canonical paths.
    var directories: Set<String> = []
    /// What was found at each path that was looked up; nil is nothing.
    var lookups: [String: ResolvedPath?] = [:]
  }

  /// - Parameter keepsLookups: paths that were looked up are remembered as well, for `difference`.
  package init(_ base: any FileSystem, keepsLookups: Bool = false) {
    self.base = base
    direct = base as? any DirectFileSystem
    self.keepsLookups = keepsLookups
  }

  /// The files that were read, each once, in the order of the first time.
  package var paths: [String] { state.withLock { $0.paths } }

  package func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath {
    if let found = entry(at: path) {
      note(found, at: path)
      return found
    }
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
    state.withLock { state in
      if state.known.insert(path).inserted { state.paths.append(path) }
    }
    return bytes
  }

  private func note(_ found: ResolvedPath?, at path: String) {
    state.withLock { state in
      if let found, found.isDirectory { state.directories.insert(found.path) }
      if keepsLookups { state.lookups[path] = .some(found) }
    }
  }

  /// What is at a path in a directory that is known: most paths of a build are.
  private func entry(at path: String) -> ResolvedPath? {
    guard let direct else { return nil }
    let directory = Path.directory(path)
    let isKnown = state.withLock { $0.directories.contains(directory) }
    return isKnown ? direct.entry(at: path) : nil
  }

  /// A path about which another state of the files says something else than this one; nil where what
  /// has asked so far would be told the same, and so would do the same.
  ///
  /// What was looked for and not found counts as well: a file that appears there changes a build.
  package func difference(in other: any FileSystem) -> String? {
    let (paths, lookups) = state.withLock { ($0.paths, $0.lookups) }
    let moved = lookups.filter { (try? other.resolve($0.key)) != $0.value }.keys.min()
    return moved ?? paths.first { (try? other.read($0)) != (try? base.read($0)) }
  }
}
