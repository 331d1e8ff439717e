#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What is piped into the command.
enum StandardInput {
  /// Reads to the end. Somebody at a terminal may not know that this is waited for.
  static func readAll() throws(DiffFailure) -> [UInt8] {
    if isatty(STDIN_FILENO) == 1 {
      StandardError.warn("note: reading standard input, which Ctrl-D ends")
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(STDIN_FILENO, &chunk, chunk.count)
      if count > 0 {
        bytes += chunk[..<count]
      } else if count == 0 {
        return bytes
      } else if errno != EINTR {
        throw DiffFailure("cannot read standard input: \(String(cString: strerror(errno)))")
      }
    }
  }
}
