internal import Synchronization

/// Files that many builds have in common: each is read and parsed once, whichever build comes first.
///
/// Made by a caller that renders several roots, and handed to a `Renderer`:
///
///     let files = SharedFiles(DiskFileSystem())
///     let renderer = Renderer(files)
///
/// Files count as unchanged until ``forget(_:)`` is called. May be used from many threads at once.
public final class SharedFiles: FileSystem {
  let base: any FileSystem
  private let directories: KnownDirectories
  /// Errors are kept as well: what is not there is asked for by every build.
  private let resolved = Mutex<[String: Result<ResolvedPath, FileSystemError>]>([:])
  private let contents = Mutex<[String: Result<[UInt8], FileSystemError>]>([:])
  /// The trees of files, by their bytes.
  let parsed: ParsedFiles
  let defaults: BuildDefaults

  /// Nothing is read before a build asks for it.
  ///
  /// - Parameter base: what each file is read from, once.
  public init(_ base: any FileSystem) {
    self.base = base
    directories = KnownDirectories(base)
    parsed = ParsedFiles()
    defaults = BuildDefaults()
  }

  /// Another state of the same files: where both have the same bytes at a path, they are parsed once.
  package init(_ base: any FileSystem, like other: SharedFiles) {
    self.base = base
    directories = KnownDirectories(base)
    parsed = other.parsed
    defaults = other.defaults
  }

  /// Has files looked at anew when a build next asks for them: for a program that goes on while files change.
  ///
  /// Which paths there are is looked up again for all of them, since a new link may lead anywhere. A build that is
  /// under way may see some files as they were and others as they are now: wait for it first.
  ///
  /// - Parameter paths: the files that may have changed, as ``Rendering/filesRead`` names them; nil for all. What
  ///   is known of the content of others stays.
  public func forget(_ paths: [String]? = nil) {
    directories.forget()
    resolved.withLock { $0.removeAll() }
    contents.withLock { contents in
      guard let paths else { return contents.removeAll() }
      for path in paths { contents[path] = nil }
    }
    parsed.forget(paths)
  }

  /// Looks at what may have changed, and forgets what is no longer so.
  ///
  /// Where only the bytes of a file have changed, all that is known of paths stays: a file that an editor saves
  /// costs the reading of that file.
  ///
  /// - Parameter paths: absolute paths of files and directories; nil for all that is known.
  func refresh(_ paths: [String]?) -> FileChanges {
    var changes = FileChanges()
    guard let paths else {
      for path in contents.withLock({ Array($0.keys) }) { compare(path, &changes) }
      forgetPlaces(&changes)
      return changes
    }
    // Paths at which something came or went, or that no build has read.
    var places: Set<String> = []
    for path in paths {
      // It may have been told by way of a link above it.
      let directory = (try? base.resolve(Path.directory(path)))?.path
      let path = directory.map { Path.join($0, Path.lastPart(path)) } ?? path
      if wasFile(path), (try? base.resolve(path)) == ResolvedPath(path: path, isDirectory: false) {
        compare(path, &changes)
      } else {
        places.insert(path)
      }
    }
    if !places.isEmpty {
      for path in contents.withLock({ Array($0.keys) }) where Path.isInside(path, places) {
        compare(path, &changes)
      }
      forgetPlaces(&changes)
    }
    return changes
  }

  private func wasFile(_ path: String) -> Bool {
    contents.withLock { if case .success = $0[path] { true } else { false } }
  }

  /// Reads a file anew, and notes whether that gives what it gave.
  private func compare(_ path: String, _ changes: inout FileChanges) {
    let now: Result<[UInt8], FileSystemError>
    do { now = .success(try base.read(path)) } catch { now = .failure(error) }
    let isSame = contents.withLock { contents in
      if contents[path] == now { return true }
      contents[path] = now
      return false
    }
    if isSame { return }
    changes.files.insert(path)
    if case .failure = now { parsed.forget([path]) }
  }

  private func forgetPlaces(_ changes: inout FileChanges) {
    changes.mayHaveMoved = true
    directories.forget()
    resolved.withLock { $0.removeAll() }
  }

  /// How many files have been parsed so far.
  package var parsedCount: Int { parsed.parsedCount }

  /// A path is resolved once; that it leads nowhere is remembered as well.
  public func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath {
    if let known = resolved.withLock({ $0[path] }) { return try known.get() }
    let result: Result<ResolvedPath, FileSystemError>
    do { result = .success(try directories.resolve(path)) } catch { result = .failure(error) }
    resolved.withLock { $0[path] = result }
    return try result.get()
  }

  public func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    if let known = contents.withLock({ $0[path] }) { return try known.get() }
    let result: Result<[UInt8], FileSystemError>
    do { result = .success(try base.read(path)) } catch { result = .failure(error) }
    // Where two came at once, all go on with the bytes of the first.
    return try contents.withLock { contents in
      let first = contents[path] ?? result
      contents[path] = first
      return first
    }.get()
  }
}

extension SharedFiles {
  public func names(in directory: String) -> [String] { base.names(in: directory) }

  /// What has been read and was found at this very path.
  public func file(inKnownDirectory path: String) -> [UInt8]? {
    guard case .success(let found)? = resolved.withLock({ $0[path] }), !found.isDirectory,
      found.path == path
    else { return nil }
    return contents.withLock { if case .success(let bytes)? = $0[path] { bytes } else { nil } }
  }
}

/// What is no longer as builds found it.
struct FileChanges {
  /// The canonical paths of the files that would be read with other bytes, or not at all.
  var files: Set<String> = []
  /// Whether something may be where it was not, or no longer where it was.
  var mayHaveMoved = false
}
