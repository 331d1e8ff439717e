/// Where a build reads from.
///
/// The renderer never touches the machine itself: it asks a file system, which may be the disk, a
/// dictionary in memory, or whatever a caller puts together. Paths are absolute, with `/` between
/// their parts. Methods may be called from several threads at once, and give the same for as long as a
/// build runs.
public protocol FileSystem: Sendable {
  /// The canonical form of a path: absolute, without `.` and `..`, all symbolic links followed.
  ///
  /// Called for each file and directory that kustomizations name, and to find out whether there is
  /// something at all.
  ///
  /// - Parameter path: an absolute path. What the caller wrote, as the path of the build's root, is
  ///   handed on as it is; all others are without `.`, `..` and empty parts.
  /// - Throws: `FileSystemError` where there is nothing at the path, or it cannot be reached.
  func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath

  /// The bytes of the file at a path.
  ///
  /// - Parameter path: a canonical path, as `resolve` gave it. `Renderer.roots(among:in:)` also asks for
  ///   files in a canonical directory without knowing whether they are there.
  /// - Throws: `FileSystemError` where the file cannot be read.
  func read(_ path: String) throws(FileSystemError) -> [UInt8]

  /// The names of what is in a directory, in any order, for messages that guess which one was meant.
  ///
  /// Called only for a build that fails. A file system that cannot tell gives none, as the implementation
  /// that is there already does.
  ///
  /// - Parameter directory: a canonical path, as `resolve` gave it.
  func names(in directory: String) -> [String]

  /// What is at a path in a directory whose canonical path is known: a short way, since `resolve` looks at
  /// every part of a path, each time.
  ///
  /// - Parameter path: its parts but for the last are canonical.
  /// - Returns: nil where a symbolic link is there, and always where the file system has no way that is
  ///   shorter than `resolve`, as the implementation that is there already says.
  /// - Throws: what `resolve` would.
  func entry(inKnownDirectory path: String) throws(FileSystemError) -> ResolvedPath?

  /// The bytes of the file at such a path.
  ///
  /// - Returns: nil where there is something else, nothing, or a symbolic link, where the file cannot be
  ///   read, and always where the file system has no way that is shorter than `resolve` and `read`, as the
  ///   implementation that is there already says.
  func file(inKnownDirectory path: String) -> [UInt8]?
}

extension FileSystem {
  public func names(in directory: String) -> [String] { [] }

  public func entry(inKnownDirectory path: String) throws(FileSystemError) -> ResolvedPath? { nil }

  public func file(inKnownDirectory path: String) -> [UInt8]? { nil }
}

/// A path with all symbolic links followed, and what is there.
public struct ResolvedPath: Sendable, Equatable, Codable {
  /// The canonical path: two paths of one file or directory have the same.
  public let path: String
  /// Whether a directory is there, and not a file.
  public let isDirectory: Bool

  /// Says what is at a canonical path.
  public init(path: String, isDirectory: Bool) {
    self.path = path
    self.isDirectory = isDirectory
  }

  /// Paths are compared by their bytes, as the system does.
  public static func == (one: ResolvedPath, other: ResolvedPath) -> Bool {
    one.isDirectory == other.isDirectory && one.path.hasBytes(of: other.path)
  }
}

/// Why a file system could not do what it was asked for.
public enum FileSystemError: Error, Sendable, Equatable {
  /// There is nothing at the path.
  case notFound
  /// A part of the path before the last is a file.
  case notADirectory
  /// The path of a file is wanted, and there is a directory.
  case isADirectory
  /// The file is there, but may not be read.
  case permissionDenied
  /// Symbolic links lead to each other, or there are too many of them.
  case tooManyLinks
  /// Anything else, in the words of the system.
  case other(String)
}

extension FileSystemError {
  /// There is no file at the path, but nothing, or a directory.
  var meansNoFile: Bool { [.notFound, .notADirectory, .isADirectory].contains(self) }
}

extension FileSystemError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notFound: "no such file or directory"
    case .notADirectory: "not a directory"
    case .isADirectory: "is a directory"
    case .permissionDenied: "permission denied"
    case .tooManyLinks: "too many levels of symbolic links"
    case .other(let words): words
    }
  }
}
