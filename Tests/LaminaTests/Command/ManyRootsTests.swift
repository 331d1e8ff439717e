import Foundation
import Testing

/// Several roots in one call of the built command.
@Suite struct ManyRootsTests {
  private let directory: URL

  /// Two overlays of one base, a component, and a kustomization that fails.
  init() throws {
    directory = FileManager.default.temporaryDirectory
      .appending(path: "roots-\(UUID().uuidString)").resolvingSymlinksInPath()
    try write("base/kustomization.yaml", "resources: [cm.yaml]\n")
    try write("base/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n")
    for overlay in ["a", "b"] {
      try write(
        "overlays/\(overlay)/kustomization.yaml",
        "namePrefix: \(overlay)-\nresources: [../../base]\n")
    }
    try write(
      "part/kustomization.yaml",
      "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnameSuffix: -z\n")
    try write("broken/kustomization.yaml", "resources: [missing.yaml]\n")
  }

  private static func stream(_ name: String) -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \(name)-x\n"
  }

  private static let failure = """
    broken/kustomization.yaml:1:13: error: cannot read resource "missing.yaml": no such file or directory
        1 │ resources: [missing.yaml]
          │             ^

    """

  private func write(_ path: String, _ text: String) throws {
    let file = directory.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private func read(_ path: String) throws -> String {
    try String(contentsOf: directory.appending(path: path), encoding: .utf8)
  }

  private func run(_ arguments: String...) throws -> BuiltCommand.Outcome {
    let outcome = try BuiltCommand.run(arguments, in: directory)
    #expect(outcome.endedByItself)
    return outcome
  }

  @Test func eachStreamBeginsWithTheNameOfItsRoot() throws {
    let outcome = try run("overlays/b", "overlays/a")
    #expect(
      outcome.output
        == "# overlays/b\n\(Self.stream("b"))---\n# overlays/a\n\(Self.stream("a"))")
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
  }

  @Test(arguments: ["1", "2", "7"])
  func aRootThatFailsDoesNotStopTheOthers(jobs: String) throws {
    let outcome = try run("overlays/a", "broken", "overlays/b", "--jobs", jobs)
    #expect(
      outcome.output
        == "# overlays/a\n\(Self.stream("a"))---\n# overlays/b\n\(Self.stream("b"))")
    #expect(outcome.errors == "\(Self.failure)render: 1 of 3 roots failed: broken\n")
    #expect(outcome.status == 1)
  }

  @Test func rootsThatFailStandOneALine() throws {
    let outcome = try run("broken", "overlays/a", "./broken")
    #expect(outcome.errors.hasSuffix("render: 2 of 3 roots failed:\n  broken\n  ./broken\n"))
    #expect(outcome.status == 1)
  }

  @Test func whatRootsHaveInCommonIsSaidWithTheWayThere() throws {
    try write("base/kustomization.yaml", "resources: [none.yaml]\n")
    let outcome = try run("overlays/a", "overlays/b")
    #expect(
      outcome.errors.contains(
        """

          used by overlays/a/kustomization.yaml:2:13
          in 2 roots: overlays/a, overlays/b

        """))
    #expect(outcome.errors.components(separatedBy: "none.yaml\"").count == 2)
  }

  @Test func soAreWarnings() throws {
    try write("base/kustomization.yaml", "bases: []\nresources: [cm.yaml]\n")
    let outcome = try run("overlays/a", "overlays/b")
    #expect(
      outcome.errors.contains(
        """

          used by overlays/a/kustomization.yaml:2:13
          in 2 roots: overlays/a, overlays/b

        """))
  }

  @Test func allMayBeOfSeveralDirectories() throws {
    try write("more/c/kustomization.yaml", "namePrefix: c-\nresources: [../../base]\n")
    let outcome = try run("--all", "overlays", "more", "-o", "out")
    #expect(outcome.errors == "")
    #expect(try read("out/overlays/a.yaml") == Self.stream("a"))
    #expect(try read("out/more/c.yaml") == Self.stream("c"))
    let former = try run("--all=more", "--jobs=1")
    #expect(former.output == "# more/c\n\(Self.stream("c"))")
  }

  @Test func allAreThoseThatNothingIncludes() throws {
    try write("broken/kustomization.yaml", "namePrefix: c-\nresources: [../base]\n")
    let outcome = try run("--all", ".")
    #expect(
      outcome.output
        == ["broken", "overlays/a", "overlays/b"]
        .map { "# \($0)\n\(Self.stream($0 == "broken" ? "c" : String($0.suffix(1))))" }
        .joined(separator: "---\n"))
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
  }

  @Test func eachRootGetsAFileInTheOutputDirectory() throws {
    let outcome = try run("--all", "overlays", "-o", "out/here")
    #expect(outcome.output == "")
    #expect(outcome.errors == "")
    #expect(outcome.status == 0)
    #expect(try read("out/here/a.yaml") == Self.stream("a"))
    #expect(try read("out/here/b.yaml") == Self.stream("b"))
  }

  @Test func rootsMustNotShareAFile() throws {
    let outcome = try run("overlays/a", "../\(directory.lastPathComponent)/overlays/../overlays/a")
    #expect(outcome.status == 0)
    let clash = try run("overlays/a", "./overlays/a", "-o", "out")
    #expect(
      clash.errors
        == "error: overlays/a and ./overlays/a would be written to one file; render them by themselves\n"
    )
    #expect(clash.status == 1)
    #expect(!FileManager.default.fileExists(atPath: directory.appending(path: "out").path))
  }

  /// Not the rendering of what follows, which nobody asked for.
  @Test(arguments: [("lnit", "lint"), ("edti", "edit"), ("golde", "golden")])
  func aMistypedCommandIsNoDirectory(word: String, command: String) throws {
    // A flag of the command that was meant goes to the parser.
    for outcome in [try run(word), try run(word, "overlays/a"), try run(word, "--base", "main")] {
      #expect(outcome.output == "")
      let words = "there is no directory and no command \"\(word)\"; did you mean \"\(command)\"?"
      #expect(outcome.errors == "error: \(words)\n")
      #expect(outcome.status == 1)
    }
    try write("lnit/kustomization.yaml", "resources: [../overlays/a]\n")
    #expect(try run("lnit").output == Self.stream("a"))
  }

  @Test func nothingToRenderIsAnError() throws {
    try write("empty/note.txt", "")
    let outcome = try run("--all", "empty")
    #expect(outcome.errors == "error: there is no kustomization below empty\n")
    #expect(outcome.status == 1)
  }

  /// Go's decoder takes the names of fields in letters of either case, and so a base is one.
  @Test func aBaseIsNoRootHoweverItsFieldIsWritten() throws {
    try write("base/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n")
    try write("overlays/a/kustomization.yaml", "NAMEPREFIX: a-\nResources: [../../base]\n")
    try write("overlays/b/kustomization.yaml", "namePrefix: b-\nBASES: [../../base]\n")
    try write(
      "part/kustomization.yaml",
      "apiVersion: kustomize.config.k8s.io/v1alpha1\nKind: Component\nnameSuffix: -z\n")
    try FileManager.default.removeItem(at: directory.appending(path: "broken"))
    let outcome = try run("--all", ".")
    #expect(
      outcome.output
        == "# overlays/a\n\(Self.stream("a"))---\n# overlays/b\n\(Self.stream("b"))")
  }
}
