import Foundation
import Lamina
import Testing

/// The sides that `render diff` takes, and how it ends.
@Suite struct DiffCommandTests {
  private let directory: URL

  /// Two overlays of one base in a repository. The branch `topic`, which is checked out, changes the
  /// base, takes one overlay away and adds one.
  init() throws {
    directory = FileManager.default.temporaryDirectory
      .appending(path: "diff-\(UUID().uuidString)").resolvingSymlinksInPath()
    try write("base/kustomization.yaml", "resources: [cm.yaml]\n")
    try write("base/cm.yaml", Self.configMap("x", "1"))
    try writeOverlay("a")
    try writeOverlay("b")
    try git("init", "-q", "-b", "main")
    try commit()
    try git("checkout", "-q", "-b", "topic")
    try write("base/cm.yaml", Self.configMap("x", "2"))
    try FileManager.default.removeItem(at: directory.appending(path: "overlays/b"))
    try writeOverlay("c")
    try commit()
  }

  private static func configMap(_ name: String, _ value: String) -> String {
    "apiVersion: v1\ndata:\n  a: \"\(value)\"\nkind: ConfigMap\nmetadata:\n  name: \(name)\n"
  }

  private func write(_ path: String, _ text: String) throws {
    let file = directory.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private func writeOverlay(_ name: String) throws {
    try write(
      "overlays/\(name)/kustomization.yaml", "namePrefix: \(name)-\nresources: [../../base]\n")
  }

  private func git(_ arguments: String...) throws {
    try TestRepository(url: directory).git(arguments)
  }

  private func commit() throws {
    try git("add", "-A")
    try git("commit", "-q", "-m", "x")
  }

  private func run(_ arguments: String..., input: String = "") throws -> BuiltCommand.Outcome {
    try BuiltCommand.run(["diff"] + arguments, in: directory, input: input)
  }

  /// The patch of an overlay whose base has changed.
  private func patch(_ file: String, _ name: String) -> String {
    """
    --- a/\(file)
    +++ b/\(file)
    @@ -1,6 +1,6 @@ ConfigMap/\(name)
     apiVersion: v1
     data:
    -  a: "1"
    +  a: "2"
     kind: ConfigMap
     metadata:
       name: \(name)

    """
  }

  @Test(arguments: [
    ["main:overlays/a", "overlays/a"], ["main:./overlays/a", "./overlays/a"],
    ["main:overlays/a", "topic:overlays/a"], ["HEAD~1:overlays/a", "HEAD:overlays/a"],
    ["--base", "main", "overlays/a"], ["--enable-helm", "--base", "main", "overlays/a"],
  ])
  func aSideMayBeARevision(arguments: [String]) throws {
    let outcome = try BuiltCommand.run(["diff", "--format=unified"] + arguments, in: directory)
    #expect(outcome.output == patch("overlays/a.yaml", "a-x"))
    #expect(outcome.errors == "")
    #expect(outcome.status == 1)
  }

  @Test func aSideMayBeAFileOrStandardInput() throws {
    try write("old.yaml", Self.configMap("x", "1"))
    let new = Self.configMap("x", "2")
    try write("new.yaml", new)
    for outcome in [
      try run("old.yaml", "base", "--format=unified"),
      try run("old.yaml", "-", "--format=unified", input: new),
      try run("main:base", "new.yaml", "--format=unified"),
    ] {
      #expect(
        outcome.output.hasSuffix(
          "-  a: \"1\"\n+  a: \"2\"\n kind: ConfigMap\n metadata:\n   name: x\n"))
      #expect(outcome.errors == "")
      #expect(outcome.status == 1)
    }
    let same = try run("base", "-", input: new)
    #expect(same.output == "no differences\n")
    #expect(same.status == 0)
  }

  @Test func aTreeIsComparedRootByRoot() throws {
    let patch =
      patch("overlays/a.yaml", "a-x") + """
        --- /dev/null
        +++ b/overlays/c.yaml
        @@ -0,0 +1,6 @@ ConfigMap/c-x
        +apiVersion: v1
        +data:
        +  a: "2"
        +kind: ConfigMap
        +metadata:
        +  name: c-x
        --- a/overlays/b.yaml
        +++ /dev/null
        @@ -1,6 +0,0 @@ ConfigMap/b-x
        -apiVersion: v1
        -data:
        -  a: "1"
        -kind: ConfigMap
        -metadata:
        -  name: b-x

        """
    for arguments in [["--base", "main", "--all"], ["--all", "main:", "."]] {
      let outcome = try BuiltCommand.run(["diff", "--format=unified"] + arguments, in: directory)
      #expect(outcome.output == patch)
      #expect(outcome.errors == "")
      #expect(outcome.status == 1)
    }
  }

  @Test func whatDoesNotRenderIsTroubleAndNoRemoval() throws {
    try write("overlays/c/kustomization.yaml", "resources: [missing.yaml]\n")
    let outcome = try run("--base", "main", "--all", "--jobs", "1")
    #expect(outcome.status == 2)
    let message = "overlays/c/kustomization.yaml:1:13: error: cannot read resource \"missing.yaml\""
    #expect(outcome.errors.hasPrefix(message))
    #expect(outcome.output.contains(message))
    #expect(
      outcome.output.contains(
        "1 resource changed, 1 removed in 2 of 3 roots; 1 root does not render\n"))
    let rest = try run("--base", "topic", "overlays/a", "overlays/c")
    #expect(rest.output.contains("no differences in 1 root; 1 root does not render\n"))
    #expect(rest.status == 2)
  }

  @Test func theReportMayGoToAFile() throws {
    let outcome = try run("overlays/a", "overlays/a", "-o", "report.txt", "--color", "always")
    #expect(outcome.output == "")
    #expect(outcome.status == 0)
    let report = try String(contentsOf: directory.appending(path: "report.txt"), encoding: .utf8)
    #expect(report == "\u{1B}[1mno differences\u{1B}[0m\n")
    let nowhere = try run("overlays/a", "overlays/a", "-o", "no/report.txt")
    #expect(
      nowhere.errors
        == "no/report.txt: error: cannot write: there is no directory no: make it with `mkdir -p no`\n"
    )
    #expect(nowhere.status == 2)
  }

  @Test(arguments: [
    (["overlays/a"], 64, "error: two sides are needed, or --base with a revision"),
    (["-", "-"], 64, "error: standard input can be one side only"),
    (["--base", "main", "-"], 64, "error: standard input has no past: --base takes directories"),
    (
      ["a", "b", "--format", "unified", "--ignore", "metadata"], 64,
      "error: --ignore cannot be used with --format unified: a patch without these changes does not apply"
    ),
    (
      ["a", "b", "--ignore", "spec..x"], 64, "error: --ignore spec..x: column 6: expected a key\n"
    ),
    (["--base", "none", "overlays/a"], 2, "error: there is no revision \"none\" in "),
    (
      ["--base", "main", "overlays/x"], 2,
      "error: overlays/x has no kustomization, and had none at the merge base with main\n"
    ),
    (["--all", "none", "."], 2, "error: none is not a directory\n"),
    (["none", "base"], 2, "none: error: cannot read directory: no such file or directory\n"),
    (["base", "none"], 2, "none: error: cannot read directory: no such file or directory\n"),
  ])
  func mistakesAreSaidAndEndWithTwoOrMore(
    arguments: [String], status: Int32, message: String
  ) throws {
    let outcome = try BuiltCommand.run(["diff"] + arguments, in: directory)
    #expect(outcome.errors.hasPrefix(message))
    #expect(outcome.output == "")
    #expect(outcome.status == status)
  }

  @Test func aDirectoryOfThatNameIsStillRendered() throws {
    try write("diff/kustomization.yaml", "resources: [../base]\n")
    for arguments in [["./diff"], ["build", "diff"]] {
      let outcome = try BuiltCommand.run(arguments, in: directory)
      #expect(outcome.output == Self.configMap("x", "2"))
    }
  }
}
