import Foundation
import Testing

/// Where `-o` writes, and where it does not.
@Suite struct OutputPlaceTests {
  private let scratch: ScratchDirectory
  private static let stream = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n"
  private static let name = "v1_configmap_x.yaml"

  init() throws {
    scratch = try ScratchDirectory()
    try scratch.write("repo/overlays/a/kustomization.yaml", "resources: [cm.yaml]\n")
    try scratch.write(
      "repo/overlays/a/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n")
    try scratch.write("home/secret", "mine\n")
  }

  private func render(_ arguments: String..., input: String = "") throws -> BuiltCommand.Outcome {
    try BuiltCommand.run(
      arguments, in: scratch.url.appending(path: "repo"), input: input)
  }

  // MARK: - A file that the user names

  @Test func aNewFileHasThePermissionsThatTheMaskLeaves() throws {
    defer { scratch.remove() }
    let outcome = try scratch.shell("cd repo; umask 027; $RENDER overlays/a -o new.yaml")
    #expect(outcome.errors == "")
    #expect(scratch.read("repo/new.yaml") == Self.stream)
    #expect(try scratch.mode("repo/new.yaml") == 0o640)
    #expect(try scratch.names(in: "repo") == ["new.yaml", "overlays"])
  }

  /// kustomize fails as well, where the system refuses to make such a file.
  @Test func aDirectoryThatIsNotThereIsNoFile() throws {
    defer { scratch.remove() }
    let outcome = try render("overlays/a", "-o", "new/")
    #expect(outcome.errors == "new/: error: cannot write: there is no such directory\n")
    #expect(outcome.status == 1)
    #expect(try scratch.names(in: "repo") == ["overlays"])
  }

  @Test func aFileThatIsReplacedKeepsItsPermissions() throws {
    defer { scratch.remove() }
    try scratch.write("repo/old.yaml", "old\n")
    chmod(scratch.path("repo/old.yaml"), 0o750)
    #expect(try render("overlays/a", "-o", "old.yaml").status == 0)
    #expect(scratch.read("repo/old.yaml") == Self.stream)
    #expect(try scratch.mode("repo/old.yaml") == 0o750)
  }

  @Test(arguments: ["../home/secret", "../home/new", "chain"])
  func aNamedLinkStaysAndItsTargetIsReplaced(target: String) throws {
    defer { scratch.remove() }
    try scratch.link("repo/chain", to: "../home/secret")
    try scratch.link("repo/named", to: target)
    let other = scratch.path("home/other")
    #expect(link(scratch.path("home/secret"), other) == 0)
    let outcome = try render("overlays/a", "-o", "named")
    #expect(outcome.errors == "")
    #expect(scratch.isLink("repo/named"))
    #expect(scratch.read("repo/named") == Self.stream)
    // Written beside and renamed: the other name of the old file still has the old bytes.
    #expect(scratch.read("home/other") == "mine\n")
    #expect(try scratch.names(in: "repo") == ["chain", "named", "overlays"])
  }

  @Test func whatIsNoFileIsWrittenToAsItIs() throws {
    defer { scratch.remove() }
    try scratch.makePipe("repo/pipe")
    let script = """
      cd repo
      cat pipe > got & "$RENDER" overlays/a -o pipe; echo $?; wait; cat got
      "$RENDER" overlays/a -o /dev/null; echo $?; test -c /dev/null && echo device
      "$RENDER" overlays/a -o /dev/stdout
      printf 'before\\n' > kept; "$RENDER" overlays/a -o /dev/stdout >> kept; cat kept
      """
    let outcome = try scratch.shell(script)
    #expect(outcome.errors == "")
    #expect(
      outcome.output == "0\n\(Self.stream)0\ndevice\n\(Self.stream)\(Self.stream)")
  }

  // MARK: - A directory

  @Test func aLinkInADirectoryDoesNotLeadOut() throws {
    defer { scratch.remove() }
    try scratch.link("repo/out/\(Self.name)", to: "../../home/secret")
    let outcome = try render("overlays/a", "-o", "out")
    let (link, target) = (scratch.path("repo/out/\(Self.name)"), scratch.path("home/secret"))
    #expect(
      outcome.errors == "out/\(Self.name): error: cannot write: "
        + "the link \(link) leads out of \(scratch.path("repo/out")), to \(target)\n")
    #expect(outcome.status == 1)
    #expect(scratch.read("home/secret") == "mine\n")
  }

  @Test func aLinkInADirectoryMayLeadElsewhereInIt() throws {
    defer { scratch.remove() }
    try scratch.write("repo/out/real", "old\n")
    try scratch.link("repo/out/\(Self.name)", to: "real")
    #expect(try render("overlays/a", "-o", "out").status == 0)
    #expect(scratch.isLink("repo/out/\(Self.name)"))
    #expect(scratch.read("repo/out/real") == Self.stream)
  }

  @Test func theDirectoryItselfMayBeALink() throws {
    defer { scratch.remove() }
    try scratch.link("repo/out", to: "../home")
    #expect(try render("overlays/a", "-o", "out").errors == "")
    #expect(scratch.read("home/\(Self.name)") == Self.stream)
  }

  @Test func aPipeInADirectoryIsRefused() throws {
    defer { scratch.remove() }
    try scratch.write("repo/out/x", "")
    try scratch.makePipe("repo/out/\(Self.name)")
    let outcome = try render("overlays/a", "-o", "out")
    #expect(
      outcome.errors == "out/\(Self.name): error: cannot write: "
        + "it is a named pipe, not a regular file\n")
    #expect(outcome.status == 1)
  }

  @Test func aLinkedDirectoryInTheOutputOfManyRootsIsRefused() throws {
    defer { scratch.remove() }
    try scratch.link("repo/out/overlays", to: "../../home")
    let outcome = try render("--all", ".", "-o", "out")
    #expect(outcome.errors.hasPrefix("out/overlays/a.yaml: error: cannot write: the link "))
    #expect(outcome.status == 1)
    #expect(try scratch.names(in: "home") == ["secret"])
  }

  @Test func aNamedPipeMayBeASideOfADifference() throws {
    defer { scratch.remove() }
    try scratch.makePipe("repo/pipe")
    let outcome = try scratch.shell(
      "cd repo; cat overlays/a/cm.yaml > pipe & \"$RENDER\" diff pipe overlays/a; wait")
    #expect(outcome.errors == "")
    #expect(outcome.output.contains("differ") || outcome.output.contains("no "))
  }
}
