private import CMachine
import Lamina

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#elseif canImport(Darwin)
  private import Darwin
#endif

/// A directory inside another one, in which an entry for that one is made until it is whole.
///
///     charts/.lamina-0-5a3ef4.../pull-Xb31fA/shop     while the chart is unpacked
///     charts/shop                                     afterwards
///
/// It is on the same file system as the place of the entry, so that it can be moved there at once, and it
/// is the lock of those who want the entry, so that no other file need be left behind. The system takes
/// the lock from a process that dies. What that has left is removed by the next who gets the lock: the
/// name depends on the user and the entry only. Within it each attempt has a directory of its own, since a
/// program that was started by a process that died may go on writing.
struct StagingDirectory: ~Copyable {
  private let path: String
  /// The open directory, which holds the lock until it is closed.
  private let file: Int32
  /// Nobody else uses the directory.
  private let isLocked: Bool

  /// What became of an attempt to have the lock.
  enum Outcome: ~Copyable {
    case entered(StagingDirectory)
    /// Somebody else has it.
    case taken
    /// The directory, or the one that it is in, was removed meanwhile: it can be made anew.
    case vanished
  }

  /// Makes the directory and locks it, without waiting.
  ///
  /// - Parameter isLastTry: what vanishes all the time is no work of others: the file system has no such
  ///   directory, or no lasting names for it, and then no locks either.
  static func enter(
    in parent: String, for name: String, isLastTry: Bool
  ) throws(HostFailure) -> Outcome {
    let path = "\(parent)/.lamina-\(geteuid())-\(name.shortDigest)"
    if mkdir(path, 0o700) != 0, errno != EEXIST {
      if errno == ENOENT, !isLastTry { return .vanished }
      throw HostFailure(errno, path)
    }
    let file = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    if file < 0 {
      if errno == ENOENT, !isLastTry { return .vanished }
      throw HostFailure(errno, path)
    }
    var isLocked = true
    if flock(file, LOCK_EX | LOCK_NB) != 0 {
      if errno == EWOULDBLOCK {
        close(file)
        return .taken
      }
      isLocked = false
    }
    let directory = StagingDirectory(path: path, file: file, isLocked: isLocked && !isLastTry)
    return isLastTry || directory.isInPlace ? .entered(directory) : .vanished
  }

  private init(path: String, file: Int32, isLocked: Bool) {
    self.path = path
    self.file = file
    self.isLocked = isLocked
  }

  /// Gives the lock back.
  deinit { close(file) }

  /// Whether the path still leads to the directory that is locked.
  private var isInPlace: Bool {
    var own = stat()
    var found = stat()
    return fstat(file, &own) == 0 && lstat(path, &found) == 0 && own.st_ino == found.st_ino
      && own.st_dev == found.st_dev
  }

  private static let attemptPrefix = "pull-"

  /// Makes an empty directory for an attempt, and removes those of processes that have died.
  func makeAttempt() throws(HostFailure) -> String {
    if isLocked { removeAttempts() }
    return try TemporaryDirectory.make(in: path, prefix: Self.attemptPrefix)
  }

  private func removeAttempts() {
    for name in DirectoryCopy.names(in: path) where name.begins(with: Self.attemptPrefix) {
      TemporaryDirectory.remove("\(path)/\(name)")
    }
  }

  /// Removes the directory, unless another process uses it without a lock.
  consuming func remove() { rmdir(path) }
}
