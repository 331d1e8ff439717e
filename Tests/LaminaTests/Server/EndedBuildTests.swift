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
    _ resources: Int, rules: [Rule] = Rule.all,
    _ body: (inout SteppedServer, HeardFiles, ScratchDirectory) throws -> Void
  ) throws {
    let scratch = try ScratchDirectory()
    defer { scratch.remove() }
    for file in Inputs.shop(resources: resources).files {
      try scratch.write(file.path, file.text)
    }
    let files = HeardFiles()
    var server = SteppedServer(in: scratch.url, files: files, rules: rules)
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

  // MARK: - Rules

  /// Counts how often something is done, and calls somebody the first time.
  private final class Bell: Sendable {
    private let state = Mutex<(count: Int, call: (@Sendable () -> Void)?)>((0, nil))

    var count: Int { state.withLock { $0.count } }

    func call(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.call = body } }

    func ring() {
      let call = state.withLock { state in
        state.count += 1
        defer { state.call = nil }
        return state.call
      }
      call?()
    }

    /// A rule that finds nothing.
    var rule: Rule {
      Rule(.emptyGenerator, .warning, summary: "none", page: "none") { _ in self.ring() }
    }
  }

  @Test func aRequestThatIsCancelledEndsTheRulesAfterItsBuild() throws {
    let (first, second) = (Bell(), Bell())
    try serve(100, rules: [first.rule, second.rule]) { server, _, _ in
      let inbox = server.inbox
      first.call { Self.say(#"{"method":"$/cancelRequest","params":{"id":"x"}}"#, inbox) }
      server.send(status)
      #expect(server.step() == [])
      #expect((first.count, second.count) == (1, 0))
      #expect(server.step() == [cancelled])
      // Nothing is kept of that.
      server.send(status)
      #expect(server.settle().contains(result(101)))
      #expect((first.count, second.count) == (2, 1))
    }
  }

  @Test func aChangeEndsTheRulesThatNobodyWaitsFor() throws {
    let (first, second) = (Bell(), Bell())
    try serve(100, rules: [first.rule, second.rule]) { server, _, scratch in
      let inbox = server.inbox
      let uri = "file://" + scratch.url.path + "/overlay/kustomization.yaml"
      first.call {
        Self.say(
          #"{"method":"workspace/didChangeWatchedFiles","params":{"changes":[{"uri":"\#(uri)","#
            + #""type":2}]}}"#, inbox)
      }
      #expect(server.step() == [])
      #expect((first.count, second.count) == (1, 0))
      server.send(status)
      #expect(server.settle().contains(result(101)))
      #expect((first.count, second.count) == (2, 1))
    }
  }

  // MARK: - Builds that explain

  /// Serves files of a web that is not there, and counts how many.
  private final class HeardHost: Lamina.Host {
    private struct State {
      var count = 0
      var calls: [Int: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    var count: Int { state.withLock { $0.count } }

    func call(after more: Int, _ body: @escaping @Sendable () -> Void) {
      state.withLock { $0.calls[$0.count + more] = body }
    }

    func download(_ url: String, isOffline: Bool) throws(HostFailure) -> [UInt8] {
      let call = state.withLock { state in
        state.count += 1
        return state.calls.removeValue(forKey: state.count)
      }
      call?()
      let name = url.split(separator: "/").last ?? ""
      return Array("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name)}\n".utf8)
    }

    func run(_ call: ProgramCall) throws(HostFailure) -> ProgramResult {
      throw .programNotFound(call.program)
    }
    func makeTemporaryDirectory() throws(HostFailure) -> String { throw .other("none") }
    func removeTemporaryDirectory(_ path: String) {}
    func write(_ bytes: [UInt8], to path: String) throws(HostFailure) { throw .other("none") }
  }

  @Test func aRequestThatIsCancelledEndsTheBuildThatIsExplained() throws {
    let scratch = try ScratchDirectory()
    defer { scratch.remove() }
    let list = (0..<40).map { "- https://example.com/m\($0)\n" }.joined()
    try scratch.write("kustomization.yaml", "namePrefix: a-\nresources:\n\(list)- own.yaml\n")
    try scratch.write("own.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n")
    let host = HeardHost()
    var server = SteppedServer(in: scratch.url, host: host)
    _ = server.settle()
    #expect(host.count == 40)
    let inbox = server.inbox
    let hover =
      #"{"id":"x","method":"textDocument/hover","params":{"textDocument":{"uri":"#
      + #""file://\#(scratch.url.path)/own.yaml"},"position":{"line":3,"character":9}}}"#
    host.call(after: 3) { Self.say(#"{"method":"$/cancelRequest","params":{"id":"x"}}"#, inbox) }
    server.send(hover)
    #expect(server.step() == [])
    #expect(host.count < 45, "\(host.count)")
    #expect(server.step() == [cancelled])
    #expect(!server.hasWork)
    let before = host.count
    server.send(hover)
    #expect(server.settle().last?.contains("`metadata.name` is `a-web`") == true)
    #expect(host.count == before + 40)
  }
}
