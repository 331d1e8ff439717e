import Foundation
import Testing

/// `render lsp` as a program: how it begins and ends, and what it makes of input that is none.
@Suite struct LanguageServerTests {
  private static let initialize =
    #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#
  private static let shutdown = #"{"jsonrpc":"2.0","id":9,"method":"shutdown"}"#
  private static let exit = #"{"jsonrpc":"2.0","method":"exit"}"#

  private func serve(_ body: (LanguageClient) throws -> Void) throws {
    let scratch = try ScratchDirectory()
    defer { scratch.remove() }
    try body(try LanguageClient(in: scratch.url, "--stdio"))
  }

  private func error(_ code: Int, _ message: String, id: String = "null") -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"error":{"code":\#(code),"message":"\#(message)"}}"#
  }

  @Test func itEndsAsItIsAskedTo() throws {
    try serve { client in
      try client.send(Self.initialize)
      #expect(try client.receive().contains(#""positionEncoding":"utf-16""#))
      try client.send(Self.shutdown)
      #expect(try client.receive() == #"{"jsonrpc":"2.0","id":9,"result":null}"#)
      try client.send(#"{"jsonrpc":"2.0","id":10,"method":"shutdown"}"#)
      #expect(
        try client.receive() == error(-32600, "the server has been shut down", id: "10"))
      try client.send(Self.exit)
      #expect(try client.end() == 0)
    }
  }

  /// The client of these tests leaves no server behind, not even one that heeds no signal.
  @Test func aServerThatSaysNothingIsKilled() throws {
    try serve { client in
      #expect(kill(client.processID, SIGSTOP) == 0)
      #expect(throws: ClientError.self) { try client.receive(within: 0) }
      #expect(!client.isRunning)
    }
    var id: Int32 = 0
    try serve { client in
      id = client.processID
      #expect(kill(id, SIGSTOP) == 0)
    }
    // It has been waited for, so that its number is free.
    #expect(kill(id, 0) == -1)
    #expect(errno == ESRCH)
  }

  /// A client that goes without a word is one that has crashed.
  @Test func aClientThatIsGoneEndsIt() throws {
    try serve { client in
      try client.send(Self.initialize)
      _ = try client.receive()
      #expect(try client.end() == 1)
    }
    try serve { client in
      try client.send(Self.exit)
      #expect(try client.end() == 1)
    }
    try serve { client in
      try client.send(Self.initialize)
      try client.send(Self.shutdown)
      _ = try client.receive(upToAnswer: "9")
      #expect(try client.end() == 0)
    }
  }

  @Test func bytesAreWhatPositionsCountIfTheClientCan() throws {
    try serve { client in
      try client.send(
        #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":"#
          + #"{"general":{"positionEncodings":["utf-16","utf-8"]}}}}"#)
      #expect(try client.receive().contains(#""positionEncoding":"utf-8""#))
    }
  }

  @Test func whatIsNoMessageIsAnswered() throws {
    try serve { client in
      try client.send(#"{"jsonrpc":"2.0","id":0,"method":"render.none","params":{}}"#)
      #expect(
        try client.receive() == error(-32002, "the first request must be initialize", id: "0"))
      try client.send("{")
      #expect(
        try client.receive()
          == error(-32700, #"malformed JSON: this \"{\" is never closed"#))
      try client.send("[\(Self.initialize)]")
      #expect(try client.receive() == error(-32600, "the protocol has no batches of messages"))
      try client.send("7")
      #expect(try client.receive() == error(-32600, "a message needs a method"))
      try client.send(#"{"jsonrpc":"2.0","id":{},"method":"initialize"}"#)
      #expect(try client.receive() == error(-32600, "an id must be a number or a string"))
      try client.send(#"{"jsonrpc":"2.0","id":"a\/b","method":"initialize","params":[]}"#)
      #expect(
        try client.receive()
          == error(
            -32602, "initialize: the parameters are not those of the protocol", id: #""a\/b""#))
      try client.write(Data("Content-Type: x\r\n\r\n".utf8))
      #expect(try client.receive() == error(-32700, "a header has no valid Content-Length"))
      try client.write(Data("Content-Length: -5\r\n\r\n".utf8))
      #expect(try client.receive() == error(-32700, "a header has no valid Content-Length"))
      try client.write(Data("Content-Length: 99999999999999999999\r\n\r\n".utf8))
      #expect(try client.receive() == error(-32700, "a header has no valid Content-Length"))
      // An oversized message is passed over, and what follows it is heard.
      let size = 64 << 20 + 1
      try client.write(Data("Content-Length: \(size)\r\n\r\n".utf8))
      #expect(
        try client.receive() == error(-32700, "a message of \(size) bytes is too long"))
      for _ in 0..<64 { try client.write(Data(repeating: 0x7B, count: size / 64)) }
      try client.write(Data(repeating: 0x7B, count: size % 64))
      // So is noise without the end of a header.
      try client.write(
        Data(repeating: 0x61, count: 20_000) + LanguageClient.framed(Self.initialize))
      var message = try client.receive()
      while message.contains("-32700") { message = try client.receive() }
      #expect(message.contains(#""id":1,"result":{"capabilities""#))
      try client.send(#"{"jsonrpc":"2.0","id":2,"method":"initialize","params":{}}"#)
      #expect(
        try client.receive() == error(-32600, "initialize has been asked before", id: "2"))
      try client.send(#"{"jsonrpc":"2.0","id":3,"method":"$/none","params":{}}"#)
      #expect(try client.receive() == error(-32601, #"there is no method \"$/none\""#, id: "3"))
      try client.send(#"{"jsonrpc":"2.0","method":"$/none"}"#)
      try client.send(#"{"jsonrpc":"2.0","method":"textDocument/didChange","params":[1]}"#)
      try client.send(Self.shutdown)
      #expect(try client.receive() == #"{"jsonrpc":"2.0","id":9,"result":null}"#)
    }
  }

  @Test func deepInputIsRefused() throws {
    try serve { client in
      try client.send(String(repeating: "[", count: 1_000_000))
      #expect(
        try client.receive() == error(-32700, "more than 10000 levels of nesting"))
      try client.send(Self.shutdown)
      #expect(try client.receive().contains("-32002"))
    }
  }

  /// A server's own pipes are what it listens to, whatever a client calls them; other pipes would keep it waiting.
  @Test func pipesAreNoFiles() throws {
    try serve { client in
      let scratch = try ScratchDirectory()
      defer { scratch.remove() }
      #expect(mkfifo(scratch.path("pipe.yaml"), 0o600) == 0)
      try client.send(Self.initialize)
      _ = try client.receive()
      for path in ["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0", scratch.path("pipe.yaml")] {
        try client.send(
          #"{"jsonrpc":"2.0","id":2,"method":"textDocument/hover","params":{"textDocument":{"uri":"#
            + #""file://\#(path)"},"position":{"line":0,"character":0}}}"#)
        #expect(try client.receive() == error(-32803, "the file cannot be read", id: "2"))
      }
    }
  }

  /// What is asked of each directory around a file is not asked of as many as a message can name.
  @Test func aPathMayBeAsLongAsItLikes() throws {
    try serve { client in
      try client.send(Self.initialize)
      _ = try client.receive()
      let path = String(repeating: "/a", count: 200_000)
      try client.send(
        #"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"#
          + #""file://\#(path).yaml","languageId":"yaml","version":1,"text":"a: ["}}}"#)
      try client.send(
        #"{"jsonrpc":"2.0","id":2,"method":"workspace/executeCommand","#
          + #""params":{"command":"render.status"}}"#)
      let messages = try client.receive(upToAnswer: "2")
      #expect(messages.last == #"{"jsonrpc":"2.0","id":2,"result":{"roots":[]}}"#)
    }
  }

  /// Requests that wait are cancelled: all of these come at once.
  @Test func aRequestThatWaitsIsCancelled() throws {
    try serve { client in
      let status =
        #"{"jsonrpc":"2.0","id":"x","method":"workspace/executeCommand","#
        + #""params":{"command":"render.status"}}"#
      try client.write(
        LanguageClient.framed(Self.initialize) + LanguageClient.framed(status)
          + LanguageClient.framed(
            #"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"x"}}"#)
          + LanguageClient.framed(Self.shutdown))
      let messages = try client.receive(upToAnswer: "9")
      #expect(messages.count == 3)
      #expect(messages[1] == error(-32800, "cancelled", id: #""x""#))
    }
  }
}
