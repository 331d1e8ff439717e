#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a file could not be written.
struct OutputFailure: Error {
  let path: String
  let reason: String
}

enum StandardOutput {
  /// Writes everything. A reader that has gone away is no error: `render . | head -1` is a fair use.
  static func write(_ bytes: [UInt8]) throws(OutputFailure) {
    signal(SIGPIPE, SIG_IGN)
    let code = writeAll(bytes[...], to: STDOUT_FILENO)
    guard code == 0 || code == EPIPE else {
      throw OutputFailure(path: "standard output", reason: String(cString: strerror(code)))
    }
  }
}

extension StandardOutput {
  /// Writes a text, or ends with a message and this status.
  static func print(_ text: String, statusOfFailure: Int32 = 1) {
    do { try write(Array(text.utf8)) } catch {
      fail("\(error.path): error: cannot write: \(error.reason)", status: statusOfFailure)
    }
  }
}

enum StandardError {
  static func write(_ text: String) {
    _ = writeAll(Array(text.utf8)[...], to: STDERR_FILENO)
  }
}

enum OutputFile {
  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Writes a file whole or not at all: the bytes go to a file beside it, which then takes its name.
  static func write(_ bytes: ArraySlice<UInt8>, to path: String) throws(OutputFailure) {
    // What is not a plain file, such as /dev/stdout, is written to as it is.
    if isSpecial(path) { return try writeInPlace(bytes, to: path) }
    var name = Array("\(path).XXXXXX".utf8CString)
    let file = mkstemp(&name)
    guard file >= 0 else { throw failure(path, errno) }
    let temporary = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let mask = umask(0)
    umask(mask)
    fchmod(file, 0o666 & ~mask)
    var code = writeAll(bytes, to: file)
    if close(file) != 0, code == 0 { code = errno }
    if code == 0, rename(temporary, path) != 0 { code = errno }
    if code != 0 {
      unlink(temporary)
      throw failure(path, code)
    }
  }

  /// Removes a file, and the directories above it that are empty then.
  static func remove(_ path: String) throws(OutputFailure) {
    guard unlink(path) == 0 || errno == ENOENT else { throw failure(path, errno) }
    var directory = path.split(separator: "/").dropLast()
    while !directory.isEmpty, rmdir("/" + directory.joined(separator: "/")) == 0 {
      directory = directory.dropLast()
    }
  }

  /// Makes the directories that a file is to stand in.
  static func makeDirectories(above path: String) throws(OutputFailure) {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/").dropLast() {
      made += "\(part)/"
      if mkdir(made, 0o777) != 0, errno != EEXIST { throw failure(made, errno) }
    }
  }

  private static func writeInPlace(
    _ bytes: ArraySlice<UInt8>, to path: String
  ) throws(OutputFailure) {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw failure(path, errno) }
    defer { close(file) }
    let code = writeAll(bytes, to: file)
    if code != 0 { throw failure(path, code) }
  }

  /// A device, a pipe or a link: a new file must not take its place.
  private static func isSpecial(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
  }

  private static func failure(_ path: String, _ code: Int32) -> OutputFailure {
    OutputFailure(path: path, reason: String(cString: strerror(code)))
  }
}

func exitWithFailure(status: Int32 = 1) -> Never { exit(status) }

/// Says what is wrong, and ends.
func fail(_ message: String, status: Int32 = 1) -> Never {
  StandardError.write(message + "\n")
  exitWithFailure(status: status)
}

/// Writes all bytes, however the system cuts them; returns 0 or the error's number.
private func writeAll(_ bytes: ArraySlice<UInt8>, to file: Int32) -> Int32 {
  bytes.withUnsafeBytes { buffer in
    var done = 0
    while done < buffer.count {
      let count = write(file, buffer.baseAddress.map { $0 + done }, buffer.count - done)
      if count > 0 {
        done += count
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}
