#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that this process inherited: its standard input, or a pipe that a shell made
/// for `<(command)`.
///
/// These may be pipes and terminals, for which a build has to wait; the user means it. Other pipes that a
/// kustomization names would make it wait for ever. What this process has opened itself is always closed
/// in the programs that it starts, and known by that.
struct OpenStream {
  /// The descriptor.
  private let number: Int32

  /// A path that names it, which is canonical for a pipe: there is no other.
  var path: String { "/dev/fd/\(number)" }

  /// The stream that a path such as `/dev/stdin` leads to, whatever the path's links; nil where there is
  /// something else.
  init?(at path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(like: status)
  }

  /// The stream that is this file.
  ///
  /// Two descriptors of one file are taken for each other, which does no harm: they read the same.
  init?(like wanted: stat) {
    for number in 0..<Self.limit {
      let flags = fcntl(number, F_GETFD)
      var status = stat()
      if flags >= 0, flags & FD_CLOEXEC == 0, fstat(number, &status) == 0,
        status.st_dev == wanted.st_dev, status.st_ino == wanted.st_ino
      {
        self.number = number
        return
      }
    }
    return nil
  }

  /// Higher numbers are not looked at: shells take the last ones below 64 or 256.
  private static let limit: Int32 = 256

  /// Whether a file is `/dev/null`, which is an empty one to all who read it.
  static func isEmptyDevice(_ status: stat) -> Bool {
    var null = stat()
    return status.st_mode & S_IFMT == S_IFCHR && stat("/dev/null", &null) == 0
      && status.st_rdev == null.st_rdev
  }
}
