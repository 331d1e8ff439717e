internal import Synchronization

/// Files that many builds have in common: each is read and parsed once, whichever build comes first.
///
/// Made by a caller that renders several roots, and handed to a `Renderer`:
///
///     let files = SharedFiles(DiskFileSystem())
///     let renderer = Renderer(files)
///
/// Files count as unchanged until ``forget(_:)`` is called, or until they are more than is kept. May be used from many
/// threads at once.
public final class SharedFiles: FileSystem {
  let base: any FileSystem
  private let directories: KnownDirectories
  private let known = Mutex(Known())
  private let mostBytes: Int
  /// The trees of files, by their bytes.
  let parsed: ParsedFiles
  let defaults: BuildDefaults

  /// What was asked before. Errors are kept as well: what is not there is asked for by every build.
  private struct Known: Sendable {
    var places: [ByteText: Result<ResolvedPath, FileSystemError>] = [:]
    var contents: [ByteText: Result<[UInt8], FileSystemError>] = [:]
    /// About what all that takes.
    var size = 0
    /// Builds may depend on more paths than are known here: on those that a link leads through, and on those that were
    /// forgotten and not looked up again.
    var isPartOfAll = false

    static func size(_ path: String, _ content: Result<[UInt8], FileSystemError>? = nil) -> Int {
      var size = path.utf8.count + 128
      if case .success(let bytes) = content { size += bytes.count }
      return size
    }

    mutating func forgetPlaces() {
      for path in places.keys { size -= Self.size(path.string) }
      places.removeAll()
      isPartOfAll = true
    }

    mutating func forgetAll() {
      self = Known()
      isPartOfAll = true
    }

    /// Whether nothing that was found lies at or below paths, which are no longer there.
    func hasNothing(at gone: Set<ByteText>) -> Bool {
      if isPartOfAll { return false }
      func isGone(_ path: ByteText) -> Bool {
        gone.contains { Path.isInside(path.string, directory: $0.string) }
      }
      let found = places.lazy.filter { if case .success = $0.value { true } else { false } }
      return !found.contains { isGone($0.key) } && !contents.keys.contains(where: isGone)
    }

    mutating func forgetContent(of path: String) {
      if let old = contents.removeValue(forKey: path) { size -= Self.size(path, old) }
    }
  }

  /// Nothing is read before a build asks for it.
  ///
  /// - Parameters:
  ///   - base: what each file is read from, once.
  ///   - mostBytes: how many bytes of files are kept, for programs that go on for days; what is parsed of them takes
  ///     a few times as much. Where a file makes them more, all others are forgotten.
  public init(_ base: any FileSystem, keeping mostBytes: Int = 1 << 30) {
    self.base = base
    self.mostBytes = mostBytes
    directories = KnownDirectories(base)
    parsed = ParsedFiles()
    defaults = BuildDefaults()
  }

  /// Another state of the same files: where both have the same bytes at a path, they are parsed once.
  package init(_ base: any FileSystem, like other: SharedFiles) {
    self.base = base
    mostBytes = other.mostBytes
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
    known.withLock { known in
      guard let paths else { return known.forgetAll() }
      known.forgetPlaces()
      for path in paths { known.forgetContent(of: path) }
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
      for path in known.withLock({ $0.contents.keys.map(\.string) }) { compare(path, &changes) }
      forgetPlaces(&changes)
      return changes
    }
    // Paths at which something came or went, or that no build has read.
    var places: Set<ByteText> = []
    // Those of them at which nothing is.
    var gone: Set<ByteText> = []
    for path in paths {
      // It may have been told by way of a link above it.
      let directory = (try? base.resolve(Path.directory(path)))?.path
      let path = directory.map { Path.join($0, Path.lastPart(path)) } ?? path
      if wasFile(path), (try? base.resolve(path)) == ResolvedPath(path: path, isDirectory: false) {
        compare(path, &changes)
      } else {
        places.insert(path)
        if (try? base.resolve(path)) == nil { gone.insert(path) }
      }
    }
    if places.count == gone.count, leftNoTrace(gone) { return changes }
    if !places.isEmpty {
      for path in known.withLock({ $0.contents.keys.map(\.string) })
      where Path.isInside(path, places) {
        compare(path, &changes)
      }
      forgetPlaces(&changes)
    }
    return changes
  }

  /// Whether paths at which nothing is are no reason to look for anything else: the file that an editor writes beside
  /// another one, and renames.
  ///
  /// What was found where no links are depends on the parts of its path alone, and what was not found does not come
  /// because something else goes.
  private func leftNoTrace(_ gone: Set<ByteText>) -> Bool {
    guard gone.count <= Self.mostGone else { return false }
    return known.withLock { $0.hasNothing(at: gone) }
  }

  /// Each is compared with all paths.
  private static let mostGone = 8

  private func wasFile(_ path: String) -> Bool {
    known.withLock { if case .success = $0.contents[path] { true } else { false } }
  }

  /// Reads a file anew, and notes whether that gives what it gave.
  private func compare(_ path: String, _ changes: inout FileChanges) {
    let now: Result<[UInt8], FileSystemError>
    do { now = .success(try base.read(path)) } catch { now = .failure(error) }
    let isSame = known.withLock { known in
      if known.contents[path] == now { return true }
      known.forgetContent(of: path)
      return false
    }
    if isSame { return }
    _ = keep(now, of: path)
    changes.files.insert(path)
    if case .failure = now { parsed.forget([path]) }
  }

  private func forgetPlaces(_ changes: inout FileChanges) {
    changes.mayHaveMoved = true
    directories.forget()
    known.withLock { known in
      known.forgetPlaces()
      // Whoever is told the changes looks all of them up again.
      known.isPartOfAll = false
    }
  }

  /// How many files have been parsed so far.
  package var parsedCount: Int { parsed.parsedCount }

  /// A path is resolved once; that it leads nowhere is remembered as well.
  public func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath {
    if let place = known.withLock({ $0.places[path] }) { return try place.get() }
    let result: Result<ResolvedPath, FileSystemError>
    do { result = .success(try directories.resolve(path)) } catch { result = .failure(error) }
    keep(Known.size(path)) { known in
      if case .success(let place) = result, !place.path.hasBytes(of: path) {
        known.isPartOfAll = true
      }
      if known.places.updateValue(result, forKey: path) != nil { known.size -= Known.size(path) }
    }
    return try result.get()
  }

  public func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    if let content = known.withLock({ $0.contents[path] }) { return try content.get() }
    let result: Result<[UInt8], FileSystemError>
    do { result = .success(try base.read(path)) } catch { result = .failure(error) }
    return try keep(result, of: path).get()
  }

  /// Saves the look-up of a path of which nothing is asked but the bytes.
  public func file(inKnownDirectory path: String) -> [UInt8]? {
    if let content = known.withLock({ $0.contents[path] }) { return try? content.get() }
    guard let bytes = base.file(inKnownDirectory: path) else { return nil }
    return try? keep(.success(bytes), of: path).get()
  }

  /// Keeps what is in a file. Where two came at once, all go on with the bytes of the first.
  private func keep(
    _ content: Result<[UInt8], FileSystemError>, of path: String
  ) -> Result<[UInt8], FileSystemError> {
    keep(Known.size(path, content)) { known in
      let first = Self.fill(&known.contents[path], with: content)
      if first != nil { known.size -= Known.size(path, content) }
      return first ?? content
    }
  }

  /// Puts a content where there is none; returns the one that was there. A place is looked for once.
  private static func fill(
    _ place: inout Result<[UInt8], FileSystemError>?, with content: Result<[UInt8], FileSystemError>
  ) -> Result<[UInt8], FileSystemError>? {
    if place == nil { place = content } else { return place }
    return nil
  }

  /// Keeps something of a size, and forgets everything else where it would be too much.
  private func keep<Outcome: Sendable>(_ size: Int, _ body: (inout Known) -> Outcome) -> Outcome {
    let (outcome, isTooMuch) = known.withLock { known in
      let isTooMuch = known.size + size > mostBytes && known.size > 0
      if isTooMuch { known.forgetAll() }
      known.size += size
      return (body(&known), isTooMuch)
    }
    if isTooMuch {
      directories.forget()
      parsed.forget(nil)
    }
    return outcome
  }
}

extension SharedFiles {
  public func names(in directory: String) -> [String] { base.names(in: directory) }
}

/// What is no longer as builds found it.
struct FileChanges {
  /// The canonical paths of the files that would be read with other bytes, or not at all.
  var files: Set<ByteText> = []
  /// Whether something may be where it was not, or no longer where it was.
  var mayHaveMoved = false
}
