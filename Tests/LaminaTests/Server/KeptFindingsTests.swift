import Foundation
import Testing

@testable import LaminaServer

/// Findings stay while a root does not render, which is nearly always so in the middle of a word.
@Suite struct KeptFindingsTests {
  /// The codes of the last diagnostics of a file, with the lines that they are on.
  private func told(_ messages: [String]) throws -> [String] {
    let last = try #require(messages.last { $0.contains("publishDiagnostics") })
    let object = try JSONSerialization.jsonObject(with: Data(last.utf8)) as? [String: Any]
    let params = try #require(object?["params"] as? [String: Any])
    return try #require(params["diagnostics"] as? [[String: Any]]).map { one in
      let range = one["range"] as? [String: [String: Int]]
      return "\(range?["start"]?["line"] ?? -1) \(one["code"] ?? "")"
    }
  }

  private func insertion(_ line: Int, _ character: Int, _ text: String) -> String {
    let place = #"{"line":\#(line),"character":\#(character)}"#
    return #"{"range":{"start":\#(place),"end":\#(place)},"text":"\#(text)"}"#
  }

  @Test func aFindingStaysUntilItsRootRendersAgain() throws {
    let scratch = try ScratchDirectory()
    defer { scratch.remove() }
    let text = "resources: [object.yaml]\ncommonLabels: {a: b}\nnamePrefix: x-\n"
    try scratch.write("root/kustomization.yaml", text)
    try scratch.write(
      "root/object.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n")
    var server = SteppedServer(in: scratch.url)
    let uri = "file://" + scratch.path("root/kustomization.yaml")
    func change(_ changes: String...) -> String {
      #"{"method":"textDocument/didChange","params":{"textDocument":{"uri":"\#(uri)","version":2},"#
        + #""contentChanges":[\#(changes.joined(separator: ","))]}}"#
    }
    #expect(try told(server.settle()) == ["1 deprecated-field"])
    let shown = text.replacing("\n", with: "\\n")
    server.send(
      #"{"method":"textDocument/didOpen","params":{"textDocument":{"uri":"\#(uri)","#
        + #""languageId":"yaml","version":1,"text":"\#(shown)"}}}"#)
    _ = server.settle()
    // Behind it something is begun, and it stays.
    server.send(change(insertion(3, 0, "namespac")))
    #expect(try told(server.settle()) == ["3 missing-colon", "1 deprecated-field"])
    // In front of it lines are put, and it moves along.
    server.send(change(insertion(0, 0, "#\\n#\\n")))
    #expect(try told(server.settle()) == ["5 missing-colon", "3 deprecated-field"])
    let actions =
      #"{"id":1,"method":"textDocument/codeAction","params":{"textDocument":{"uri":"\#(uri)"},"#
      + #""range":{"start":{"line":3,"character":0},"end":{"line":3,"character":5}}}}"#
    server.send(actions)
    #expect(server.settle() == [#"{"id":1,"result":[]}"#])
    // It is changed itself, and nobody knows.
    server.send(change(insertion(3, 2, "x")))
    #expect(try told(server.settle()) == ["5 missing-colon"])
    // Everything is right again.
    server.send(change(#"{"text":"\#(shown)"}"#))
    #expect(try told(server.settle()) == ["1 deprecated-field"])
  }

  @Test func bytesMoveWithWhatIsBeforeThem() {
    let (old, new) = (Array("abc def ghi".utf8), Array("abc ghi".utf8))
    let shift = TextShift(from: old, to: new)
    #expect(shift.moved(0..<3) == 0..<3)
    #expect(shift.moved(8..<11) == 4..<7)
    #expect(shift.moved(4..<7) == nil)
    #expect(shift.moved(0..<11) == nil)
    let same = TextShift(from: old, to: old)
    #expect(same.moved(0..<11) == 0..<11)
    let all = TextShift(from: old, to: [])
    #expect(all.moved(0..<1) == nil)
    #expect(all.moved(11..<11) == 0..<0)
    // Who types behind a word goes on with it; a blank or a line begins something else.
    let longer = TextShift(from: Array("abc\n".utf8), to: Array("abcd\n".utf8))
    #expect(longer.moved(0..<3) == nil)
    let commented = TextShift(from: Array("abc\n".utf8), to: Array("abc # d\n".utf8))
    #expect(commented.moved(0..<3) == 0..<3)
    // Of two equal letters either may be new.
    let twice = TextShift(from: Array("aa".utf8), to: Array("aaa".utf8))
    #expect(twice.moved(0..<2) == nil)
  }
}
