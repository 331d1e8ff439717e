/// Which files a kustomization may read.
public enum LoadRestriction: String, Sendable, CaseIterable {
  /// Files in or below the directory of the kustomization, symbolic links followed.
  case rootOnly = "LoadRestrictionsRootOnly"
  /// Any file.
  case none = "LoadRestrictionsNone"
}

/// How one kustomization reads the files it names.
struct DirectoryReader: Sendable {
  let fileSystem: any FileSystem
  let restriction: LoadRestriction
  /// The canonical path of the kustomization's directory.
  let root: String
  /// The directory as a person would write it, for messages.
  let displayRoot: String

  /// A file's bytes, and its path for messages.
  struct File: Sendable {
    let bytes: [UInt8]
    /// The canonical path, by which two mentions of one file are known to be the same.
    let path: String
    let displayPath: String
  }

  /// Reads a file named by the kustomization (internal/loader/fileloader.go `Load`).
  func read(_ path: String) throws(ReadFailure) -> File {
    let full = Path.isAbsolute(path) ? Path.clean(path) : Path.join(root, path)
    let display = Path.isAbsolute(path) ? full : Path.join(displayRoot, path)
    let found: ResolvedPath
    do { found = try fileSystem.resolve(full) } catch { throw .fileSystem(error) }
    if found.isDirectory { throw .fileSystem(.isADirectory) }
    if restriction == .rootOnly, !Path.isInside(Path.directory(found.path), directory: root) {
      throw .outsideRoot(found.path)
    }
    do {
      return File(
        bytes: try fileSystem.read(found.path), path: found.path, displayPath: display)
    } catch { throw .fileSystem(error) }
  }

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
  }
}

extension Problem {
  static func unreadable(
    _ entry: Kustomization.Entry, _ what: String, _ failure: DirectoryReader.ReadFailure,
    in directory: DirectoryReader
  ) -> Problem {
    switch failure {
    case .fileSystem(let error):
      return Problem(
        .unreadable, "cannot read \(what) \"\(entry.text)\": \(error)", at: entry.position,
        path: directory.displayRoot)
    case .outsideRoot:
      return Problem(
        .outsideRoot,
        "\(what) \"\(entry.text)\" is not in or below \(directory.displayRoot), and so may not be read",
        at: entry.position, path: directory.displayRoot,
        hint: "--load-restrictor LoadRestrictionsNone allows it")
    }
  }
}
