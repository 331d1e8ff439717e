import LaminaHost

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

enum StandardOutput {
  /// Writes everything. A reader that has gone away is no error: `render . | head -1` is a fair use.
  static func write(_ bytes: [UInt8]) throws(OutputFailure) {
    signal(SIGPIPE, SIG_IGN)
    let code = WholeFile.writeAll(bytes[...], to: STDOUT_FILENO)
    guard code == 0 || code == EPIPE else {
      throw OutputFailure(path: "standard output", reason: String(cString: strerror(code)))
    }
  }

  /// Writes a text, or ends with a message and this status.
  static func print(_ text: String, statusOfFailure: Int32 = 1) {
    do { try write(Array(text.utf8)) } catch { fail(error, status: statusOfFailure) }
  }
}
