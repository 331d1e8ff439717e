import Lamina

/// The way along a path, part by part, with links followed.
///
/// Who walks says what is at each part: the disk, or the trees of a commit. So links lead the same
/// way in both.
struct PathWalk {
  /// The canonical path of the directory, or at the end of the file, that was reached.
  private(set) var directory: String
  private var isDirectory = true
  /// The parts still ahead, the next one last.
  private var rest: [String]
  /// How many links have been followed so far.
  private var followed = 0

  /// As many links as Linux follows.
  private static let limit = 40

  /// - Parameter knownDirectory: a canonical path; what lies below it need not be walked from `/`.
  init(_ path: String, knownDirectory: String) {
    let isBelow = Path.isInside(path, directory: knownDirectory)
    directory = isBelow ? knownDirectory : "/"
    let ahead = isBelow ? path.utf8.dropFirst(knownDirectory.utf8.count) : path.utf8[...]
    rest = Self.parts(of: Substring(ahead)).reversed()
  }

  /// The next part, which is neither `.` nor `..`; nil at the end.
  ///
  /// `..` goes back from where links have led, as the kernel does it.
  mutating func next() -> String? {
    while let part = rest.popLast() {
      switch part {
      case ".": continue
      case "..": directory = Path.directory(directory)
      default: return part
      }
    }
    return nil
  }

  func path(of part: String) -> String {
    directory == "/" ? "/\(part)" : "\(directory)/\(part)"
  }

  /// The path of a part with all that follows it.
  func path(ofAllFrom part: String) -> String {
    ([path(of: part)] + rest.reversed()).joined(separator: "/")
  }

  /// Goes on from what was found at the part.
  mutating func enter(_ found: ResolvedPath) throws(FileSystemError) {
    if !found.isDirectory, !rest.isEmpty { throw .notADirectory }
    directory = found.path
    isDirectory = found.isDirectory
  }

  /// Goes on along the target of a link that was found at the part.
  mutating func follow(_ target: String) throws(FileSystemError) {
    followed += 1
    if followed > Self.limit { throw .tooManyLinks }
    if Path.isAbsolute(target) { directory = "/" }
    rest += Self.parts(of: target[...]).reversed()
  }

  /// What was reached at the end.
  var found: ResolvedPath { ResolvedPath(path: directory, isDirectory: isDirectory) }

  /// The parts between slashes, of which several in a row count as one.
  private static func parts(of path: Substring) -> [String] {
    path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
  }
}
