import Foundation
import GeneratedInputs
import Lamina
import LaminaHost
import LaminaServer
import Synchronization
import Testing

/// What the client says during a build may end it.
@Suite struct EndedBuildTests {
  /// The files of a disk, which count how many are read, and call somebody after some of them.
  private final class HeardFiles: FileSystem {
    private struct State {
      var count = 0
      var calls: [Int: @Sendable () -> Void] = [:]
    }

    private let disk = DiskFileSystem()
    private let state = Mutex(State())

    var count: Int { state.withLock { $0.count } }

    /// - Parameter more: so many files from now on.
    func call(after more: Int, _ body: @escaping @Sendable () -> Void) {
      state.withLock { $0.calls[$0.count + more] = body }
    }

    func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath { try disk.resolve(path) }

    func names(in directory: String) -> [String] { disk.names(in: directory) }

    func read(_ path: String) throws(FileSystemError) -> [UInt8] {
      let call = state.withLock { state in
        state.count += 1
        return state.calls.removeValue(forKey: state.count)
      }
      call?()
      return try disk.read(path)
    }
  }

  /// - Parameter resources: four of them are in a file.
  private func serve(
    _ resources: Int, _ body: (inout SteppedServer, HeardFiles, ScratchDirectory) throws -> Void
  ) throws {
    let scratch = try ScratchDirectory()
    defer { scratch.remove() }
    for file in Inputs.shop(resources: resources).files {
      try scratch.write(file.path, file.text)
    }
    let files = HeardFiles()
    var server = SteppedServer(in: scratch.url, files: files)
    // The roots are found.
    #expect(server.step() == [])
    try body(&server, files, scratch)
  }

  private let status =
    #"{"id":"x","method":"workspace/executeCommand","params":{"command":"render.status"}}"#
  private func result(_ resources: Int) -> String {
    #"{"id":"x","result":{"roots":[{"name":"overlay","resources":\#(resources),"renders":true}]}}"#
  }
  private let cancelled = #"{"id":"x","error":{"code":-32800,"message":"cancelled"}}"#

  @Sendable private static func say(_ message: String, _ inbox: Inbox) {
    inbox.receive([UInt8](LanguageClient.framed(message))[...])
  }

  @Test func aRequestThatIsCancelledEndsTheBuildThatItWaitsFor() throws {
    try serve(10_000) { server, files, _ in
      let (before, inbox) = (files.count, server.inbox)
      server.send(status)
      files.call(after: 100) {
        Self.say(#"{"method":"$/cancelRequest","params":{"id":"x"}}"#, inbox)
      }
      #expect(server.step() == [])
      #expect(files.count - before < 110, "\(files.count - before)")
      #expect(server.step() == [cancelled])
      // Of what was begun the files are kept, and nothing else.
      server.send(status)
      #expect(server.settle().contains(result(10_001)))
      #expect(files.count >= 2_500)
      #expect(files.count - before < 2_620, "\(files.count - before)")
    }
  }

  @Test func anotherRequestEndsNothing() throws {
    try serve(1_000) { server, files, _ in
      let inbox = server.inbox
      server.send(status)
      files.call(after: 100) {
        Self.say(#"{"method":"$/cancelRequest","params":{"id":"y"}}"#, inbox)
      }
      #expect(server.step() == [])
      #expect(files.count >= 250)
      #expect(server.settle().contains(result(1_001)))
    }
  }

  @Test func aChangeEndsABuildThatNobodyWaitsFor() throws {
    try serve(1_000) { server, files, scratch in
      let (before, inbox) = (files.count, server.inbox)
      let uri = "file://" + scratch.url.path + "/base/app-7.yaml"
      let text = #"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n"#
      files.call(after: 100) {
        Self.say(
          #"{"method":"textDocument/didOpen","params":{"textDocument":{"uri":"\#(uri)","#
            + #""version":1,"languageId":"yaml","text":"\#(text)"}}}"#, inbox)
      }
      #expect(server.step() == [])
      #expect(files.count - before < 110, "\(files.count - before)")
      server.send(status)
      let messages = server.settle()
      #expect(
        messages.contains(result(998)), "\(messages.suffix(1))")
    }
  }

  @Test func aChangeEndsTheBuildOfARequestThatClientsRepeat() throws {
    try serve(1_000) { server, files, scratch in
      let (before, inbox) = (files.count, server.inbox)
      let uri = "file://" + scratch.url.path + "/overlay/kustomization.yaml"
      server.send(
        #"{"id":"x","method":"textDocument/codeLens","params":{"textDocument":{"uri":"\#(uri)"}}}"#)
      files.call(after: 100) {
        Self.say(
          #"{"method":"workspace/didChangeWatchedFiles","params":{"changes":[{"uri":"\#(uri)","#
            + #""type":2}]}}"#, inbox)
      }
      #expect(
        server.step() == [
          #"{"id":"x","error":{"code":-32801,"message":"the files have changed"}}"#
        ])
      #expect(files.count - before < 110, "\(files.count - before)")
      server.send(status)
      #expect(server.settle().contains(result(1_001)))
    }
  }
}
