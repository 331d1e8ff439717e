import Foundation
import Testing

/// Links and pipes in the place of golden files, as somebody else may have put them into a repository.
@Suite struct GoldenLinkTests {
  private let scratch: ScratchDirectory
  private static let header = "# Rendered from overlays/a by `render golden update`; do not edit.\n"
  private static let golden =
    header + "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n"

  init() throws {
    scratch = try ScratchDirectory()
    try scratch.write("repo/.git/HEAD", "ref: refs/heads/main\n")
    try scratch.write("repo/overlays/a/kustomization.yaml", "resources: [cm.yaml]\n")
    try scratch.write(
      "repo/overlays/a/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n")
    try scratch.write("home/secret", "the password\n")
  }

  private func golden(_ arguments: String...) throws -> BuiltCommand.Outcome {
    try BuiltCommand.run(["golden"] + arguments, in: scratch.url.appending(path: "repo"))
  }

  /// Neither command shows, changes or removes anything outside of the repository.
  private func expectRefused(_ link: String, to target: String, file: String) throws {
    let reason =
      "the link \(scratch.path(link)) leads out of \(scratch.path("repo")), to \(scratch.path(target))"
    let before = try scratch.shell("cd home && ls -lR && cat $(find . -type f)").output
    let check = try golden("check")
    #expect(check.status == 2)
    #expect(check.output.contains("cannot read \(file): \(reason)\n"))
    #expect(!(check.output + check.errors).contains("password"))
    let update = try golden("update")
    #expect(update.status == 2)
    #expect(update.output == "")
    #expect(update.errors == "\(file): error: cannot write: \(reason)\n")
    #expect(try scratch.shell("cd home && ls -lR && cat $(find . -type f)").output == before)
  }

  @Test(arguments: ["../../../home/secret", "chain", "../../../home/new"])
  func aLinkThatLeadsOutIsRefused(target: String) throws {
    defer { scratch.remove() }
    try scratch.link("repo/overlays/a/golden.yaml", to: target)
    try scratch.link("repo/overlays/a/chain", to: scratch.path("home/secret"))
    let last = target == "chain" ? "chain" : "golden.yaml"
    try expectRefused(
      "repo/overlays/a/\(last)", to: target.hasSuffix("new") ? "home/new" : "home/secret",
      file: "overlays/a/golden.yaml")
  }

  @Test(arguments: ["../home", "/"])
  func aLinkedDirectoryThatLeadsOutIsRefused(target: String) throws {
    defer { scratch.remove() }
    try scratch.write("repo/lamina.yaml", "golden: {directory: golden}\n")
    try scratch.write("home/overlays/old.yaml", Self.header.replacing("/a", with: "/old"))
    try scratch.link("repo/golden", to: target == "/" ? "/" : target)
    if target == "/" {
      let outcome = try golden("update")
      #expect(
        outcome.errors.contains("leads out of \(scratch.path("repo")), to /overlays/a.yaml\n"))
      #expect(!FileManager.default.fileExists(atPath: "/overlays"))
    } else {
      try expectRefused(
        "repo/golden", to: "home/overlays/a.yaml", file: "golden/overlays/a.yaml")
    }
  }

  @Test func aLinkThatStaysInsideIsFollowed() throws {
    defer { scratch.remove() }
    try scratch.write(
      "repo/real/a.yaml",
      "# Rendered from overlays/a by `render golden update`; do not edit.\nold\n")
    chmod(scratch.path("repo/real/a.yaml"), 0o640)
    try scratch.link("repo/overlays/a/golden.yaml", to: "../../real/a.yaml")
    #expect(try golden("update").output == "wrote overlays/a/golden.yaml\n")
    #expect(scratch.isLink("repo/overlays/a/golden.yaml"))
    #expect(scratch.read("repo/real/a.yaml") == Self.golden)
    #expect(try scratch.mode("repo/real/a.yaml") == 0o640)
    #expect(try scratch.names(in: "repo/real") == ["a.yaml"])
    #expect(try golden("check").output == "1 golden file is as rendered\n")
  }

  @Test func aStaleFileIsNotRemovedThroughALinkedDirectory() throws {
    defer { scratch.remove() }
    try scratch.write("repo/lamina.yaml", "golden: {directory: tests/golden}\n")
    try scratch.write("home/golden/overlays/old.yaml", Self.header.replacing("/a", with: "/old"))
    try scratch.link("repo/tests", to: "../home")
    _ = try golden("update")
    #expect(scratch.read("home/golden/overlays/old.yaml") != nil)
    #expect(try scratch.names(in: "home/golden/overlays") == ["old.yaml"])
  }

  @Test func theSettingsAreNotReadThroughALinkThatLeadsOut() throws {
    defer { scratch.remove() }
    try scratch.link("repo/lamina.yaml", to: "../home/secret")
    let outcome = try golden("check")
    let (link, target) = (scratch.path("repo/lamina.yaml"), scratch.path("home/secret"))
    #expect(
      outcome.errors == "lamina.yaml: error: cannot read: "
        + "the link \(link) leads out of \(scratch.path("repo")), to \(target)\n")
    #expect(outcome.status == 2)
  }

  @Test func aRootThatIsALinkOutOfTheRepositoryIsRefused() throws {
    defer { scratch.remove() }
    try scratch.write("home/root/kustomization.yaml", "resources: []\nnamePrefix: a-\n")
    try scratch.link("repo/overlays/b", to: "../../home/root")
    let outcome = try golden("update", "overlays/b")
    #expect(outcome.errors.hasPrefix("overlays/b: error: the link "))
    #expect(outcome.status == 2)
    #expect(try scratch.names(in: "home/root") == ["kustomization.yaml"])
    // A root outside that the user names as such is none of the repository's.
    _ = try golden("update", "../home/root")
    #expect(try scratch.names(in: "home/root") == ["golden.yaml", "kustomization.yaml"])
  }

  @Test func aPipeIsRefusedAndNotWaitedFor() throws {
    defer { scratch.remove() }
    try scratch.makePipe("repo/overlays/a/golden.yaml")
    let reason = "it is a named pipe, not a regular file\n"
    #expect(
      try golden("check").output.hasPrefix(
        "overlays/a: cannot read overlays/a/golden.yaml: \(reason)"))
    #expect(
      try golden("update").errors == "overlays/a/golden.yaml: error: cannot write: \(reason)")
  }
}
