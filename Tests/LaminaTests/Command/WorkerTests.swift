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
    let twice = try scratch.render("worker", "a", "out/c.yaml", "b", "./out/c.yaml")
    #expect(twice.status == 1)
    #expect(
      twice.errors == "./out/c.yaml: error: cannot write: two directories would be written to it\n")
    #expect(scratch.read("out/c.yaml") == nil)
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
      + "{\"arguments\": [}\n"
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

  /// What is no request, or is one that nobody can have meant, is answered with what is wrong.
  @Test(arguments: [
    (#"{}"#, "request: error: there are no arguments; directories and files must come in turn"),
    (
      #"{"argumets": ["a", "a.yaml"]}"#,
      #"request: error: unknown field "argumets"; did you mean "arguments"?"#
    ),
    (
      #"{"arguments": ["a", "a.yaml"], "input": []}"#,
      #"request: error: unknown field "input"; did you mean "inputs"?"#
    ),
    (
      #"{"arguments": ["a", "a.yaml"], "requestID": 3}"#,
      #"request: error: unknown field "requestID"; did you mean "requestId"?"#
    ),
    (#"{"arguments": "a"}"#, #"request: error: "arguments" must be an array of strings"#),
    (#"{"arguments": ["a", 7]}"#, #"request: error: "arguments" must be an array of strings"#),
    (#"{"requestId": "x"}"#, #"request: error: "requestId" must be a number"#),
    (#"{"cancel": 1}"#, #"request: error: "cancel" must be true or false"#),
    (
      #"{"arguments": ["a", "a.yaml"], "inputs": {}}"#,
      #"request: error: "inputs" must be an array of objects, each with a path"#
    ),
    (
      #"{"arguments": ["a", "a.yaml"], "inputs": [{"pth": "x"}]}"#,
      #"request: error: unknown field "pth" of an input; did you mean "path"?"#
    ),
    (
      #"{"arguments": ["a", "a.yaml"], "inputs": [{"digest": "x"}]}"#,
      #"request: error: "inputs" must be an array of objects, each with a path"#
    ),
    (
      #"{"arguments": ["a", "a.yaml"], "inputs": [{"path": "a", "digest": 1}]}"#,
      #"request: error: "digest" of an input must be a string"#
    ),
    (
      #"{"arguments": ["--offline", "a", "a.yaml"]}"#,
      #"error: "--offline" is a flag: a worker takes flags when it starts"#
    ),
    (
      #"{"arguments": ["a", "-o"]}"#,
      #"error: "-o" is a flag: a worker takes flags when it starts"#
    ),
    (
      #"{"arguments": ["@words"], "inputs": [{"path": "words", "digest": "1"}]}"#,
      #"error: "--offline" is a flag: a worker takes flags when it starts"#
    ),
    (#"{"arguments": ["@words"]}"#, "words: error: cannot read: no such file or directory"),
    (
      #"{"arguments": ["@/etc/passwd"], "inputs": []}"#,
      "/etc/passwd: error: cannot read: no such file or directory"
    ),
    (#"{"arguments": ["", "a.yaml"]}"#, "error: the name of a directory or file is empty"),
    (
      #"[{"arguments": []}]"#,
      "request: error: a request is a JSON object, and this is none: ["
    ),
    ("garbage", "request: error: a request is a JSON object, and this is none: garbage"),
    ("\u{8}\u{12}", #"request: error: a request is a JSON object, and this is none: \x08\x12"#),
  ])
  func whatIsNoRequestIsAnswered(request: String, message: String) throws {
    defer { scratch.remove() }
    try scratch.write("words", "--offline\na\na.yaml\n")
    let good = try Self.request(["a", "a.yaml"], ["a/kustomization.yaml"] + Self.base, number: 9)
    let outcome = try scratch.render(
      "worker", "--persistent_worker", input: request + "\n" + good + "\n")
    let lines = outcome.output.split(separator: "\n")
    let first = try #require(
      try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
    #expect(first["exitCode"] as? Int == 1)
    #expect(first["output"] as? String == message + "\n")
    #expect(first["requestId"] as? Int == 0)
    #expect(lines.last == #"{"exitCode":0,"output":"","requestId":9}"#)
    #expect(scratch.read("a.yaml") == Self.map("a-x"))
    #expect(outcome.status == 0)
  }

  /// Fields that later versions add are passed over.
  @Test func otherFieldsMeanNothing() throws {
    defer { scratch.remove() }
    let good = try Self.request(["a", "a.yaml"], ["a/kustomization.yaml"] + Self.base, number: 9)
    let more = #"{"verbosity": 10, "sandboxDir": "x", "somethingElse": {"a": []}, "#
    let outcome = try scratch.render(
      "worker", "--persistent_worker", input: more + good.dropFirst() + "\n")
    #expect(outcome.output == #"{"exitCode":0,"output":"","requestId":9}"# + "\n")
  }

  /// A request that is cut off was not done.
  @Test(arguments: [#"{"arguments": ["a", "a.yaml"]"#, #"{"arguments": ["a}"#, "{", "tru"])
  func aCutOffStreamIsAnError(request: String) throws {
    defer { scratch.remove() }
    let outcome = try scratch.render("worker", "--persistent_worker", input: "\n" + request)
    #expect(outcome.status == 1)
    #expect(outcome.errors == "error: standard input ended in the middle of a request\n")
    #expect(outcome.output == "")
    #expect(scratch.read("a.yaml") == nil)
  }

  @Test func aWorkerWithoutWorkIsAnError() throws {
    defer { scratch.remove() }
    let nothing = try scratch.render("worker", input: "{}")
    #expect(nothing.status == 64)
    #expect(
      nothing.errors.hasPrefix(
        "error: directories and files are needed, or --persistent_worker for requests\n"))
    let both = try scratch.render("worker", "--persistent_worker", "a", "a.yaml")
    #expect(both.status == 64)
    #expect(
      both.errors.hasPrefix(
        "error: with --persistent_worker, requests name the directories and files\n"))
    #expect(scratch.read("a.yaml") == nil)
    let flag = try scratch.render("worker", "--", "-a", "a.yaml")
    #expect(flag.errors == "-a: error: cannot read directory: no such file or directory\n")
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
