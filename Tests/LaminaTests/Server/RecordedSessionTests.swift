import Foundation
import Testing

/// Sessions of `testdata/lsp`: the real program answers what is recorded.
///
/// A case has a `workspace`, the client's messages in `session.jsonl`, one a line, and what the server says in
/// `expected.jsonl`, which `LAMINA_RECORD=1 swift test` writes anew. `file:///workspace` and `lamina:/workspace` stand for
/// the workspace's addresses. After each notification the client waits until the server has nothing more to say.
@Suite struct RecordedSessionTests {
  private static let cases = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../testdata/lsp").standardizedFileURL

  @Test(arguments: try FileManager.default.contentsOfDirectory(atPath: Self.cases.path).sorted())
  func theServerSaysWhatIsRecorded(_ name: String) throws {
    let directory = Self.cases.appending(path: name)
    let scratch = try ScratchDirectory()
    defer { scratch.remove() }
    try FileManager.default.copyItem(
      at: directory.appending(path: "workspace"), to: scratch.url.appending(path: "workspace"))
    let session = try String(
      contentsOf: directory.appending(path: "session.jsonl"), encoding: .utf8)
    let place = "file://" + scratch.path("workspace")
    let client = try LanguageClient(in: scratch.url)
    var said: [String] = []
    for line in session.split(separator: "\n").map(String.init) where !line.hasPrefix("#") {
      let message = line.replacing("file:///workspace", with: place)
      said.append("> \(line)")
      try client.send(message)
      let object = try JSONSerialization.jsonObject(with: Data(message.utf8)) as? [String: Any]
      let method = object?["method"] as? String
      if let id = object?["id"] { said += try client.receive(upToAnswer: "\(id)") }
      if method == "exit" { break }
      if method == "shutdown" { continue }
      // The server works while nobody asks, and says what it finds at its own time: here before the next message.
      try client.send(
        #"{"jsonrpc":"2.0","id":"settled","method":"workspace/executeCommand","#
          + #""params":{"command":"render.status"}}"#)
      said += try client.receive(upToAnswer: "\"settled\"").dropLast()
    }
    #expect(try client.end() == 0)
    let text = (said.map(Self.shown).joined(separator: "\n") + "\n")
      .replacing(place, with: "file:///workspace")
      .replacing("lamina:\(scratch.path("workspace"))", with: "lamina:/workspace")
      .replacing(#/"version":"[^"]*"/#, with: #""version":"…""#)
    let expected = directory.appending(path: "expected.jsonl")
    if ProcessInfo.processInfo.environment["LAMINA_RECORD"] != nil {
      try Data(text.utf8).write(to: expected)
    }
    #expect(text == (try String(contentsOf: expected, encoding: .utf8)))
  }

  /// Without what all messages have in common.
  private static func shown(_ line: String) -> String {
    line.hasPrefix(">")
      ? "\n" + line : line.replacing(#"{"jsonrpc":"2.0","#, with: "{")
  }
}
