import Foundation
import Testing

/// `--stdin-as` and `--load-root` of the built command.
@Suite struct BuildInputFlagTests {
  private let scratch: ScratchDirectory

  private static func map(_ name: String) -> String { ScratchDirectory.configMap(name) }

  init() throws {
    scratch = try ScratchDirectory()
    try scratch.writeOverlays("a", "b")
  }

  @Test func standardInputTakesThePlaceOfAFile() throws {
    defer { scratch.remove() }
    let outcome = try scratch.render(
      "a", "--stdin-as", "base/cm.yaml", input: Self.map("y"))
    #expect(outcome.output == Self.map("a-y"))
    #expect(outcome.errors == "")
    #expect(scratch.read("base/cm.yaml") == Self.map("x"))
    let both = try scratch.render("--all", "--stdin-as=base/cm.yaml", input: Self.map("y"))
    #expect(both.output == "# a\n\(Self.map("a-y"))---\n# b\n\(Self.map("b-y"))")
    let kustomization = try scratch.render(
      "a", "--stdin-as", "../a/kustomization.yaml", in: "a/..", input: "resources: [../base]\n")
    #expect(kustomization.status == 1)
    // A link is what it leads to.
    try scratch.link("link.yaml", to: "base/cm.yaml")
    #expect(
      try scratch.render("b", "--stdin-as", "link.yaml", input: Self.map("z")).output
        == Self.map("b-z"))
  }

  @Test func theFileNeedNotBeThere() throws {
    defer { scratch.remove() }
    try scratch.write("c/kustomization.yaml", "resources: [new.yaml]\n")
    let outcome = try scratch.render("c", "--stdin-as", "c/new.yaml", input: Self.map("new"))
    #expect(outcome.output == Self.map("new"))
    let nowhere = try scratch.render("c", "--stdin-as", "d/new.yaml", input: Self.map("new"))
    #expect(nowhere.status == 1)
    #expect(
      nowhere.errors == """
        d/new.yaml: error: standard input cannot stand in for it: its directory: no such file or directory

        """)
    let directory = try scratch.render("c", "--stdin-as", "base", input: "")
    #expect(
      directory.errors == "base: error: standard input cannot stand in for it: is a directory\n")
  }

  @Test func errorsAreAboutWhatCameIn() throws {
    defer { scratch.remove() }
    let outcome = try scratch.render("a", "--stdin-as", "base/cm.yaml", input: "a: [\n")
    #expect(outcome.status == 1)
    #expect(outcome.errors.hasPrefix("base/cm.yaml:"), "\(outcome.errors)")
  }

  @Test func aFileThatNothingReadsIsWarnedOf() throws {
    defer { scratch.remove() }
    let outcome = try scratch.render("a", "--stdin-as", "base/other.yaml", input: "")
    #expect(outcome.output == Self.map("a-x"))
    #expect(
      outcome.errors == "warning: --stdin-as base/other.yaml: no kustomization reads it\n")
    #expect(try scratch.render("--all", "--stdin-as", "b/x", "-q", input: "").errors != "")
  }

  @Test func aSandboxOfLinksRenders() throws {
    defer { scratch.remove() }
    for file in ["base/kustomization.yaml", "base/cm.yaml", "a/kustomization.yaml"] {
      try scratch.link("box/\(file)", to: scratch.path(file))
    }
    #expect(try scratch.render("a", in: "box").status == 1)
    #expect(try scratch.render("a", "--load-root", ".", in: "box").output == Self.map("a-x"))
    #expect(try scratch.render("box/a", "--load-root=box").output == Self.map("a-x"))
    let outside = try scratch.render("box/a", "--load-root", "box/a")
    #expect(
      outside.errors == """
        box/a/kustomization.yaml:2:13: error: resource "../base" is not in or below the load root \
        \(scratch.path("box/a")), and so may not be read
            2 │ resources: [../base]
              │             ^

        """)
    let both = try scratch.render(
      "box/a", "--load-root", "box", "--load-restrictor", "LoadRestrictionsNone")
    #expect(both.status == 64)
    #expect(
      both.errors.hasPrefix(
        "error: --load-root restricts what is read, and LoadRestrictionsNone lifts all restrictions\n"
      ))
  }
}
