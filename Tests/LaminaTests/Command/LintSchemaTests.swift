import Testing

/// What `render lint` reads for the rules that know kinds: settings, directories, other roots.
@Suite final class LintSchemaTests {
  private let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory()
    try scratch.write("app/kustomization.yaml", "resources: [widget.yaml]\n")
    try scratch.write(
      "app/widget.yaml",
      "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\nspec:\n  size: big\n")
  }

  deinit { scratch.remove() }

  private static let finding = """
    app/widget.yaml:5:9: warning: size must be an integer, not the string "big" \
    [custom-resource-invalid]
        5 │   size: big
          │         ^

    """

  private func writeDefinition(to path: String) throws {
    try scratch.write(path, CustomCheckTests.definition)
  }

  @Test func definitionsOfAnotherRoot() throws {
    try scratch.write("a/kustomization.yaml", "resources: [widget.yaml]\n")
    try writeDefinition(to: "a/widget.yaml")
    try scratch.write("z/kustomization.yaml", "resources: [widget.yaml]\n")
    try writeDefinition(to: "z/widget.yaml")
    for jobs in ["1", "2"] {
      let outcome = try scratch.render("lint", "--all", ".", "--jobs", jobs)
      #expect(outcome.output == Self.finding)
      #expect(outcome.errors == "")
      #expect(outcome.status == 1)
    }
    #expect(try scratch.render("lint", "app").output == "")
  }

  @Test func definitionsOfADirectory() throws {
    try writeDefinition(to: "crds/deep/widget.yaml")
    try scratch.write("crds/kustomization.yaml", "resources: [deep/widget.yaml]\n")
    try scratch.write("crds/README.md", "# no object\n")
    #expect(try scratch.render("lint", "app").output == "")
    try scratch.write("lamina.yaml", "lint: {crds: [crds]}\n")
    #expect(try scratch.render("lint", "app").output == Self.finding)
  }

  @Test func directoriesWithoutDefinitions() throws {
    try scratch.write("lamina.yaml", "lint: {crds: [crds]}\n")
    let outcome = try scratch.render("lint", "app")
    #expect(
      outcome.errors
        == "lamina.yaml:1:15: error: lint.crds: there is no file in or below \"crds\"\n")
    #expect(outcome.status == 2)
    try scratch.write("crds/a.yaml", "a: [\n")
    let second = try scratch.render("lint", "app")
    #expect(second.errors.hasPrefix("crds/a.yaml:"))
    #expect(second.status == 2)
  }

  @Test func versionsThatAreNotKnown() throws {
    for version in ["1.24", "1.99"] {
      try scratch.write("lamina.yaml", "lint: {kubernetes: \"\(version)\"}\n")
      let outcome = try scratch.render("lint", "app")
      #expect(
        outcome.errors
          == "lamina.yaml:1:20: error: lint.kubernetes is \(version), and the versions that are known "
          + "are 1.25 to 1.37\n")
      #expect(outcome.status == 2)
    }
  }

  /// A build without lint says nothing of kinds.
  @Test func buildsAskNothing() throws {
    try scratch.write(
      "app/widget.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: w}\nspc: {}\n")
    #expect(try scratch.render("app").errors == "")
    #expect(try scratch.render("build", "--strict", "app").status == 0)
    #expect(try scratch.render("lint", "app").status == 1)
  }
}
