import Foundation
import Testing

/// Long work is done in pieces, between which the client is heard and told how far it is.
@Suite struct PiecesOfWorkTests {
  /// A workspace of so many roots over one base.
  private func serve(
    _ count: Int, capabilities: String = "{}",
    _ body: (inout SteppedServer, String) throws -> Void
  ) throws {
    let scratch = try ScratchDirectory()
    defer { scratch.remove() }
    try scratch.write("base/kustomization.yaml", "resources: [object.yaml]\n")
    try scratch.write(
      "base/object.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n")
    for number in 0..<count {
      try scratch.write("root-\(number)/kustomization.yaml", "resources: [../base]\n")
    }
    var server = SteppedServer(in: scratch.url, capabilities: capabilities)
    try body(&server, "file://" + scratch.url.path)
  }

  private let status =
    #"{"id":"x","method":"workspace/executeCommand","params":{"command":"render.status"}}"#
  private let cancel = #"{"method":"$/cancelRequest","params":{"id":"x"}}"#
  private let cancelled = #"{"id":"x","error":{"code":-32800,"message":"cancelled"}}"#
  private let progress = #"{"window":{"workDoneProgress":true}}"#

  @Test func aRequestIsCancelledBetweenTheBuildsThatItNeeds() throws {
    try serve(3) { server, _ in
      server.send(status)
      // The roots are found, and two of them are built.
      for _ in 0..<3 { #expect(server.step() == []) }
      server.send(cancel)
      #expect(server.step() == [cancelled])
      // What was begun is of use to the next one.
      server.send(status)
      #expect(server.step() == [])
      #expect(
        server.settle() == [
          #"{"id":"x","result":{"roots":[{"name":"root-0","resources":1,"renders":true},"#
            + #"{"name":"root-1","resources":1,"renders":true},"#
            + #"{"name":"root-2","resources":1,"renders":true}]}}"#
        ])
    }
  }

  @Test func aRequestIsCancelledBetweenTheBuildsThatAreExplainedForIt() throws {
    try serve(3) { server, folder in
      _ = server.settle()
      let hover =
        #"{"id":"x","method":"textDocument/hover","params":{"textDocument":{"uri":"#
        + #""\#(folder)/base/object.yaml"},"position":{"line":3,"character":9}}}"#
      server.send(hover)
      for _ in 0..<2 { #expect(server.step() == []) }
      server.send(cancel)
      #expect(server.step() == [cancelled])
      #expect(!server.hasWork)
      server.send(hover)
      #expect(
        server.settle() == [
          #"{"id":"x","result":{"contents":{"kind":"markdown","value":""#
            + "`name`: string.\\n\\n"
            + "In `root-0`:\\n- `Service/web` `metadata.name` is `web`\\n\\n"
            + "In `root-1`:\\n- `Service/web` `metadata.name` is `web`\\n\\n"
            + "In `root-2`:\\n- `Service/web` `metadata.name` is `web`"
            + #""},"range":{"start":{"line":3,"character":8},"end":{"line":3,"character":11}}}}"#
        ])
    }
  }

  private func said(_ kind: String, _ rest: String) -> String {
    #"{"method":"$/progress","params":{"token":"build-1","value":{"kind":"\#(kind)"\#(rest)}}}"#
  }

  private let create =
    #"{"id":"render-1","method":"window/workDoneProgress/create","params":{"token":"build-1"}}"#

  @Test func theBuildsOfManyRootsAreShown() throws {
    try serve(20, capabilities: progress) { server, _ in
      #expect(server.step() == [create])
      server.send(#"{"id":"render-1","result":null}"#)
      #expect(
        server.step() == [
          said("begin", #","title":"render","message":"1 of 20 roots","percentage":5"#)
        ])
      #expect(
        server.step() == [said("report", #","message":"2 of 20 roots","percentage":10"#)])
      for _ in 0..<17 { #expect(server.step().count == 1) }
      #expect(server.step() == [said("end", "")])
      #expect(server.settle() == [])
    }
  }

  @Test func whatTheClientDoesNotTakeIsNotShown() throws {
    // It cannot.
    try serve(20) { server, _ in #expect(server.settle() == []) }
    // It is a short work.
    try serve(19, capabilities: progress) { server, _ in #expect(server.settle() == []) }
    // It says no.
    try serve(20, capabilities: progress) { server, _ in
      #expect(server.step() == [create])
      server.send(#"{"id":"render-1","error":{"code":-1,"message":"no"}}"#)
      #expect(server.settle() == [])
    }
    // It answers when everything is done.
    try serve(20, capabilities: progress) { server, _ in
      #expect(server.settle() == [create])
      server.send(#"{"id":"render-1","result":null}"#)
      #expect(server.settle() == [])
    }
  }
}
