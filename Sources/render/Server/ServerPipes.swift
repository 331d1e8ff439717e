import LaminaHost
import LaminaServer

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard input and output as the two sides of a server.
enum ServerPipes {
  /// Serves until the client says that it is done, or closes its side. Ends the process.
  ///
  /// A thread of its own reads what comes, since that may end the build that is under way.
  static func run(_ server: consuming LanguageServer) -> Never {
    var server = server
    let (inbox, bell) = (server.inbox, Bell())
    let reader = WorkThread {
      var chunk = [UInt8](repeating: 0, count: 65_536)
      while true {
        while inbox.isFull { usleep(1_000) }
        let count = read(&chunk)
        if count > 0 { inbox.receive(chunk[..<count]) } else if count == 0 { inbox.inputEnded() }
        bell.ring()
        if count == 0 { return }
      }
    }
    guard let reader else { fail("error: the system gives no thread to read with") }
    reader.detach()
    while true {
      let rung = bell.count
      if server.hasWork { server.work() } else { bell.wait(after: rung) }
      write(server.takeOutput())
      if let status = server.exitStatus { exitWithFailure(status: status) }
    }
  }

  /// The same for an assistant. What it says while a tool runs may end that tool.
  static func run(_ server: consuming AssistantServer) -> Never {
    var server = server
    var chunk = [UInt8](repeating: 0, count: 65_536)
    var hasEnded = false
    while true {
      if !server.hasWork {
        if hasEnded { exitWithFailure(status: 0) }
        let count = read(&chunk)
        if count == 0 { hasEnded = true }
        server.receive(chunk[..<max(count, 0)])
      }
      server.work {
        guard !hasEnded, isReadable else { return [] }
        let count = read(&chunk)
        if count == 0 { hasEnded = true }
        return chunk[..<max(count, 0)]
      }
      write(server.takeOutput())
    }
  }

  private static var isReadable: Bool {
    var request = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 0) > 0
  }

  /// The number of bytes that came; 0 at the end, and below where a signal came first.
  private static func read(_ chunk: inout [UInt8]) -> Int {
    let count = chunk.withUnsafeMutableBytes { bytes in
      #if canImport(Darwin)
        Darwin.read(STDIN_FILENO, bytes.baseAddress, bytes.count)
      #elseif canImport(Musl)
        Musl.read(STDIN_FILENO, bytes.baseAddress, bytes.count)
      #else
        Glibc.read(STDIN_FILENO, bytes.baseAddress, bytes.count)
      #endif
    }
    // Whatever else is wrong with the pipe, nothing more will come of it.
    return count < 0 && errno != EINTR && errno != EAGAIN ? 0 : count
  }

  /// A client that reads no more is gone.
  private static func write(_ bytes: [UInt8]) {
    if bytes.isEmpty { return }
    signal(SIGPIPE, SIG_IGN)
    if WholeFile.writeAll(bytes[...], to: STDOUT_FILENO) != 0 { exitWithFailure() }
  }
}
