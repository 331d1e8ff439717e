import Foundation
import Testing

@testable import render

/// `--depfile`, `--manifest` and `--prune`: what a call says of its outputs.
@Suite struct OutputRecordTests {
  private let scratch: ScratchDirectory

  private static func map(_ name: String) -> String { ScratchDirectory.configMap(name) }

  init() throws {
    scratch = try ScratchDirectory()
    try scratch.writeOverlays("over/a", "over/b")
  }

  private func render(_ arguments: String..., status: Int32 = 0, errors: String = "") throws {
    let outcome = try scratch.render(arguments)
    #expect(outcome.errors == errors, "\(arguments)")
    #expect(outcome.output == "")
    #expect(outcome.status == status)
  }

  @Test func theDepfileOfOneRootIsAboutItsFile() throws {
    defer { scratch.remove() }
    try scratch.write("odd $#/kustomization.yaml", "resources: [../base]\n")
    try render("odd $#", "-o", "odd %.yaml", "--depfile", "odd.d")
    #expect(
      scratch.read("odd.d") == ##"""
        odd\ \%.yaml: \
          base/cm.yaml \
          base/kustomization.yaml \
          odd\ $$\#/kustomization.yaml

        base/cm.yaml:

        base/kustomization.yaml:

        odd\ $$\#/kustomization.yaml:

        """##)
  }

  /// What cannot be written to the end is not begun.
  @Test(arguments: [
    (
      ["over/a", "-o", "D", "--manifest", "D/m.json"],
      "D/m.json: error: cannot write: it lies in D of --output, which is no directory: "
        + "make it one with `mkdir -p D`"
    ),
    (
      ["over/a", "-o", "D", "--depfile", "D/m.d"],
      "D/m.d: error: cannot write: it lies in D of --output, which is no directory: "
        + "make it one with `mkdir -p D`"
    ),
    (
      ["over/a", "-o", "base/cm.yaml", "--manifest", "base/cm.yaml/m"],
      "base/cm.yaml/m: error: cannot write: not a directory"
    ),
    (
      ["over/a", "-o", "D/x.yaml", "--manifest", "D"],
      "D/x.yaml: error: cannot write: it lies in D of --manifest, which is a file"
    ),
    (
      ["over/a", "-o", "x", "--manifest", "D", "--depfile", "D/d"],
      "D/d: error: cannot write: it lies in D of --manifest, which is a file"
    ),
    (
      ["over/a", "-o", "x", "--manifest", "x"],
      "x: error: cannot write: it is the file of --manifest as well"
    ),
    (
      ["over/a", "-o", "x", "--manifest", "base/../y", "--depfile", "y"],
      "y: error: cannot write: it is the file of --manifest as well"
    ),
    (
      ["over/a", "-o", "x", "--depfile", "link"],
      "x: error: cannot write: it is the file of --depfile as well"
    ),
    (
      ["over/a", "-o", "x", "--manifest", "n/m.json"],
      "n/m.json: error: cannot write: there is no directory n: make it with `mkdir -p n`"
    ),
    (
      ["over/a", "-o", "n/n/x", "--manifest", "m.json"],
      "n/n/x: error: cannot write: there is no directory n/n: make it with `mkdir -p n/n`"
    ),
    (
      ["over/a", "-o", "n/x"],
      "n/x: error: cannot write: there is no directory n: make it with `mkdir -p n`"
    ),
    (
      ["over/a", "-o", "there", "--manifest", "there/v1_configmap_a-x.yaml"],
      "there/v1_configmap_a-x.yaml: error: cannot write: it is the file of --manifest as well"
    ),
    (
      ["--all", "over", "-o", "out", "--manifest", "out/a.yaml"],
      "out/a.yaml: error: cannot write: it is the file of --manifest as well"
    ),
    (
      ["--all", "over", "-o", "out", "--manifest", "out/a.yaml/m"],
      "out/a.yaml: error: cannot write: the file of --manifest lies in it"
    ),
    (
      ["--all", "over", "-o", "out", "--depfile", "n/d"],
      "n/d: error: cannot write: there is no directory n: make it with `mkdir -p n`"
    ),
    (
      ["over/a", "-o", "x", "--depfile", "lost"],
      "lost: error: cannot write: its link leads into a directory that is not there"
    ),
    (
      ["over/a", "-o", "x", "--depfile", ""],
      "--depfile: error: cannot write: its name is empty"
    ),
    (
      ["--all", "over", "-o", "out", "--depfile", "out/n/d"],
      "out/n/d: error: cannot write: there is no directory out/n: make it with `mkdir -p out/n`"
    ),
    (
      ["--all", "over", "-o", "out", "--manifest", "out"],
      "out: error: cannot write: it is the directory of --output"
    ),
    (
      ["--all", "over", "-o", "base/cm.yaml", "--manifest", "m"],
      "base/cm.yaml: error: cannot write: it is not a directory"
    ),
  ])
  func whatCannotBeWrittenIsNotBegun(arguments: [String], message: String) throws {
    defer { scratch.remove() }
    try FileManager.default.createDirectory(
      atPath: scratch.path("there"), withIntermediateDirectories: true)
    try scratch.link("link", to: "x")
    try scratch.link("lost", to: "n/z")
    let before = try scratch.shell("find . | sort; cat base/cm.yaml").output
    let outcome = try scratch.render(arguments)
    #expect(outcome.errors == message + "\n")
    #expect(outcome.status == 1)
    #expect(try scratch.shell("find . | sort; cat base/cm.yaml").output == before)
  }

  /// A directory that is made for the output may hold what is said of it, and so may one that is there; what is written
  /// to a device is written by turns.
  @Test func recordsMayLieInTheDirectory() throws {
    defer { scratch.remove() }
    try FileManager.default.createDirectory(
      atPath: scratch.path("there"), withIntermediateDirectories: true)
    try render("over/a", "-o", "there", "--manifest", "there/m.json")
    try render("--all", "over", "-o", "out", "--manifest", "out/m.json", "--depfile", "out/m.d")
    try render("over/a", "-o", "/dev/null", "--manifest", "m.json", "--depfile", "/dev/null")
    for file in ["there/m.json", "out/m.json", "out/m.d", "m.json"] {
      #expect(scratch.read(file) != nil, "\(file)")
    }
  }

  @Test func theDepfileOfSeveralNamesEachFile() throws {
    defer { scratch.remove() }
    try render("--all", "over", "-o", "out/", "--depfile", "all.d")
    let text = try #require(scratch.read("all.d"))
    #expect(
      text.hasPrefix(
        """
        out/a.yaml: \\
          base/cm.yaml \\
          base/kustomization.yaml \\
          over/a/kustomization.yaml

        """))
    #expect(text.contains("\nout/b.yaml: \\\n  base/cm.yaml \\\n"))
    #expect(text.components(separatedBy: "\nbase/cm.yaml:\n").count == 2)
  }

  @Test func theManifestListsAllAndStandsForAll() throws {
    defer { scratch.remove() }
    try render(
      "over/b", "over/a", "-o", "out", "--manifest", "list.json", "--depfile", "all.d")
    let file = Self.map("a-x")
    let digest = OutputRecord.File.digest(of: Array(file.utf8))
    let text = try #require(scratch.read("list.json"))
    let inputs = ["base/cm.yaml", "base/kustomization.yaml", "over/a/kustomization.yaml"]
    let weight = inputs.reduce(file.utf8.count) { $0 + (scratch.read($1)?.utf8.count ?? 0) }
    #expect(
      text.hasPrefix(
        """
        {
          "version": 1,
          "roots": [
            {
              "root": "over/a",
              "weight": \(weight),
              "files": [
                {
                  "path": "out/over/a.yaml",
                  "sha256": "\(digest)",
                  "bytes": \(file.utf8.count)
                }
              ],
              "inputs": [
                "base/cm.yaml",
                "base/kustomization.yaml",
                "over/a/kustomization.yaml"
              ],
              "missing": [
                "base/Kustomization",
                "base/kustomization.yml",
                "over/a/Kustomization",
                "over/a/kustomization.yml"
              ],
              "remote": []
            },
            {
              "root": "over/b",

        """), "\(text)")
    #expect(try #require(scratch.read("all.d")).hasPrefix("list.json: \\\n  base/cm.yaml \\\n"))
    try render("over/a", "over/b", "-o", "out", "--manifest", "list.json")
    #expect(scratch.read("list.json") == text)
  }

  @Test func whatIsTheSameIsNotTouched() throws {
    defer { scratch.remove() }
    try render("--all", "over", "-o", "out")
    let old = Date(timeIntervalSince1970: 1_000_000)
    for file in ["out/a.yaml", "out/b.yaml"] {
      try FileManager.default.setAttributes(
        [.modificationDate: old], ofItemAtPath: scratch.path(file))
    }
    try scratch.write(
      "over/b/kustomization.yaml", "namePrefix: c-\nresources: [../../base]\n")
    try render("--all", "over", "-o", "out")
    func date(_ file: String) throws -> Date? {
      try FileManager.default.attributesOfItem(atPath: scratch.path(file))[.modificationDate]
        as? Date
    }
    #expect(try date("out/a.yaml") == old)
    #expect(try date("out/b.yaml") != old)
    #expect(scratch.read("out/b.yaml") == Self.map("c-x"))
  }

  @Test func filesOfRootsThatAreGoneAreRemoved() throws {
    defer { scratch.remove() }
    try scratch.write("over/deep/c/kustomization.yaml", "resources: [../../../base]\n")
    try scratch.write("over/d/kustomization.yaml", "resources: [../../base]\n")
    try scratch.write("out/other.yaml", "mine\n")
    let call = ["--all", "over", "-o", "out", "--manifest", "list.json", "--prune"]
    #expect(try scratch.render(call).status == 0)
    #expect(scratch.read("out/deep/c.yaml") != nil)
    for root in ["a", "deep", "d"] {
      try FileManager.default.removeItem(atPath: scratch.path("over/\(root)"))
    }
    // Somebody has taken one over: it is no longer what was written.
    try scratch.write("out/d.yaml", "edited\n")
    let outcome = try scratch.render(call)
    #expect(
      outcome.errors
        == "warning: out/d.yaml is not removed: it has changed since it was written\n")
    #expect(outcome.status == 0)
    #expect(try scratch.names(in: "out") == ["b.yaml", "d.yaml", "other.yaml"])
    #expect(scratch.read("list.json")?.contains("over/a") == false)
  }

  @Test func nothingElseIsEverRemoved() throws {
    defer { scratch.remove() }
    let call = ["--all", "over", "-o", "out", "--manifest", "list.json", "--prune"]
    #expect(try scratch.render(call).status == 0)
    let text = Self.map("a-x")
    let list = try #require(scratch.read("list.json"))
    try scratch.write("precious.yaml", text)
    try scratch.write("elsewhere/x.yaml", text)
    try scratch.link("out/link", to: "../elsewhere")
    try scratch.link("out/file.yaml", to: "a.yaml")
    for (path, words) in [
      ("out/../precious.yaml", "it is not below out"), ("precious.yaml", "it is not below out"),
      (scratch.path("precious.yaml"), "it is not below out"),
      ("out/link/x.yaml", "a link leads there"), ("out/file.yaml", "a link leads there"),
      ("out/link", "it is a directory"), ("out//a.yaml", "it is not below out"), ("out/none", ""),
    ] {
      // A root that is gone claims to have written the file.
      try scratch.write(
        "list.json",
        list.replacingOccurrences(of: "\"over/a\"", with: "\"over/gone\"")
          .replacingOccurrences(of: "\"out/a.yaml\"", with: "\"\(path)\""))
      let outcome = try scratch.render(call)
      #expect(
        outcome.errors
          == (words.isEmpty ? "" : "warning: \(path) is not removed: \(words)\n"))
      #expect(scratch.read("precious.yaml") == text)
      #expect(scratch.read("elsewhere/x.yaml") == text)
      #expect(scratch.read("out/a.yaml") == text)
      #expect(scratch.isLink("out/file.yaml"))
    }
  }

  @Test func filesOfResourcesThatAreGoneAreRemoved() throws {
    defer { scratch.remove() }
    try scratch.write("base/kustomization.yaml", "resources: [cm.yaml, other.yaml]\n")
    try scratch.write("base/other.yaml", Self.map("y"))
    try FileManager.default.createDirectory(
      atPath: scratch.path("out"), withIntermediateDirectories: true)
    try render("base", "-o", "out", "--manifest", "list.json", "--prune")
    #expect(try scratch.names(in: "out") == ["v1_configmap_x.yaml", "v1_configmap_y.yaml"])
    try scratch.write("base/kustomization.yaml", "resources: [cm.yaml]\n")
    try render("base", "-o", "out", "--manifest", "list.json", "--prune")
    #expect(try scratch.names(in: "out") == ["v1_configmap_x.yaml"])
  }

  @Test func whatFailsKeepsItsFiles() throws {
    defer { scratch.remove() }
    let call = ["--all", "over", "-o", "out", "--manifest", "list.json", "--prune"]
    #expect(try scratch.render(call + ["--depfile", "all.d"]).status == 0)
    try scratch.write("over/a/kustomization.yaml", "resources: [none.yaml]\n")
    try FileManager.default.removeItem(atPath: scratch.path("over/b"))
    try scratch.write("all.d", "old\n")
    #expect(try scratch.render(call + ["--depfile", "all.d"]).status == 1)
    #expect(try scratch.names(in: "out") == ["a.yaml"])
    #expect(scratch.read("list.json")?.contains("\"out/a.yaml\"") == true)
    #expect(scratch.read("list.json")?.contains("\"out/b.yaml\"") == false)
    #expect(scratch.read("all.d") == "old\n")
  }

  @Test func whatIsNoManifestIsNotWrittenOver() throws {
    defer { scratch.remove() }
    let kustomization = try #require(scratch.read("base/kustomization.yaml"))
    try render(
      "over/a", "-o", "a.yaml", "--manifest", "base/kustomization.yaml", status: 1,
      errors: """
        base/kustomization.yaml: error: cannot use this manifest: it is not a manifest: malformed JSON: \
        invalid character 'r' looking for beginning of value

        """)
    #expect(scratch.read("base/kustomization.yaml") == kustomization)
    #expect(scratch.read("a.yaml") == nil)
    for (text, words) in [
      ("{}", "it is not a manifest"), ("[1]", "it is not a manifest"),
      ("{\"version\": 2, \"roots\": []}", "its version, 2, is not known to this program"),
    ] {
      try scratch.write("list.json", text)
      try render(
        "over/a", "-o", "a.yaml", "--manifest", "list.json", status: 1,
        errors: "list.json: error: cannot use this manifest: \(words)\n")
      #expect(scratch.read("list.json") == text)
    }
    try scratch.write("list.json", "")
    try render("over/a", "-o", "a.yaml", "--manifest", "list.json")
    #expect(scratch.read("list.json")?.hasPrefix("{\n  \"version\": 1,") == true)
  }

  @Test(arguments: [
    (["--depfile", "x"], "--depfile needs --output: it names what is written"),
    (["--manifest=x"], "--manifest needs --output: it names what is written"),
    (["-o", "x", "--prune"], "--prune needs --manifest, which lists what may be removed"),
    (["--weights", "x"], "--weights is for --shard"),
    (["--shard", "0/2"], "--shard must be I/N, the part I from 1 to N of N, not '0/2'"),
  ])
  func flagsThatNeedOthers(flags: [String], words: String) throws {
    defer { scratch.remove() }
    let outcome = try scratch.render(["over/a"] + flags)
    #expect(outcome.status == 64)
    #expect(outcome.errors.hasPrefix("error: \(words)\n"), "\(outcome.errors)")
  }
}
