import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A small HTTP server on the loopback interface, for the length of one test.
final class LoopbackServer: Sendable {
  struct Request: Sendable {
    let method: String
    let path: String
    let query: String
    let headers: [String: String]
    let body: Data

    var target: String { query.isEmpty ? path : "\(path)?\(query)" }
  }

  struct Response: Sendable {
    var status = "200 OK"
    var headers: [String] = []
    var body = Data()
    /// What is announced, where that is not the body's length.
    var length: Int?

    static func text(_ text: String) -> Response { Response(body: Data(text.utf8)) }
    static let notFound = Response(status: "404 Not Found")
  }

  let port: UInt16
  private let socket: Int32
  private let answer: @Sendable (Request) -> Response?
  private let whenClosed: @Sendable () -> Void
  private let seen = Mutex<[Request]>([])

  /// - Parameters:
  ///   - answer: nil leaves a request without an answer, until the client goes away.
  ///   - whenClosed: called when a client has gone away that got no answer.
  init(
    _ answer: @escaping @Sendable (Request) -> Response?,
    whenClosed: @escaping @Sendable () -> Void = {}
  ) throws {
    #if canImport(Glibc)
      let type = Int32(SOCK_STREAM.rawValue)
    #else
      let type = SOCK_STREAM
    #endif
    socket = Foundation.socket(AF_INET, type, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listening = socket
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listening, $0, size) == 0 && listen(listening, 16) == 0
          && getsockname(listening, $0, &size) == 0
      }
    }
    guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
    port = UInt16(bigEndian: address.sin_port)
    self.answer = answer
    self.whenClosed = whenClosed
    Thread.detachNewThread { [self] in
      while true {
        let connection = accept(socket, nil, nil)
        if connection < 0 { return }
        Thread.detachNewThread { [self] in serve(connection) }
      }
    }
  }

  var url: String { "http://127.0.0.1:\(port)" }
  var requests: [Request] { seen.withLock { $0 } }

  /// Ends the thread that waits for clients.
  func stop() {
    shutdown(socket, Int32(SHUT_RDWR))
    close(socket)
  }

  private func serve(_ connection: Int32) {
    let file = FileHandle(fileDescriptor: connection, closeOnDealloc: true)
    guard let request = Self.request(from: file) else { return }
    seen.withLock { $0.append(request) }
    guard let response = answer(request) else {
      _ = try? file.readToEnd()
      whenClosed()
      return
    }
    let lines =
      ["HTTP/1.1 \(response.status)"] + response.headers + [
        "Content-Length: \(response.length ?? response.body.count)", "Connection: close", "", "",
      ]
    try? file.write(contentsOf: Data(lines.joined(separator: "\r\n").utf8) + response.body)
  }

  private static func request(from file: FileHandle) -> Request? {
    var head = Data()
    while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
      guard let byte = try? file.read(upToCount: 1), !byte.isEmpty else { return nil }
      head += byte
    }
    let lines = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n")
    let words = lines[0].components(separatedBy: " ")
    let target = words[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2 {
        headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
      }
    }
    let length = headers["content-length"].flatMap { Int($0) } ?? 0
    var body = Data()
    while body.count < length, let more = try? file.read(upToCount: length - body.count),
      !more.isEmpty
    {
      body += more
    }
    return Request(
      method: words[0], path: String(target[0]), query: target.count > 1 ? String(target[1]) : "",
      headers: headers, body: body)
  }
}
