import Foundation
import Testing

@testable import render

/// `render worker`: the requests of a build system.
@Suite struct WorkerTests {
  private let scratch: ScratchDirectory

  private static func map(_ name: String) -> String { ScratchDirectory.configMap(name) }

  init() throws {
    scratch = try ScratchDirectory()
    try scratch.writeOverlays("a", "b")
  }

  private static let base = ["base/kustomization.yaml", "base/cm.yaml"]

  private static func request(
    _ arguments: [String], _ inputs: [String], number: Int = 0
  ) throws -> String {
    let request: [String: Any] = [
      "arguments": arguments, "requestId": number,
      "inputs": inputs.map { ["path": $0, "digest": "ZGlnZXN0"] },
    ]
    return String(decoding: try JSONSerialization.data(withJSONObject: request), as: UTF8.self)
  }

  @Test func oneRequestOnTheCommandLine() throws {
    defer { scratch.remove() }
    try scratch.write("words", "b\nout/b.yaml\n")
    try FileManager.default.createDirectory(
      atPath: scratch.path("out"), withIntermediateDirectories: true)
    let outcome = try scratch.render("worker", "a", "out/a.yaml", "@words")
    #expect(outcome.errors == "")
    #expect(outcome.output == "")
    #expect(outcome.status == 0)
    #expect(scratch.read("out/a.yaml") == Self.map("a-x"))
    #expect(scratch.read("out/b.yaml") == Self.map("b-x"))
    let odd = try scratch.render("worker", "a")
    #expect(odd.status == 1)
    #expect(
      odd.errors
        == "error: directories and files must come in turn: there is no file for \"a\"\n")
    let missing = try scratch.render("worker", "@none")
    #expect(missing.errors == "none: error: cannot read: no such file or directory\n")
    let helm = try scratch.render("worker", "a", "a.yaml", "--enable-helm")
    #expect(helm.status == 64)
    // One that fails does not keep the others from being written.
    let both = try scratch.render("worker", "none", "none.yaml", "a", "again.yaml")
    #expect(both.status == 1)
    #expect(both.errors == "none: error: cannot read directory: no such file or directory\n")
    #expect(scratch.read("again.yaml") == Self.map("a-x"))
  }

  @Test func requestsAreAnsweredInTurn() throws {
    defer { scratch.remove() }
    let files = ["a/kustomization.yaml"] + Self.base
    // Old versions write nothing between requests, and new ones a line break.
    let input =
      try Self.request(["a", "a.yaml"], files) + Self.request(["a", "a2.yaml"], files, number: 7)
      + "\n\n{\"cancel\": true, \"requestId\": 7}\n" + Self.request(["b", "b.yaml"], files)
      + "{\"arguments\": [}"
    let outcome = try scratch.render("worker", "--persistent_worker", input: input)
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    let lines = outcome.output.components(separatedBy: "\n")
    #expect(lines.count == 5)
    #expect(lines[0] == #"{"exitCode":0,"output":"","requestId":0}"#)
    #expect(lines[1] == #"{"exitCode":0,"output":"","requestId":7}"#)
    // It is there, but nobody has declared it.
    #expect(
      lines[2]
        == #"{"exitCode":1,"output":"b: error: cannot read directory: no such file or directory\n","requestId":0}"#
    )
    #expect(lines[3].hasPrefix(#"{"exitCode":1,"output":"request:1:16: error: malformed JSON"#))
    #expect(scratch.read("a.yaml") == Self.map("a-x"))
    #expect(scratch.read("a2.yaml") == Self.map("a-x"))
    #expect(scratch.read("b.yaml") == nil)
  }

  @Test func aFileThatIsNotDeclaredIsNotThere() throws {
    defer { scratch.remove() }
    let input = try Self.request(
      ["a", "a.yaml"], ["a/kustomization.yaml", "base/kustomization.yaml"])
    let outcome = try scratch.render("worker", "--persistent_worker", input: input)
    #expect(
      outcome.output.contains(#"cannot read resource \"cm.yaml\": no such file or directory"#))
    #expect(scratch.read("a.yaml") == nil)
  }

  /// What has the same digest is not read again, and what has another one is.
  @Test func digestsDecide() throws {
    defer { scratch.remove() }
    var run = WorkerRun(Invocation())
    func render(_ digest: String) -> String? {
      let inputs = ["a/kustomization.yaml", "base/kustomization.yaml"].map {
        DeclaredFiles.Input(path: scratch.path($0), digest: "1")
      }
      let object = DeclaredFiles.Input(path: scratch.path("base/cm.yaml"), digest: digest)
      let outcome = run.render(
        [scratch.path("a"), scratch.path("out.yaml")], inputs: inputs + [object])
      #expect(outcome.output == "")
      return scratch.read("out.yaml")
    }
    #expect(render("1") == Self.map("a-x"))
    try scratch.write("base/cm.yaml", Self.map("y"))
    #expect(render("1") == Self.map("a-x"))
    #expect(render("2") == Self.map("a-y"))
    try scratch.write("base/cm.yaml", Self.map("z"))
    #expect(render("") == Self.map("a-z"))
  }

  @Test func loadRootsAreOfTheDeclaredFiles() throws {
    defer { scratch.remove() }
    try scratch.write("a/kustomization.yaml", "resources: [../base/cm.yaml]\n")
    let input = try Self.request(["a", "a.yaml"], ["a/kustomization.yaml"] + Self.base)
    let refused = try scratch.render("worker", "--persistent_worker", input: input)
    #expect(refused.output.contains("so may not be read"))
    let outcome = try scratch.render(
      "worker", "--persistent_worker", "--load-root", ".", input: input)
    #expect(outcome.output == "{\"exitCode\":0,\"output\":\"\",\"requestId\":0}\n")
    #expect(scratch.read("a.yaml") == Self.map("x"))
  }
}
