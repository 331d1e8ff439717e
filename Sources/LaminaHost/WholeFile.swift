import Lamina

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writing files whole or not at all: the bytes go to a file beside the one in question, which then takes
/// its name.
package enum WholeFile {
  /// Writes a file that the user named.
  ///
  /// Where the path is a symbolic link, what it leads to is written, and the link stays. What is not a
  /// plain file, such as a pipe or `/dev/stdout`, is written to as it is, as kustomize does.
  package static func write(_ bytes: ArraySlice<UInt8>, to path: String) throws(FileFailure) {
    let place = try FinalPlace(of: DiskFileSystem.absolute(path))
    if place.isStream || place.mode != nil && !place.isRegular {
      try writeInPlace(bytes, to: path)
    } else {
      try write(bytes, at: place)
    }
  }

  /// Throws where something is at a path that is no regular file and no directory: a pipe or a device.
  package static func checkIsRegular(_ path: String) throws(FileFailure) {
    let place = try FinalPlace(of: DiskFileSystem.absolute(path))
    if place.isStream { throw FileFailure("it is an open stream, not a regular file") }
    guard let mode = place.mode, !place.isRegular, !place.isDirectory else { return }
    throw FileFailure(FileKind.notAFile(mode))
  }

  /// - Parameter place: that of a regular file, or of nothing.
  static func write(_ bytes: ArraySlice<UInt8>, at place: FinalPlace) throws(FileFailure) {
    // Who may not write to a file does not want it to be written, even where the directory allows it.
    if place.mode != nil, access(place.path, W_OK) != 0 { throw FileFailure(errno) }
    var file: Int32 = -1
    let directory = Path.directory(place.path)
    let temporary = ProcessEnd.unfinished { makeFile(in: directory, &file) }
    guard let temporary else { throw FileFailure(errno) }
    defer { ProcessEnd.finished(temporary) }
    var code = writeAll(bytes, to: file)
    if code == 0 { keepOwner(of: place.path, for: file) }
    if close(file) != 0, code == 0 { code = errno }
    if code == 0, rename(temporary, place.path) != 0 { code = errno }
    if code != 0 {
      unlink(temporary)
      throw FileFailure(code)
    }
  }

  /// Makes a file that nobody else has, with the permissions that the user's mask leaves to new files.
  private static func makeFile(in directory: String, _ file: inout Int32) -> String? {
    for _ in 0..<100 {
      let number = String(UInt64.random(in: 0...(.max)), radix: 36)
      // Short, for the name of the file itself may be as long as names can be.
      let path = Path.join(directory, ".render-\(number)")
      file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
      if file >= 0 { return path }
      if errno != EEXIST { return nil }
    }
    return nil
  }

  /// A file that is replaced keeps its permissions, and its owner as far as this user can give files away.
  private static func keepOwner(of path: String, for file: Int32) {
    var old = stat()
    var new = stat()
    guard lstat(path, &old) == 0, fstat(file, &new) == 0 else { return }
    if old.st_uid != new.st_uid || old.st_gid != new.st_gid {
      _ = fchown(file, old.st_uid, old.st_gid)
    }
    fchmod(file, old.st_mode & 0o777)
  }

  /// Writes to what is there: a pipe or a device has no other place.
  private static func writeInPlace(
    _ bytes: ArraySlice<UInt8>, to path: String
  ) throws(FileFailure) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0o666)
    guard file >= 0 else { throw FileFailure(errno) }
    defer { close(file) }
    let code = writeAll(bytes, to: file)
    // A reader that has had enough is no error, as on standard output.
    if code != 0, code != EPIPE { throw FileFailure(code) }
  }

  /// Writes all bytes, however the system cuts them; returns 0 or the error's number.
  package static func writeAll(_ bytes: ArraySlice<UInt8>, to file: Int32) -> Int32 {
    bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let count = writeSome(
          file, buffer.baseAddress.map { $0 + done }, buffer.count - done)
        if count > 0 {
          done += count
        } else if errno != EINTR {
          return errno
        }
      }
      return 0
    }
  }
}

/// The system's `write`, which the method of that name would hide.
private func writeSome(_ file: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
  write(file, buffer, count)
}
