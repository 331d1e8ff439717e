/// How one kustomization reads the files it names.
///
/// It knows what may be read, where files come from (this machine, a repository, a server), and
/// what they are called in messages. Each layer has one; a layer below begins with a copy.
struct DirectoryReader: Sendable {
  /// Of the machine, or of the repository's checkout.
  let fileSystem: any BuildFiles
  let restriction: LoadRestriction
  /// Takes the place of the restriction, where the caller has named one.
  var loadRoot: LoadRoot?
  /// The canonical path of the kustomization's directory.
  var root: String
  /// The absolute path of the directory as it was written, links and all; nil without a load root.
  var unresolvedRoot: String?
  /// The directory as a person would write it; in a repository, its path from the top.
  var writtenRoot: String
  /// What messages write before paths: `main:` for the files of a revision. It is no part of the first directory,
  /// which a `..` would take away.
  var prefix = ""
  /// Fetches remote resources.
  let remotes: RemoteContent
  /// Notes what is read for which layer.
  var log: LayerLog?
  /// The repository that the directory was read from.
  var source: RemoteSource?

  /// What messages call the directory.
  var displayRoot: String { source?.displayPath(writtenRoot) ?? prefixed(writtenRoot) }

  /// A file's bytes, and its path for messages.
  struct File: Sendable {
    let bytes: [UInt8]
    /// The canonical path, by which two mentions of one file are known to be the same.
    let path: String
    let displayPath: String
    var isRemote = false
  }

  /// Judges paths by a load root from now on.
  ///
  /// - Parameter path: the absolute path of the directory, of which no link has been followed.
  mutating func stay(
    in loadRoot: LoadRoot, from path: String, _ displayPath: String
  ) throws(Problem) {
    guard let start = [Path.clean(path), root].first(where: loadRoot.contains) else {
      throw .outsideLoadRoot(displayPath, "directory", loadRoot)
    }
    self.loadRoot = loadRoot
    unresolvedRoot = start
  }

  /// Reads a file named by the kustomization (internal/loader/fileloader.go `Load`).
  ///
  /// - Parameter known: what `bytesAhead` has given for the same path.
  func read(_ path: String, known: [UInt8]? = nil) throws(ReadFailure) -> File {
    let file = RemoteFile.isURL(path) ? try download(path) : try open(path, known)
    remotes.watch?.noteInput(file.bytes.count, of: file.displayPath)
    note(file)
    return file
  }

  /// Reads a file of the file system.
  ///
  /// If the path leads through no link, reading it at once saves resolving it (`BuildFiles.file`);
  /// the slow way resolves first and then decides whether the file may be read. Both refuse what
  /// lies outside; `KnownDirectoriesTests` compares them.
  private func open(_ path: String, _ known: [UInt8]?) throws(ReadFailure) -> File {
    let full = absolute(path)
    let display = Path.isAbsolute(path) ? full : displayPath(of: path)
    if let loadRoot, !loadRoot.contains(full) { throw .outsideLoadRoot(loadRoot) }
    if let known {
      fileSystem.note(known, readAt: full)
      return File(bytes: known, path: full, displayPath: display)
    }
    if mayRead(full), let bytes = fileSystem.file(at: full) {
      return File(bytes: bytes, path: full, displayPath: display)
    }
    let found: ResolvedPath
    do { found = try fileSystem.resolve(full) } catch { throw .fileSystem(error) }
    if found.isDirectory { throw .fileSystem(.isADirectory) }
    if !mayRead(found.path) { throw .outsideRoot(found.path) }
    do {
      return File(
        bytes: try fileSystem.read(found.path), path: found.path, displayPath: display)
    } catch { throw .fileSystem(error) }
  }

  /// What `read` would read the short way, for a thread that reads it before the build gets there; nil for all else.
  func bytesAhead(_ path: String) -> [UInt8]? {
    if RemoteFile.isURL(path) { return nil }
    let full = absolute(path)
    guard loadRoot?.contains(full) ?? true, mayRead(full) else { return nil }
    return fileSystem.unnoted.file(at: full)
  }

  /// What was probably meant by a path that leads nowhere.
  fileprivate func suggestion(
    for path: String, _ error: FileSystemError, _ wanted: PathSuggestion.Wanted
  ) -> String? {
    guard error == .notFound || error == .notADirectory, !path.isEmpty else { return nil }
    let full = absolute(path)
    let inside =
      loadRoot.map { $0.directory(of: full) } ?? (restriction == .rootOnly ? root : nil)
    let search = PathSuggestion(
      fileSystem: fileSystem, wanted: wanted, inside: wanted == .file ? inside : nil)
    return search.nearest(to: path, at: full).map { "did you mean \"\($0)\"?" }
  }

  /// The absolute path of a path that the kustomization names.
  func absolute(_ path: String) -> String {
    Path.isAbsolute(path) ? Path.clean(path) : Path.join(unresolvedRoot ?? root, path)
  }

  /// - Parameter path: the canonical path of a file.
  private func mayRead(_ path: String) -> Bool {
    loadRoot != nil || restriction == .none || Path.isInside(path, directory: root)
  }

  /// The load restriction does not concern what a URL names.
  private func download(_ url: String) throws(ReadFailure) -> File {
    do {
      return File(
        bytes: try remotes.file(at: url), path: url, displayPath: url, isRemote: true)
    } catch { throw .remote(error) }
  }

  /// What messages call a file that the kustomization names.
  func displayPath(of path: String) -> String {
    let written = Path.join(writtenRoot, path)
    return source?.displayPath(written) ?? prefixed(written)
  }

  private func prefixed(_ path: String) -> String { prefix.isEmpty ? path : prefix + path }

  /// Reads a file, with words for a failure that say who asked for it.
  func read(
    _ entry: Kustomization.Entry, as what: String
  ) throws(Problem) -> File {
    do { return try read(entry.text) } catch { throw .unreadable(entry, what, error, in: self) }
  }

  enum ReadFailure: Error {
    case fileSystem(FileSystemError)
    /// The file, with links followed, lies elsewhere.
    case outsideRoot(String)
    /// The path, as it was written, leads out of the load root.
    case outsideLoadRoot(LoadRoot)
    /// The file could not be fetched.
    case remote(HostFailure)

    /// There is no file at the path, but nothing, or a directory.
    var meansNoFile: Bool {
      guard case .fileSystem(let error) = self else { return false }
      return error.meansNoFile
    }
  }
}

extension Problem {
  /// - Parameters:
  ///   - wanted: what could have been meant by a path that leads nowhere.
  ///   - hint: what to do, where it is known.
  static func unreadable(
    _ entry: Kustomization.Entry, _ what: String, _ failure: DirectoryReader.ReadFailure,
    in directory: DirectoryReader, wanted: PathSuggestion.Wanted = .file, hint: String? = nil
  ) -> Problem {
    switch failure {
    case .fileSystem(let error):
      return Problem(
        .fileNotReadable, "cannot read \(what) \"\(entry.text)\": \(error)", at: entry.position,
        path: directory.displayRoot,
        hint: hint ?? directory.suggestion(for: entry.text, error, wanted))
    case .remote(let error):
      return .notFetched(entry.text, what, error, at: entry.position)
    case .outsideLoadRoot(let loadRoot):
      return .outsideLoadRoot(entry.text, what, loadRoot, at: entry.position)
    case .outsideRoot where directory.source != nil:
      return Problem(
        .fileOutsideRepository,
        "\(what) \"\(entry.text)\" is not in or below \(directory.displayRoot), and so may not be read",
        at: entry.position, path: directory.displayRoot,
        hint: "in a repository, files are read from the directory of their kustomization only")
    case .outsideRoot:
      return Problem(
        .fileOutsideRoot,
        "\(what) \"\(entry.text)\" is not in or below \(directory.displayRoot), and so may not be read",
        at: entry.position, path: directory.displayRoot,
        option: .anyFile)
    }
  }

  /// What lies elsewhere could not be fetched.
  static func notFetched(
    _ text: String, _ what: String, _ failure: HostFailure, at position: Position
  ) -> Problem {
    Problem(
      .notFetched, "cannot fetch \(what) \"\(text)\": \(failure)", at: position,
      option: failure == .notInCache ? .online : nil)
  }
}
