import Lamina

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where a path leads on the disk once all symbolic links are followed, whether something is there or not.
///
/// `realpath` knows only what is there, and does not say which link led where.
///
/// Used by all that writes to files, whose last part need not be there yet.
package struct FinalPlace {
  /// Canonical, as far as its directories are there.
  package let path: String
  /// The kind and permissions of what is there; nil where nothing is.
  let mode: mode_t?
  /// The last link on the way that stood in the directory that was asked about.
  let lastLinkInside: String?
  /// The way goes through one of the links that stand for open files, such as `/dev/stdout`.
  let isStream: Bool

  /// - Parameters:
  ///   - path: an absolute path.
  ///   - directory: a canonical path; links in it are remembered.
  package init(of path: String, inside directory: String = "/") throws(FileFailure) {
    var walk = PathWalk(path, knownDirectory: "/")
    var mode: mode_t? = S_IFDIR
    var link: String?
    var isStream = false
    do throws(FileSystemError) {
      while let part = walk.next() {
        let path = walk.path(of: part)
        var status = stat()
        if mode != nil, lstat(path, &status) == 0 {
          mode = status.st_mode
        } else if mode == nil || errno == ENOENT {
          mode = nil
        } else {
          throw FileSystemError(errno)
        }
        if mode.map({ $0 & S_IFMT == S_IFLNK }) == true {
          if Path.isInside(walk.directory, directory: directory) { link = path }
          if Self.holdsStreams(walk.directory) { isStream = true }
          guard let target = DirectoryCopy.target(ofLink: path) else {
            throw FileSystemError(errno)
          }
          // An open file without a name has none that could be followed: `pipe:[4711]`.
          try walk.follow(target)
          mode = S_IFDIR
        } else {
          let isDirectory = mode.map { $0 & S_IFMT == S_IFDIR } ?? true
          try walk.enter(ResolvedPath(path: path, isDirectory: isDirectory))
        }
      }
    } catch { throw FileFailure(error) }
    self.path = walk.found.path
    self.mode = mode
    lastLinkInside = link
    self.isStream = isStream
  }

  /// `/dev` has `stdin`, `stdout` and `stderr`; on Linux they lead to `/proc/self/fd`.
  private static func holdsStreams(_ directory: String) -> Bool {
    directory == "/dev" || Path.isInside(directory, directory: "/dev/fd")
      || Path.isInside(directory, directory: "/proc")
  }

  package var isDirectory: Bool { mode.map { $0 & S_IFMT == S_IFDIR } ?? false }

  /// What is written there is found there afterwards, unlike in a pipe or a device.
  package var isKept: Bool { !isStream && (mode == nil || isRegular || isDirectory) }

  package var isRegular: Bool { mode.map { $0 & S_IFMT == S_IFREG } ?? false }
}
