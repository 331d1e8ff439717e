import Foundation
import Testing

/// No file is written over that the same call reads, whatever option names it.
@Suite struct InputPlaceTests {
  private let scratch: ScratchDirectory
  private static let reason = "error: cannot write: the build reads this file"

  init() throws {
    scratch = try ScratchDirectory()
    try scratch.writeOverlays("over/a", "over/b")
    try scratch.link("named", to: "base/cm.yaml")
    try scratch.write("inner/kustomization.yaml", "resources: [v1_configmap_x.yaml]\n")
    try scratch.write(
      "inner/v1_configmap_x.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n")
    try scratch.write("all/kustomization.yaml", "resources: [over/a.yaml]\n")
    try scratch.write(
      "all/over/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n")
  }

  private func files() throws -> [String: String] {
    let manager = FileManager.default
    var files: [String: String] = [:]
    for path in try #require(manager.enumerator(atPath: scratch.path("."))) {
      guard let path = path as? String, let text = scratch.read(path) else { continue }
      files[path] = text
    }
    return files
  }

  @Test(arguments: [
    (["over/a", "-o", "base/cm.yaml"], "base/cm.yaml"),
    (["over/a", "-o", "./base/../named"], "./base/../named"),
    (["over/a", "-o", "over/a/kustomization.yaml"], "over/a/kustomization.yaml"),
    (["over/a", "-o", "new.yaml", "--depfile", "base/cm.yaml"], "base/cm.yaml"),
    (["over/a", "-o", "new.yaml", "--depfile", "named"], "named"),
    (["inner", "-o", "inner"], "inner/v1_configmap_x.yaml"),
    (["explain", "over/a", "-o", "base/cm.yaml"], "base/cm.yaml"),
    (["diff", "over/a", "over/b", "-o", "base/cm.yaml"], "base/cm.yaml"),
    (["worker", "over/a", "new.yaml", "over/b", "base/cm.yaml"], "base/cm.yaml"),
    (["worker", "over/a", "base/cm.yaml", "over/b", "new.yaml"], "base/cm.yaml"),
  ])
  func whatIsReadIsNotWrittenOver(arguments: [String], path: String) throws {
    defer { scratch.remove() }
    let before = try files()
    let outcome = try scratch.render(arguments)
    #expect(outcome.errors == "\(path): \(Self.reason)\n")
    #expect(outcome.status != 0)
    #expect(try files() == before)
  }

  /// An empty file may be a manifest that is to be filled.
  @Test func anEmptyInputIsNoManifest() throws {
    defer { scratch.remove() }
    try scratch.write("over/a/more.yaml", "")
    try scratch.write("over/a/kustomization.yaml", "resources: [../../base, more.yaml]\n")
    for roots in [["over/a"], ["over/a", "over/b"]] {
      let outcome = try scratch.render(roots + ["-o", "out", "--manifest", "over/a/more.yaml"])
      #expect(outcome.errors == "over/a/more.yaml: \(Self.reason)\n")
      #expect(scratch.read("over/a/more.yaml") == "")
    }
  }

  @Test func severalRootsDoNotWriteOverWhatTheyRead() throws {
    defer { scratch.remove() }
    let former = scratch.read("base/cm.yaml")
    let depfile = try scratch.render(
      "over/a", "over/b", "-o", "out", "--depfile", "base/cm.yaml")
    #expect(depfile.errors == "base/cm.yaml: \(Self.reason)\n")
    #expect(depfile.status == 1)
    #expect(scratch.read("base/cm.yaml") == former)
    let input = scratch.read("all/over/a.yaml")
    // Also where the root that reads the file comes last.
    for roots in [["all", "over/a"], ["over/a", "all"]] {
      let output = try scratch.render(roots + ["-o", "all", "-j", "1"])
      #expect(output.errors.hasPrefix("all/over/a.yaml: \(Self.reason)\n"))
      #expect(output.status == 1)
      #expect(scratch.read("all/over/a.yaml") == input)
      #expect(scratch.read("all/all.yaml") != nil)
    }
  }

  /// Where a request says what is read, an output among it is refused before anything is rendered.
  @Test func aRequestDoesNotWriteOverItsInputs() throws {
    defer { scratch.remove() }
    let before = try files()
    let names = ["over/a/kustomization.yaml", "base/kustomization.yaml", "base/cm.yaml"]
    let inputs = names.map { #"{"path": "\#($0)", "digest": "a"}"# }.joined(separator: ", ")
    let request =
      #"{"arguments": ["over/a", "new.yaml", "over/a", "named"], "inputs": [\#(inputs)]}"#
    let outcome = try scratch.render("worker", "--persistent_worker", input: request)
    #expect(
      outcome.output == #"{"exitCode":1,"output":"named: \#(Self.reason)\n","requestId":0}"# + "\n")
    #expect(try files() == before)
  }

  /// One of two outputs cannot lie in the other, in any order.
  @Test(arguments: [
    (["o5", "o5/x"], "o5/x", "o5"), (["o5/x/y", "o5"], "o5/x/y", "o5"),
    (["./o5", "o5/x"], "o5/x", "./o5"), (["o5", "o5.x", "o5/x"], "o5/x", "o5"),
  ])
  func outputsOfARequestDoNotLieInOneAnother(files: [String], inner: String, outer: String) throws {
    defer { scratch.remove() }
    let outcome = try scratch.render(["worker"] + files.flatMap { ["over/a", $0] })
    #expect(
      outcome.errors
        == "\(inner): error: cannot write: it lies in \(outer), which is written as well\n")
    #expect(outcome.status == 1)
    #expect(scratch.read("o5") == nil)
  }

  /// The settings, a second kustomization beside one that is read, and inputs that could pass for a baseline.
  @Test func whatTheNextCallReadsIsNotWrittenOver() throws {
    defer { scratch.remove() }
    try scratch.write("lamina.yaml", "lint: {}\n")
    try scratch.write("empty/kustomization.yaml", "resources: [cm.yaml, more.yaml]\n")
    try scratch.write(
      "empty/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n")
    try scratch.write("empty/more.yaml", "")
    let before = try files()
    for (arguments, message) in [
      (["over/a", "-o", "lamina.yaml"], "files of this name hold the settings of render"),
      (["over/a", "-o", "new/lamina.yaml"], "files of this name hold the settings of render"),
      (
        ["explain", "over/a", "-o", "lamina.yaml"], "files of this name hold the settings of render"
      ),
      (
        ["over/a", "-o", "base/kustomization.yml"],
        "its directory has a kustomization already: kustomization.yaml"
      ),
      (
        ["lint", "empty", "--baseline", "empty/more.yaml", "--update"], "the build reads this file"
      ),
      (["lint", "empty", "--baseline", "empty/more.yaml", "--prune"], "the build reads this file"),
    ] {
      let outcome = try scratch.render(arguments)
      #expect(outcome.errors.hasSuffix(": error: cannot write: \(message)\n"))
      #expect(outcome.errors.split(separator: "\n").count == 1)
      #expect(outcome.status != 0)
      #expect(try files() == before)
    }
    #expect(try scratch.render("over/a", "-o", "empty/kustomization.yml").status == 0)
  }

  @Test(arguments: [["-o", ""], ["--output="], ["--output", "", "--reorder", "none"]])
  func anEmptyOutputIsNone(arguments: [String]) throws {
    defer { scratch.remove() }
    let outcome = try scratch.render(["over/a"] + arguments)
    #expect(outcome.status == 0)
    #expect(outcome.output == (try scratch.render("over/a").output))
    #expect(
      try scratch.render(["kustomize", "build", "over/a", "-o", ""]).output == outcome.output)
  }

  /// Outputs of former calls are no inputs, wherever they lie.
  @Test func outputsAreWrittenAgain() throws {
    defer { scratch.remove() }
    for _ in 0..<2 {
      let outcome = try scratch.render(
        "over/a", "-o", "base/out.yaml", "--depfile", "base/out.d")
      #expect(outcome.errors == "")
      #expect(try scratch.render("worker", "over/a", "base/w.yaml").status == 0)
      #expect(try scratch.render("over/a", "over/b", "-o", "base").status == 0)
    }
  }
}
