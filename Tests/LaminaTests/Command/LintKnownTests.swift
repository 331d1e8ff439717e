import Foundation
import Testing

/// `render lint` with `--baseline`, `--fix` and `--since`: what is known, corrected, or new.
@Suite final class LintKnownTests {
  private let scratch: ScratchDirectory

  /// Two roots, each with an idle image entry, and one object with a variable that is set twice.
  init() throws {
    scratch = try ScratchDirectory()
    for root in ["a", "b"] {
      try scratch.write(
        "\(root)/kustomization.yaml",
        "resources: [web.yaml]\nimages: [{name: nobody, newTag: v2}]\n")
      try scratch.write("\(root)/web.yaml", Self.pod)
    }
  }

  deinit { scratch.remove() }

  private static let pod = """
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
      - name: web
        image: nginx
        env:
        - {name: LEVEL, value: debug}
        - {name: LEVEL, value: info}

    """

  /// The rules of the findings of a call, in order.
  private func rules(_ outcome: BuiltCommand.Outcome) -> [String] {
    outcome.output.split(separator: "\n").filter { $0.contains(": warning: ") }
      .compactMap { $0.split(separator: "[").last.map { String($0.dropLast()) } }
  }

  private func entry(_ rule: String, _ file: String, _ object: String? = nil) -> String {
    let object = object.map { "\"object\":\"\($0)\"," } ?? ""
    return "{\"rule\":\"\(rule)\",\"file\":\"\(file)\",\(object)\"count\":1}"
  }

  private func entries(of baseline: String) throws -> [String] {
    let text = try #require(scratch.read(baseline))
    let compact = text.filter { !$0.isWhitespace }
    return compact.split(separator: "{").dropFirst().map { part in
      "{" + part.prefix { $0 != "}" } + "}"
    }
  }

  // MARK: - Baselines

  @Test func aBaselineThatIsNotThere() throws {
    let outcome = try scratch.render("lint", "a", "--baseline", "known.json")
    #expect(
      outcome.errors
        == "known.json: error: there is no such baseline; --update makes it of what is found now\n")
    #expect(outcome.status == 2)
  }

  @Test func pruningKeepsWhatOtherRootsRead() throws {
    _ = try scratch.render("lint", "a", "b", "--baseline", "known.json", "--update")
    let all = try entries(of: "known.json")
    #expect(
      all == [
        entry("image-no-match", "a/kustomization.yaml"),
        entry("duplicate-env", "a/web.yaml", "Pod/web"),
        entry("image-no-match", "b/kustomization.yaml"),
        entry("duplicate-env", "b/web.yaml", "Pod/web"),
      ])
    // Nothing is said of a root that is not in the run, and nothing is taken from it.
    try scratch.write("a/kustomization.yaml", "resources: [web.yaml]\n")
    let outcome = try scratch.render("lint", "a", "--baseline", "known.json")
    #expect(
      outcome.errors == "note: 1 finding of known.json is gone; --prune takes them out\n")
    #expect(outcome.output == "")
    let pruned = try scratch.render("lint", "a", "--baseline", "known.json", "--prune")
    #expect(pruned.errors == "")
    #expect(try entries(of: "known.json") == Array(all.dropFirst()))
  }

  @Test func pruningForgetsFilesThatAreGone() throws {
    try scratch.write("a/extra.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n")
    _ = try scratch.render("lint", "a", "b", "--baseline", "known.json", "--update")
    #expect(try entries(of: "known.json").contains(entry("unlisted-file", "a/extra.yaml")))
    try FileManager.default.removeItem(atPath: scratch.path("b"))
    // The file is not read by a root, and still known to be looked at.
    try scratch.write("a/extra.yaml", "note: true\n")
    _ = try scratch.render("lint", "a", "--baseline", "known.json", "--prune")
    #expect(
      try entries(of: "known.json") == [
        entry("image-no-match", "a/kustomization.yaml"),
        entry("duplicate-env", "a/web.yaml", "Pod/web"),
      ])
  }

  @Test func updatingKeepsWhatOtherRootsRead() throws {
    _ = try scratch.render("lint", "b", "--baseline", "known.json", "--update")
    _ = try scratch.render("lint", "a", "--baseline", "known.json", "--update")
    #expect(try entries(of: "known.json").count == 4)
    #expect(try scratch.render("lint", "a", "b", "--baseline", "known.json").status == 0)
  }

  /// A prefix changes what an object is called, and not which object it is.
  @Test func baselinesNameObjectsAsTheirFilesDo() throws {
    _ = try scratch.render("lint", "a", "--baseline", "known.json", "--update")
    try scratch.write(
      "a/kustomization.yaml",
      "resources: [web.yaml]\nnamePrefix: x-\nimages: [{name: nobody, newTag: v2}]\n")
    let outcome = try scratch.render("lint", "a", "--baseline", "known.json")
    #expect(outcome.output == "")
    #expect(outcome.errors == "")
  }

  // MARK: - Corrections

  @Test func correctionsNameTheFiles() throws {
    try scratch.write("a/kustomization.yaml", "Resources: [web.yaml]\nNamePrefix: p-\n")
    let outcome = try scratch.render("lint", "a", "--fix")
    #expect(
      outcome.errors == "a/kustomization.yaml: corrected in 2 places\n1 file corrected\n")
    #expect(scratch.read("a/kustomization.yaml") == "resources: [web.yaml]\nnamePrefix: p-\n")
  }

  /// Nothing proves that a root which does not render would stay the same.
  @Test func filesOfRootsThatDoNotRender() throws {
    try scratch.write("a/kustomization.yaml", "Resources: [web.yaml]\nnamePrefix: p-\n")
    try scratch.write("c/kustomization.yaml", "resources: [../a, missing.yaml]\n")
    let outcome = try scratch.render("lint", "a", "c", "--fix")
    #expect(
      outcome.errors
        == "a/kustomization.yaml: not corrected, since c reads it and does not render; "
        + "--unsafe-fixes does it\n0 files corrected\n")
    #expect(
      scratch.read("a/kustomization.yaml") == "Resources: [web.yaml]\nnamePrefix: p-\n")
    #expect(outcome.status == 2)
    // Without that root it is known.
    #expect(try scratch.render("lint", "a", "--fix").errors.hasSuffix("1 file corrected\n"))
  }

  @Test func unsafeCorrectionsOfRootsThatDoNotRender() throws {
    try scratch.write("a/kustomization.yaml", "Resources: [web.yaml]\nnamePrefix: p-\n")
    try scratch.write("c/kustomization.yaml", "resources: [../a, missing.yaml]\n")
    let outcome = try scratch.render("lint", "a", "c", "--unsafe-fixes")
    #expect(
      outcome.errors.hasPrefix("a/kustomization.yaml: corrected in 1 place\n1 file corrected\n"))
    #expect(
      scratch.read("a/kustomization.yaml") == "resources: [web.yaml]\nnamePrefix: p-\n")
  }

  // MARK: - Since

  private func commit() throws {
    let outcome = try scratch.shell(
      """
      export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.com
      export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com
      git init --quiet --initial-branch=main . && git add a && git commit --quiet --message x
      """)
    try #require(outcome.status == 0, "\(outcome.errors)")
  }

  @Test func findingsOfRenamedObjectsAreNotNew() throws {
    try commit()
    #expect(try scratch.render("lint", "a", "--since", "main").output == "")
    try scratch.write(
      "a/kustomization.yaml",
      "# Lines move.\nnamePrefix: x-\nresources: [web.yaml]\nimages: [{name: nobody, newTag: v2}]\n"
    )
    #expect(try scratch.render("lint", "a", "--since", "main").output == "")
    // The name is another one in the file.
    try scratch.write(
      "a/web.yaml",
      "# Lines move.\n" + Self.pod.replacingOccurrences(of: "name: web", with: "name: page"))
    let outcome = try scratch.render("lint", "a", "--since", "main")
    #expect(outcome.output == "")
    #expect(outcome.status == 0)
  }

  /// The same line in an object that was there before is a new finding, also where another one lost it.
  @Test func findingsOfOtherObjectsAreNew() throws {
    let good = Self.pod.replacingOccurrences(of: "LEVEL, value: info", with: "OTHER, value: info")
      .replacingOccurrences(of: "name: web\nspec", with: "name: page\nspec")
    try scratch.write("a/web.yaml", "\(Self.pod)---\n\(good)")
    try commit()
    let bad = Self.pod.replacingOccurrences(of: "name: web\nspec", with: "name: page\nspec")
    let mended = Self.pod.replacingOccurrences(
      of: "LEVEL, value: info", with: "OTHER, value: info")
    try scratch.write("a/web.yaml", "\(mended)---\n\(bad)")
    #expect(rules(try scratch.render("lint", "a", "--since", "main")) == ["duplicate-env"])
    // An object that is added beside the old one is new.
    try scratch.write("a/web.yaml", "\(Self.pod)---\n\(bad)")
    #expect(rules(try scratch.render("lint", "a", "--since", "main")) == ["duplicate-env"])
  }

  // MARK: - Words

  @Test func formatIsCalledDiagnostics() throws {
    for arguments in [["--format", "json"], ["--format=json"]] {
      let outcome = try BuiltCommand.run(["lint", "a"] + arguments, in: scratch.url)
      #expect(
        outcome.errors.hasPrefix(
          "error: 'lint' has no --format; --diagnostics says how to print errors and warnings\n"))
      #expect(outcome.status == 64)
    }
  }

  /// What renderings are compared with is not forgotten.
  @Test func goldenFilesAreListedNowhere() throws {
    try scratch.write("a/kustomization.yaml", "resources: [web.yaml]\n")
    try scratch.write("a/web.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n")
    _ = try scratch.render("golden", "update", "a")
    #expect(scratch.read("a/golden.yaml") != nil)
    // A golden file that is called otherwise.
    try scratch.write("a/kept.yaml", try #require(scratch.read("a/golden.yaml")))
    #expect(try scratch.render("lint", "a").output == "")
    try scratch.write("a/unexpected.yaml", try #require(scratch.read("a/web.yaml")))
    #expect(rules(try scratch.render("lint", "a")) == ["unlisted-file"])
  }
}
