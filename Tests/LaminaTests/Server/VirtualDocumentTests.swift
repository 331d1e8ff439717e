import Foundation
import Lamina
import Testing

@testable import LaminaServer

/// Renderings and their changes as documents that the client asks the real program for.
@Suite struct VirtualDocumentTests {
  @Test(arguments: [
    ("lamina:/shop/test/rendered.yaml", VirtualDocument(root: "/shop/test", .rendering)),
    ("lamina:///shop/test/rendered.yaml", VirtualDocument(root: "/shop/test", .rendering)),
    ("LAMINA:/a%20b/rendered.yaml#top", VirtualDocument(root: "/a b", .rendering)),
    ("lamina:/rendered.yaml", VirtualDocument(root: "/", .rendering)),
    ("lamina:/shop/changes.diff", VirtualDocument(root: "/shop", .changes(base: "HEAD"))),
    ("lamina:/shop/changes.diff?base=a/b", VirtualDocument(root: "/shop", .changes(base: "a/b"))),
    (
      "lamina:/shop/changes.diff?base%3Dv1%23x",
      VirtualDocument(root: "/shop", .changes(base: "v1#x"))
    ),
    ("lamina:/shop/other.yaml", nil), ("lamina:/shop/changes.diff?to=main", nil),
    ("lamina:rendered.yaml", nil), ("lamina:/a%00/rendered.yaml", nil),
    ("file:///shop/rendered.yaml", nil), ("lamina:", nil), ("", nil),
  ])
  private func addressesAreRead(_ uri: String, _ expected: VirtualDocument?) {
    #expect(VirtualDocument(uri) == expected)
    if let expected { #expect(VirtualDocument(expected.uri) == expected) }
  }

  @Test func addressesAreWritten() {
    #expect(VirtualDocument(root: "/a b", .rendering).uri == "lamina:/a%20b/rendered.yaml")
    #expect(
      VirtualDocument(root: "/a", .changes(base: "v1#x")).uri
        == "lamina:/a/changes.diff?base=v1%23x")
  }

  // MARK: - The program

  /// A repository with one root, committed, and a client that has been told so.
  private final class Session {
    let scratch: ScratchDirectory
    let client: LanguageClient
    private var id = 1

    init() throws {
      scratch = try ScratchDirectory()
      try scratch.write(
        "overlays/test/kustomization.yaml", "namePrefix: test-\nresources: [config.yaml]\n")
      try scratch.write(
        "overlays/test/config.yaml",
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  level: \"1\"\n")
      try Self.git(in: scratch, "init", "--quiet", "--initial-branch", "main")
      try Self.git(in: scratch, "add", ".")
      try Self.git(in: scratch, "commit", "--quiet", "-m", "one")
      client = try LanguageClient(in: scratch.url)
      try client.send(
        #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"rootUri":"file://\#(scratch.url.path)","#
          + #""capabilities":{"workspace":{"textDocumentContent":{}},"#
          + #""window":{"showDocument":{"support":true}}}}}"#)
      _ = try client.receive(upToAnswer: "1")
    }

    static func git(in scratch: ScratchDirectory, _ arguments: String...) throws {
      try TestRepository(url: scratch.url).git(arguments)
    }

    /// The answer, and what the server said before it.
    func ask(_ method: String, _ params: String) throws -> (answer: [String: Any], before: [String])
    {
      id += 1
      try client.send(
        #"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":\#(params)}"#)
      let messages = try client.receive(upToAnswer: "\(id)")
      let answer = try JSONSerialization.jsonObject(with: Data((messages.last ?? "").utf8))
      return (answer as? [String: Any] ?? [:], Array(messages.dropLast()))
    }

    func content(_ address: String) throws -> String {
      let answer = try ask("workspace/textDocumentContent", #"{"uri":"\#(address)"}"#).answer
      if let error = answer["error"] as? [String: Any] { return "error: \(error["message"] ?? "")" }
      return (answer["result"] as? [String: Any])?["text"] as? String ?? "none"
    }

    /// What the server asks and tells until it has nothing more to do.
    func settle() throws -> [String] {
      try ask("workspace/executeCommand", #"{"command":"render.status"}"#).before
        .map { $0.replacing(scratch.url.path, with: "") }
    }

    func notify(_ method: String, _ params: String) throws {
      try client.send(#"{"jsonrpc":"2.0","method":"\#(method)","params":\#(params)}"#)
    }

    func open(_ name: String, _ text: String) throws {
      let json = try String(
        decoding: JSONSerialization.data(withJSONObject: [text]), as: UTF8.self)
      try notify(
        "textDocument/didOpen",
        #"{"textDocument":{"uri":"file://\#(scratch.path(name))","languageId":"yaml","version":1,"#
          + #""text":\#(json.dropFirst().dropLast())}}"#)
    }

    func address(_ name: String) -> String { "lamina:\(scratch.path("overlays/test"))/\(name)" }
  }

  private static let rendered = """
    apiVersion: v1
    data:
      level: "1"
    kind: ConfigMap
    metadata:
      name: test-settings

    """

  private static let changed = "namePrefix: prod-\nresources: [config.yaml]\n"

  @Test func theRenderingIsADocument() throws {
    let session = try Session()
    defer { session.scratch.remove() }
    let address = session.address("rendered.yaml")
    #expect(try session.content(address) == Self.rendered)
    #expect(
      try session.content("lamina:/none/rendered.yaml") == "error: there is no root /none")
    #expect(
      try session.content("lamina:/none") == "error: there is no document with that address")
    _ = try session.settle()
    // A change that the rendering does not show.
    try session.open(
      "overlays/test/kustomization.yaml", "# ours\nnamePrefix: test-\nresources: [config.yaml]\n")
    #expect(try session.settle() == [])
    try session.open("overlays/test/kustomization.yaml", Self.changed)
    let refresh =
      #"{"jsonrpc":"2.0","id":"render-1","method":"workspace/textDocumentContent/refresh","#
      + #""params":{"uri":"lamina:/overlays/test/rendered.yaml"}}"#
    #expect(try session.settle() == [refresh])
    #expect(
      try session.content(address)
        == Self.rendered.replacing("test-settings", with: "prod-settings"))
    // Without a root there is nothing to show, and an error in the place of the text.
    try session.open("overlays/test/kustomization.yaml", "namePrefix: [x]\n")
    #expect(try session.settle().first?.contains("publishDiagnostics") == true)
    let text = try session.content(address).replacing(session.scratch.url.path, with: "")
    #expect(
      text.hasPrefix(
        "# overlays/test does not render\n# /overlays/test/kustomization.yaml:1:13: error: "))
    #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix("# ") })
  }

  /// A document of changes has the bytes of `render diff --format unified`.
  @Test func changesAreADocument() throws {
    let session = try Session()
    defer { session.scratch.remove() }
    let scratch = session.scratch
    let address = session.address("changes.diff?base=main")
    #expect(try session.content(address) == "")
    try scratch.write("overlays/test/kustomization.yaml", Self.changed)
    try session.notify(
      "workspace/didChangeWatchedFiles",
      #"{"changes":[{"uri":"file://\#(scratch.path("overlays/test/kustomization.yaml"))","type":2}]}"#
    )
    let refresh =
      #"{"jsonrpc":"2.0","id":"render-1","method":"workspace/textDocumentContent/refresh","#
      + #""params":{"uri":"lamina:/overlays/test/changes.diff?base=main"}}"#
    #expect(try session.settle() == [refresh])
    let patch = try session.content(address)
    #expect(
      patch == """
        --- a/overlays/test.yaml
        +++ b/overlays/test.yaml
        @@ -3,4 +3,4 @@ ConfigMap/prod-settings
           level: "1"
         kind: ConfigMap
         metadata:
        -  name: test-settings
        +  name: prod-settings

        """)
    let command = try BuiltCommand.run(
      ["diff", "--base", "main", "overlays/test", "--format", "unified"], in: scratch.url)
    #expect(command.output == patch)
    // What is typed counts, saved or not; what was committed is read from git.
    try session.open(
      "overlays/test/kustomization.yaml", Self.changed.replacing("prod", with: "dev"))
    _ = try session.settle()
    #expect(try session.content(address) == patch.replacing("prod-", with: "dev-"))
    #expect(
      try session.content(session.address("changes.diff?base=none"))
        == "error: there is no revision \"none\" in \(scratch.url.path)")
    // A commit changes what changes are since.
    try Session.git(in: scratch, "commit", "--quiet", "-a", "-m", "two")
    try session.notify(
      "workspace/didChangeWatchedFiles",
      #"{"changes":[{"uri":"file://\#(scratch.path(".git/refs/heads/main"))","type":2}]}"#)
    #expect(try session.settle() == [refresh.replacing("render-1", with: "render-3")])
    #expect(
      try session.content(address)
        == patch.replacing("-  name: test-", with: "-  name: prod-")
        .replacing("prod-settings\n   l", with: "dev-settings\n   l")
        .replacing("+  name: prod-", with: "+  name: dev-"))
  }

  @Test func commandsAnswerTheSame() throws {
    let session = try Session()
    defer { session.scratch.remove() }
    let uri = "file://\(session.scratch.path("overlays/test/config.yaml"))"
    func execute(_ command: String, _ more: String = "") throws -> (
      answer: NSDictionary?, before: [String]
    ) {
      let (answer, before) = try session.ask(
        "workspace/executeCommand",
        #"{"command":"\#(command)","arguments":[{"uri":"\#(uri)"\#(more)}]}"#)
      return (
        answer["result"] as? NSDictionary,
        before.map { $0.replacing(session.scratch.url.path, with: "") }
      )
    }
    #expect(
      try execute("render.show").answer == [
        "name": "overlays/test", "uri": session.address("rendered.yaml"), "text": Self.rendered,
      ])
    #expect(
      try execute("render.diff").answer == [
        "name": "overlays/test", "uri": session.address("changes.diff?base=HEAD"), "base": "HEAD",
        "text": "",
      ])
    let opened = try execute("render.diff", #","base":"main","open":true"#)
    #expect(
      opened.answer?["uri"] as? String == session.address("changes.diff?base=main"))
    #expect(
      opened.before == [
        #"{"jsonrpc":"2.0","id":"render-1","method":"window/showDocument","#
          + #""params":{"uri":"lamina:/overlays/test/changes.diff?base=main"}}"#
      ])
    let lenses =
      try session.ask(
        "textDocument/codeLens",
        #"{"textDocument":{"uri":"file://\#(session.scratch.path("overlays/test/kustomization.yaml"))"}}"#
      ).answer["result"] as? [[String: Any]]
    #expect(
      lenses?.map { ($0["command"] as? [String: Any])?["title"] as? String } == [
        "1 resource", "changes since HEAD",
      ])
  }
}
