/// The directory in which a build stays by the paths that kustomizations write, wherever links lead.
///
/// Build systems make trees of links: in a sandbox of Bazel each file is a link to a place outside. The usual
/// restriction follows links first and then refuses the file, as kustomize does
/// (kubernetes-sigs/kustomize#4420, #5216). A load root is asked before any link is followed: a path is joined to
/// the path of its kustomization, `..` taken off by its text, and must be in or below the directory. So a link is
/// as good as what it leads to, and who may put links into the directory decides on what is read.
///
/// An object: readers of directories without one are copied as they were.
final class LoadRoot: Sendable {
  /// As the caller wrote it, clean.
  private let written: String
  /// With links followed, for roots that are named by the other path.
  private let canonical: String

  /// - Parameter directory: an absolute path.
  init(_ directory: String, in fileSystem: some FileSystem) throws(Problem) {
    written = Path.clean(directory)
    let found: ResolvedPath
    do { found = try fileSystem.resolve(written) } catch {
      throw .noLoadRoot(directory, "\(error)")
    }
    guard found.isDirectory else { throw .noLoadRoot(directory, "not a directory") }
    canonical = found.path
  }

  /// Whether a clean absolute path, of which no link has been followed, is in or below the directory.
  func contains(_ path: String) -> Bool { directory(of: path) != nil }

  /// The directory by the name that a path begins with.
  func directory(of path: String) -> String? {
    [written, canonical].first { Path.isInside(path, directory: $0) }
  }

  /// The directory as the caller wrote it.
  var display: String { written }
}

extension Problem {
  fileprivate static func noLoadRoot(_ path: String, _ error: String) -> Problem {
    Problem(.outsideLoadRoot, "cannot use the load root \"\(path)\": \(error)")
  }

  /// - Parameter what: the words for it, such as `resource`.
  static func outsideLoadRoot(
    _ text: String, _ what: String, _ loadRoot: LoadRoot, at position: Position = .none
  ) -> Problem {
    Problem(
      .outsideLoadRoot,
      "\(what) \"\(text)\" is not in or below the load root \(loadRoot.display), and so may not be read",
      at: position)
  }
}
