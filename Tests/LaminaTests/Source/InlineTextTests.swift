import Lamina
import Testing

/// Messages about a text that a value of a file holds stand where the text stands in the file.
@Suite struct InlineTextTests {
  private static let web = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      selector: {matchLabels: {a: b}}
      template:
        metadata: {labels: {a: b}}
        spec: {containers: [{name: a, image: b}]}

    """

  /// What is said of the path of a JSON patch.
  private func finding(_ kustomization: String) throws -> Diagnostic {
    let tree = LintedTree([
      "kustomization.yaml": "resources: [web.yaml]\n" + kustomization, "web.yaml": Self.web,
    ])
    let found = try tree.findings().map(\.diagnostic).filter { $0.id == "json-path-slash" }
    return try #require(found.first)
  }

  @Test func quotesOnOneLine() throws {
    let line =
      #"patches: [{target: {name: web}, patch: '[{"op": "add", "path": "x/y", "value": 1}]'}] # é"#
    let found = try finding(line + "\n")
    #expect(found.excerpt == line)
    #expect(found.location?.description == "kustomization.yaml:2:64")
    #expect(found.end?.description == "kustomization.yaml:2:69")
    // Quotes within quotes are not corrected.
    #expect(found.fixes.isEmpty)
  }

  @Test func charactersBeforeTheText() throws {
    let line =
      #"patches: [{target: {name: web}, patch: '[{"op": "add", "value": "日本 🚀", "path": "x/y"}]'}]"#
    let found = try finding(line + "\n")
    #expect(found.excerpt == line)
    #expect(found.location?.column == 81)
    #expect(found.end?.column == 86)
  }

  @Test(arguments: [
    #"patch: "[{\"op\": \"add\", \"path\": \"x/y\", \"value\": 1}]""#,
    "patch: >-\n    - {op: add,\n      path: x/y, value: 1}",
    "patch: '- {op: add,\n\n    path: x/y, value: 1}'",
    "patch: |-\n\n\n    - {op: add, path: x/y, value: 1}",
  ])
  func textsThatStandOtherwise(_ patch: String) throws {
    let found = try finding("patches:\n- target: {name: web}\n  \(patch)\n")
    #expect(found.location?.description == "kustomization.yaml:4:10")
    #expect(found.excerpt == "  \(patch)".split(separator: "\n").first.map { String($0) })
    #expect(found.fixes.isEmpty)
  }

  /// The lines of a block are those of the file, so that they can be corrected.
  @Test func literalBlocks() throws {
    let found = try finding(
      "patches:\n- target: {name: web}\n  patch: |-\n    - {op: add, path: x/y, value: 1}\n")
    #expect(found.location?.description == "kustomization.yaml:5:23")
    #expect(found.end?.description == "kustomization.yaml:5:26")
    #expect(found.excerpt == "    - {op: add, path: x/y, value: 1}")
    #expect(found.fixes.map { $0.edits.map(\.start) } == [[87]])
    #expect(found.fixes.map { $0.edits.map(\.replacement) } == [["/x/y"]])
  }

  /// Lines end where libyaml ends them.
  @Test(arguments: ["\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"])
  func lineBreaks(_ end: String) throws {
    let lines = ["resources: [web.yaml]", "patchs: []", "namePrefix: a-"]
    let files = MemoryFileSystem(["/kustomization.yaml": lines.joined(separator: end)])
    let failure = try #require(throws: Diagnostic.self) {
      try Renderer(fileSystem: files).render("/", displayPath: ".")
    }
    #expect(failure.location?.line == 2)
    #expect(failure.excerpt == "patchs: []")
  }
}
