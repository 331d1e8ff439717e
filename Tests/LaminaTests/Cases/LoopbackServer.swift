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
    /// The connection stays open until the client goes away.
    var staysOpen = false
    /// The body is sent again and again until the client goes away, or a GiB has been sent.
    var isEndless = false

    static func text(_ text: String) -> Response { Response(body: Data(text.utf8)) }
    static let notFound = Response(status: "404 Not Found")
  }

  let port: UInt16
  private let socket: Int32
  private let answer: @Sendable (Request) -> Response?
  private let whenClosed: @Sendable () -> Void
  private let seen = Mutex<[Request]>([])
  private let sent = Mutex(0)
  private let isStopped = Mutex(false)
  private let hasEnded = DispatchSemaphore(value: 0)

  /// - Parameters:
  ///   - answer: nil leaves a request without an answer, until the client goes away.
  ///   - whenClosed: called when a client has gone away that got no answer.
  init(
    _ answer: @escaping @Sendable (Request) -> Response?,
    whenClosed: @escaping @Sendable () -> Void = {}
  ) throws {
    socket = Self.newSocket()
    var address = Self.address(port: 0)
    let listening = socket
    let isBound = Self.withAddress(&address) { address, size in
      var size = size
      return bind(listening, address, size) == 0 && listen(listening, 16) == 0
        && getsockname(listening, address, &size) == 0
    }
    guard isBound else { throw POSIXError(.EADDRNOTAVAIL) }
    port = UInt16(bigEndian: address.sin_port)
    self.answer = answer
    self.whenClosed = whenClosed
    Thread.detachNewThread { [self] in
      while true {
        let connection = accept(socket, nil, nil)
        if connection < 0 { break }
        if isStopped.withLock({ $0 }) {
          close(connection)
          break
        }
        Thread.detachNewThread { [self] in serve(connection) }
      }
      hasEnded.signal()
    }
  }

  private static func newSocket() -> Int32 {
    #if canImport(Glibc)
      Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      Foundation.socket(AF_INET, SOCK_STREAM, 0)
    #endif
  }

  private static func address(port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    address.sin_port = port.bigEndian
    return address
  }

  private static func withAddress<Result>(
    _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  var url: String { "http://127.0.0.1:\(port)" }
  var requests: [Request] { seen.withLock { $0 } }
  /// How many bytes of endless bodies were sent.
  var sentBytes: Int { sent.withLock { $0 } }

  /// Ends the thread that waits for clients; called once more, it does nothing.
  ///
  /// The socket is closed when the thread has ended, and once: its number may be that of another
  /// server's socket a moment later, which nobody else must listen to or close.
  func stop() {
    let isFirst = isStopped.withLock { isStopped in
      defer { isStopped = true }
      return !isStopped
    }
    guard isFirst else { return }
    shutdown(socket, Int32(SHUT_RDWR))
    // Where that wakes nobody who waits for clients, a client does.
    let client = Self.newSocket()
    var address = Self.address(port: port)
    _ = Self.withAddress(&address) { connect(client, $0, $1) }
    close(client)
    hasEnded.wait()
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
    // A client that has gone away is no reason for this process to end.
    var brokenPipe = sigset_t()
    sigemptyset(&brokenPipe)
    sigaddset(&brokenPipe, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &brokenPipe, nil)
    try? file.write(contentsOf: Data(lines.joined(separator: "\r\n").utf8) + response.body)
    if response.staysOpen { _ = try? file.readToEnd() }
    while response.isEndless, sentBytes < 1 << 30 {
      do { try file.write(contentsOf: response.body) } catch { break }
      sent.withLock { $0 += response.body.count }
    }
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
