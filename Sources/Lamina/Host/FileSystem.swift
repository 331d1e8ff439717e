/// Where a build reads from.
///
/// The renderer never touches the machine itself: it asks a file system, which may be the disk, a
/// dictionary in memory, or whatever a caller puts together. Paths are absolute, with `/` between
/// their parts. Methods may be called from several threads at once.
public protocol FileSystem: Sendable {
  /// The canonical form of a path: absolute, without `.` and `..`, all symbolic links followed.
  ///
  /// - Throws: `FileSystemError` where there is nothing at the path, or it cannot be reached.
  func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath

  /// The bytes of the file at a path.
  func read(_ path: String) throws(FileSystemError) -> [UInt8]
}

/// A path with all symbolic links followed, and what is there.
public struct ResolvedPath: Sendable, Equatable {
  public let path: String
  public let isDirectory: Bool

  public init(path: String, isDirectory: Bool) {
    self.path = path
    self.isDirectory = isDirectory
  }
}

/// Why a file system could not do what it was asked for.
public enum FileSystemError: Error, Sendable, Equatable {
  case notFound
  case notADirectory
  case isADirectory
  case permissionDenied
  case tooManyLinks
  /// Anything else, in the words of the system.
  case other(String)
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
