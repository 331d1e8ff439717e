// The file systems of Apple take two such names for one.
#if os(Linux)
  import Foundation
  import Testing

  /// Files and directories with names that Unicode calls equivalent and that have other bytes: `é` as one character, and
  /// as `e` with an accent.
  @Suite final class EquivalentNameTests {
    private let scratch: ScratchDirectory

    private static let (one, two) = ("\u{E9}", "e\u{301}")

    /// Two roots, each with one of two files of a directory beside them.
    init() throws {
      scratch = try ScratchDirectory()
      for (name, text) in [(Self.one, "one"), (Self.two, "two")] {
        try write(
          "over/\(name)/kustomization.yaml", "resources: [\(name).yaml, ../../base/\(name)]\n")
        try write("over/\(name)/\(name).yaml", ScratchDirectory.configMap("file-\(text)"))
        try write("base/\(name)/kustomization.yaml", "resources: [cm.yaml]\n")
        try write("base/\(name)/cm.yaml", ScratchDirectory.configMap("base-\(text)"))
      }
    }

    deinit { scratch.remove() }

    /// Writes a file by the bytes of its path.
    private func write(_ name: String, _ text: String) throws {
      let path = "\(scratch.url.path)/\(name)"
      let directory = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true)
      let file = try #require(fopen(path, "w"))
      fputs(text, file)
      fclose(file)
    }

    /// Compares bytes, since equivalent strings are equal.
    private func expect(
      _ outcome: BuiltCommand.Outcome, _ output: String, errors: String = "", status: Int32 = 0,
      sourceLocation: SourceLocation = #_sourceLocation
    ) {
      #expect(
        Array(outcome.output.utf8) == Array(output.utf8), "\(outcome.output)",
        sourceLocation: sourceLocation)
      #expect(
        Array(outcome.errors.utf8) == Array(errors.utf8), "\(outcome.errors)",
        sourceLocation: sourceLocation)
      #expect(outcome.status == status, sourceLocation: sourceLocation)
    }

    private static func maps(_ text: String, file: String? = nil) -> String {
      let base = ScratchDirectory.configMap("base-\(text)")
      return "\(base)---\n\(ScratchDirectory.configMap("file-\(file ?? text)"))"
    }

    @Test func bothAreResourcesOfOneRoot() throws {
      try write("both/kustomization.yaml", "resources: [\(Self.one).yaml, \(Self.two).yaml]\n")
      try write("both/\(Self.one).yaml", ScratchDirectory.configMap("one"))
      try write("both/\(Self.two).yaml", ScratchDirectory.configMap("two"))
      expect(
        try scratch.render("both"),
        "\(ScratchDirectory.configMap("one"))---\n\(ScratchDirectory.configMap("two"))")
    }

    @Test(arguments: ["1", "4"]) func allRootsAreRendered(jobs: String) throws {
      expect(
        try scratch.render("--all", "over", "--jobs", jobs),
        """
        # over/\(Self.two)
        \(Self.maps("two"))---
        # over/\(Self.one)
        \(Self.maps("one"))
        """)
      expect(try scratch.render("--all", "over", "-o", "out", "--manifest", "out.json"), "")
      for (name, text) in [(Self.one, "one"), (Self.two, "two")] {
        let bytes = FileManager.default.contents(atPath: "\(scratch.url.path)/out/\(name).yaml")
        #expect(bytes.map { String(decoding: $0, as: UTF8.self) } == Self.maps(text))
      }
    }

    /// A directory that no kustomization lists is a root, whatever lists one with an equivalent name.
    @Test func aListedDirectoryHidesNoOther() throws {
      try write("base/top/kustomization.yaml", "resources: [../\(Self.one)]\n")
      expect(
        try scratch.render("--all", "base"),
        """
        # base/\(Self.two)
        \(ScratchDirectory.configMap("base-two"))---
        # base/top
        \(ScratchDirectory.configMap("base-one"))
        """)
    }

    @Test func dependenciesAreToldApart() throws {
      let own = { (name: String) in
        """
        over/\(name)/kustomization.yaml
        over/\(name)/\(name).yaml
        base/\(name)/kustomization.yaml
        base/\(name)/cm.yaml

        """
      }
      expect(try scratch.render("deps", "over/\(Self.one)"), own(Self.one))
      expect(
        try scratch.render("deps", "over/\(Self.one)", "over/\(Self.two)"),
        own(Self.one) + own(Self.two))
      let graph = try scratch.render(
        "deps", "over/\(Self.one)", "over/\(Self.two)", "--format", "mermaid")
      #expect(graph.output.utf8.split(separator: UInt8(ascii: "\n")).count == 1 + 12 + 10)
    }

    private func git(_ arguments: String...) throws {
      try TestRepository(url: scratch.url).git(arguments)
    }

    private func commit() throws {
      try git("add", "-A")
      try git("commit", "-q", "-m", "x")
    }

    /// A repository in which a branch changes the files of one of the two roots.
    private func makeRepository() throws {
      try git("init", "-q", "-b", "main")
      try git("config", "core.quotePath", "false")
      try commit()
      try git("checkout", "-q", "-b", "topic")
      try write("over/\(Self.two)/\(Self.two).yaml", ScratchDirectory.configMap("file-new"))
      try commit()
    }

    @Test func onlyTheRootOfTheChangedFileIsAffected() throws {
      try makeRepository()
      expect(
        try scratch.render("affected", "--base", "main", "--all", "over"), "over/\(Self.two)\n")
      try write("base/\(Self.one)/cm.yaml", ScratchDirectory.configMap("base-new"))
      try commit()
      expect(
        try scratch.render("affected", "--base", "main", "--all", "over"),
        "over/\(Self.two)\nover/\(Self.one)\n")
    }

    @Test func differencesAreThoseOfTheChangedFile() throws {
      try makeRepository()
      // Quoted as git does.
      let patch = #"""
        --- "a/over/e\314\201.yaml"
        +++ "b/over/e\314\201.yaml"
        @@ -6,4 +6,4 @@ ConfigMap/file-new
         apiVersion: v1
         kind: ConfigMap
         metadata:
        -  name: file-two
        +  name: file-new

        """#
      let outcome = try scratch.render(
        "diff", "--base", "main", "--all", "over", "--format=unified")
      expect(outcome, patch, status: 1)
    }

    @Test func aRootThatCameIsNoOtherOne() throws {
      try makeRepository()
      // What is left of the other root is no root any more.
      try git("rm", "-q", "-r", "over/\(Self.one)")
      try commit()
      expect(
        try scratch.render("affected", "--base", "main", "--all", "over"),
        "over/\(Self.two)\nover/\(Self.one)\n")
    }

    @Test func aFileThatIsListedHidesNoOther() throws {
      try write("over/\(Self.one)/\(Self.two).yaml", ScratchDirectory.configMap("left"))
      let outcome = try scratch.render("lint", "over/\(Self.one)")
      #expect(
        Array(outcome.output.utf8).starts(with: Array("over/\(Self.one)/\(Self.two).yaml".utf8)),
        "\(outcome.output)\(outcome.errors)")
    }

    @Test func goldenFilesAreToldApart() throws {
      try write("lamina.yaml", "golden: {directory: golden}\n")
      let update = try scratch.render("golden", "update", "--all", "over")
      #expect(update.status == 0, "\(update.errors)")
      #expect(update.output.utf8.split(separator: UInt8(ascii: "\n")).count == 2)
      let check = try scratch.render("golden", "check", "--all", "over")
      #expect(check.status == 0, "\(check.output)\(check.errors)")
      try write("over/\(Self.two)/\(Self.two).yaml", ScratchDirectory.configMap("file-new"))
      #expect(try scratch.render("golden", "check", "over/\(Self.one)").status == 0)
      #expect(try scratch.render("golden", "check", "over/\(Self.two)").status == 1)
    }
  }
#endif
