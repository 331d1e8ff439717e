import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// As much of HTTP as the example needs; a service has a library for it.
struct Server: Sendable {
  private let socket: Int32
  let port: UInt16

  /// Listens on a port of this machine that is free; nil where it cannot.
  init?() {
    #if canImport(Darwin)
      socket = Foundation.socket(AF_INET, SOCK_STREAM, 0)
    #elseif canImport(Glibc)
      socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      socket = Musl.socket(AF_INET, SOCK_STREAM, 0)
    #endif
    signal(SIGPIPE, SIG_IGN)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let (socket, own) = (socket, size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, own) == 0 && listen(socket, 16) == 0 && getsockname(socket, $0, &size) == 0
      }
    }
    guard isBound else { return nil }
    port = UInt16(bigEndian: address.sin_port)
  }

  /// Waits for a client on a thread that may wait.
  func accept() async -> Connection {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { [socket] in
        var client: Int32
        repeat { client = Foundation.accept(socket, nil, nil) } while client < 0
        continuation.resume(returning: Connection(client: client))
      }
    }
  }
}

/// One request, and its answer.
struct Connection: Sendable {
  let client: Int32

  /// The body of the request; nil where it is too large, or none came.
  func body(limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var wanted: Int?
    while wanted.map({ bytes.count < $0 }) ?? true {
      var part = [UInt8](repeating: 0, count: 65_536)
      let count = recv(client, &part, part.count, 0)
      if count <= 0 { return nil }
      bytes += part[..<count]
      if bytes.count > limit { return nil }
      guard wanted == nil, let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { continue }
      let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).lowercased()
      let length = head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
      bytes.removeFirst(end.upperBound)
      wanted = length.flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
    }
    return bytes
  }

  /// Does something when the client has gone.
  func whenClosed(_ act: @escaping @Sendable () -> Void) -> any DispatchSourceRead {
    let source = DispatchSource.makeReadSource(fileDescriptor: client)
    source.setEventHandler { [client] in
      var byte: UInt8 = 0
      if recv(client, &byte, 1, Int32(MSG_PEEK)) <= 0 {
        source.cancel()
        act()
      }
    }
    source.resume()
    return source
  }

  func send(_ answer: Answer) {
    let head =
      "HTTP/1.1 \(answer.status)\r\nContent-Type: \(answer.type)\r\n"
      + "Content-Length: \(answer.body.count)\r\nConnection: close\r\n\r\n"
    var rest = (Array(head.utf8) + answer.body)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.send(client, $0.baseAddress, $0.count, 0) }
      if count <= 0 { break }
      rest = rest.dropFirst(count)
    }
    close(client)
  }
}
