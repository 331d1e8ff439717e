import Lamina

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// A directory of the cache, which is this user's, and which nobody else can write to.
///
/// What is in the cache is built as if its servers had just said it, and some of it is removed: no
/// directory is used that another user could have put there, and no link is followed.
///
/// It stays open, and what is in it is opened, made and moved through that: in the directory that
/// was looked at, even if its path leads elsewhere meanwhile. `CacheDirectoryTests` tries links and
/// modes.
final class CacheDirectory: Sendable {
  /// Canonical, since no directory of the cache may be a link.
  let path: String
  /// The open directory.
  private let file: Int32

  /// Opens the cache's own directory, which is made where it is missing, readable by its owner only.
  ///
  /// - Returns: nil where it cannot be made or written to.
  /// - Throws: where it is there and not to be trusted.
  static func top(at path: String) throws(HostFailure) -> CacheDirectory? {
    guard (try? TemporaryDirectory.makeDirectories(above: path)) != nil,
      let parent = realpath(Path.directory(path), nil)
    else { return nil }
    defer { free(parent) }
    let place = Path.join(String(cString: parent), Path.lastPart(path))
    if mkdir(place, 0o700) != 0, errno != EEXIST { return nil }
    guard let top = try CacheDirectory(place, place, in: AT_FDCWD) else { return nil }
    return access(place, W_OK) == 0 ? top : nil
  }

  /// Opens a directory in this one; nil where there is none.
  func directory(_ name: String) throws(HostFailure) -> CacheDirectory? {
    try CacheDirectory("\(path)/\(name)", name, in: file)
  }

  /// Opens a directory in this one, and makes it where it is missing.
  func madeDirectory(_ name: String) throws(HostFailure) -> CacheDirectory {
    if mkdirat(file, name, 0o700) != 0, errno != EEXIST {
      throw HostFailure(errno, "\(path)/\(name)")
    }
    guard let made = try directory(name) else { throw HostFailure(ENOENT, "\(path)/\(name)") }
    return made
  }

  /// Nil where there is nothing of that name.
  ///
  /// `O_NOFOLLOW` refuses a link, `O_DIRECTORY` a file; the owner and the mode are those of what
  /// was opened, not of what the name leads to afterwards.
  private init?(_ path: String, _ name: String, in parent: Int32) throws(HostFailure) {
    let file = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    if file < 0 {
      switch errno {
      case ENOENT: return nil
      case ENOTDIR, ELOOP: throw .cacheIsNoDirectory(path)
      default:
        let failure = HostFailure(errno, path)
        var status = stat()
        let isForeign =
          fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && status.st_uid != geteuid()
        throw isForeign ? .cacheIsForeign(path) : failure
      }
    }
    self.path = path
    self.file = file
    var status = stat()
    guard fstat(file, &status) == 0 else { throw HostFailure(errno, path) }
    guard status.st_uid == geteuid() else { throw .cacheIsForeign(path) }
    guard status.st_mode & (S_IWGRP | S_IWOTH) == 0 else { throw .cacheIsOpen(path) }
  }

  deinit { close(file) }

  // MARK: - Contents

  /// The bytes of a file; nil where there is none, or something else.
  func read(_ name: String) -> [UInt8]? {
    DiskFileSystem().file(inKnownDirectory: "\(path)/\(name)")
  }

  /// Takes a new thing into this directory. Where another process was faster with a directory, its one
  /// stays.
  func take(_ new: String, as name: String) throws(HostFailure) {
    if renameat(AT_FDCWD, new, file, name) != 0, errno != EEXIST, errno != ENOTEMPTY {
      throw HostFailure(errno, "\(path)/\(name)")
    }
  }

  /// Removes directories of this user's that have not changed for a time, if they are called so.
  ///
  /// - Parameter isMeant: is asked of each name; others that lie there are not ours.
  func removeDirectories(unchangedFor seconds: Int, where isMeant: (String) -> Bool) {
    for name in DirectoryCopy.names(in: path) where isMeant(name) {
      var status = stat()
      guard fstatat(file, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
        status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid(),
        time(nil) - Self.changed(status) > seconds
      else { continue }
      TemporaryDirectory.remove("\(path)/\(name)")
    }
  }

  /// The time of the last change, in seconds since 1970.
  private static func changed(_ status: stat) -> Int {
    #if canImport(Darwin)
      status.st_mtimespec.tv_sec
    #else
      status.st_mtim.tv_sec
    #endif
  }
}

extension HostFailure {
  private static let otherPlace =
    "or name another place with XDG_CACHE_HOME, or build without a cache"

  fileprivate static func cacheIsNoDirectory(_ path: String) -> HostFailure {
    .other("\(path) in the cache is a link or a file, not a directory: remove it, \(otherPlace)")
  }

  fileprivate static func cacheIsForeign(_ path: String) -> HostFailure {
    .other("\(path) in the cache belongs to another user: remove it, \(otherPlace)")
  }

  fileprivate static func cacheIsOpen(_ path: String) -> HostFailure {
    .other(
      "other users can write to \(path) in the cache: remove it, since they may have, \(otherPlace)"
    )
  }
}
