import Foundation
import Testing

/// A running `render lsp`, and a client that speaks with it.
final class LanguageClient {
  private let process: Process
  private let hasEnded = DispatchSemaphore(value: 0)
  private let input = Pipe()
  private let output = Pipe()
  private var rest = Data()

  init(in directory: URL, _ arguments: String...) throws {
    process = Process()
    process.executableURL = BuiltCommand.url
    process.arguments = ["lsp"] + arguments
    process.currentDirectoryURL = directory
    process.environment = ["PATH": "/usr/bin:/bin"]
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.terminationHandler = { [hasEnded] _ in hasEnded.signal() }
    try process.run()
  }

  var processID: Int32 { process.processIdentifier }

  /// Whether the server goes on.
  var isRunning: Bool { process.isRunning }

  static func framed(_ message: String) -> Data {
    Data("Content-Length: \(message.utf8.count)\r\n\r\n\(message)".utf8)
  }

  func send(_ message: String) throws { try write(Self.framed(message)) }

  func write(_ data: Data) throws { try input.fileHandleForWriting.write(contentsOf: data) }

  /// Machines may be slow.
  private static let mostSeconds = 120

  /// The next message. A server that says nothing for minutes is killed.
  ///
  /// - Parameter seconds: less than minutes, for a server that is known to say nothing.
  func receive(within seconds: Int = mostSeconds) throws -> String {
    while true {
      if let message = nextMessage() { return message }
      var request = pollfd(
        fd: output.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&request, 1, Int32(seconds) * 1000) > 0 else {
        kill()
        throw ClientError.silent
      }
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { throw ClientError.ended(String(decoding: rest, as: UTF8.self)) }
      rest += data
    }
  }

  /// All messages up to the answer of a request, which is the last.
  func receive(upToAnswer id: String) throws -> [String] {
    var messages: [String] = []
    while true {
      let message = try receive()
      messages.append(message)
      if message.hasPrefix("{\"jsonrpc\":\"2.0\",\"id\":\(id),\"") { return messages }
    }
  }

  private func nextMessage() -> String? {
    let text = rest
    guard let end = text.range(of: Data("\r\n\r\n".utf8)) else { return nil }
    let header = String(decoding: text[text.startIndex..<end.lowerBound], as: UTF8.self)
    guard let length = Int(header.dropFirst("Content-Length: ".count)),
      text.endIndex - end.upperBound >= length
    else { return nil }
    let message = text[end.upperBound..<end.upperBound + length]
    rest = Data(text[message.endIndex...])
    return String(decoding: message, as: UTF8.self)
  }

  /// Closes the input, and waits for the end of the server, minutes at most.
  func end() throws -> Int32 {
    try? input.fileHandleForWriting.close()
    guard hasEnded.wait(timeout: .now() + .seconds(Self.mostSeconds)) == .success else {
      kill()
      throw ClientError.silent
    }
    #expect(process.terminationReason == .exit)
    return process.terminationStatus
  }

  /// Ends the server whatever it does, and waits for that: it may not heed a milder signal.
  private func kill() {
    guard process.isRunning else { return }
    _ = Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  deinit { kill() }
}

enum ClientError: Error {
  case silent
  case ended(String)
}
