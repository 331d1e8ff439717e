import Foundation
import Lamina
import Testing

/// The rules as programs use them that embed the library.
@Suite struct LinterTests {
  private let files = MemoryFileSystem([
    "/app/one/kustomization.yaml": "bases: [../base]\nimages: [{name: web, newTag: \"2\"}]\n",
    "/app/two/kustomization.yaml": "resources: [../base]\nimages: [{name: wbe, newTag: \"2\"}]\n",
    "/app/base/kustomization.yaml": "resources: [web.yaml]\n",
    "/app/base/web.yaml": """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec: {containers: [{name: web, image: web}]}

    """,
    "/app/broken/kustomization.yaml": "resources: [none.yaml]\nbases: []\n",
  ])

  @Test func findingsAreValues() throws {
    let report = Linter().report(
      on: ["/app/one", "/app/two"], with: Renderer(fileSystem: files),
      displayPath: { String($0.dropFirst(5)) })
    #expect(report.failures.isEmpty)
    #expect(report.findings.map(\.diagnostic.id) == ["deprecated-field", "image-no-match"])
    let image = try #require(report.findings.last)
    #expect(image.diagnostic.location?.file == "two/kustomization.yaml")
    #expect(image.diagnostic.severity == .warning)
    let field = try #require(report.findings.first).diagnostic
    #expect(field.fixes.first?.edits.first?.replacement == "resources")
  }

  @Test func fixesAreMade() throws {
    var files = files
    files.write(Array("bases: [../base]\n".utf8), to: "/app/two/kustomization.yaml")
    var changed = files
    let linter = Linter()
    let directories = ["/app/one", "/app/two"]
    var corrections = Corrections()
    let report = linter.report(on: directories, with: Renderer(fileSystem: files))
    for finding in report.findings {
      for fix in finding.diagnostic.fixes {
        let isAdded = corrections.add(fix)
        #expect(isAdded)
      }
    }
    #expect(
      corrections.files == ["/app/one/kustomization.yaml", "/app/two/kustomization.yaml"])
    #expect(corrections.files.map { corrections.count(in: $0) } == [1, 1])
    for file in corrections.files {
      let bytes = try #require(corrections.bytes(of: file, from: try files.read(file)))
      changed.write(bytes, to: file)
    }
    #expect(
      try changed.read("/app/one/kustomization.yaml")
        == Array("resources: [../base]\nimages: [{name: web, newTag: \"2\"}]\n".utf8))
    let after = linter.report(on: directories, with: Renderer(fileSystem: changed))
    #expect(after.findings.isEmpty)
    // Another file than the one that was read.
    #expect(corrections.bytes(of: "/app/two/kustomization.yaml", from: []) == nil)
    #expect(corrections.bytes(of: "other", from: [1]) == [1])
  }

  @Test func fixesThatOverlapAreLeft() throws {
    func fix(_ start: Int, _ end: Int, _ text: String) throws -> Diagnostic.Fix {
      let edit = #"{"file":"f","start":\#(start),"end":\#(end),"replacement":"\#(text)"}"#
      let json = #"{"message":"","isSafe":true,"edits":[\#(edit)]}"#
      return try JSONDecoder().decode(Diagnostic.Fix.self, from: Data(json.utf8))
    }
    var corrections = Corrections()
    let fixes = [
      try fix(1, 3, "x"), try fix(1, 3, "x"), try fix(2, 4, "y"), try fix(1, 3, "y"),
      try fix(3, 3, "z"),
    ]
    #expect(fixes.map { corrections.add($0) } == [true, true, false, false, true])
    #expect(corrections.bytes(of: "f", from: Array("abcd".utf8)) == Array("axzd".utf8))
  }

  @Test func settingsCount() throws {
    let settings = Array(
      "lint:\n  rules: {image-no-match: error}\n  paths: {\"app/one/**\": {deprecated-field: off}}\n"
        .utf8)
    let linter = try Linter(settings: settings)
    let report = linter.report(
      on: ["/app/one", "/app/two"], with: Renderer(fileSystem: files),
      displayPath: { String($0.dropFirst(1)) })
    #expect(report.findings.map(\.diagnostic.id) == ["image-no-match"])
    #expect(report.findings.map(\.diagnostic.severity) == [.error])
    do {
      _ = try Linter(settings: Array("lint: {rules: {nothing: off}}\n".utf8))
      Issue.record("a rule that is not there was set")
    } catch {
      #expect(error.id == "unknown-rule")
      #expect(error.location?.description == "lamina.yaml:1:16")
      #expect(error.hint == "Docs/LINT.md lists all of them")
    }
  }

  @Test func whatDoesNotRenderIsTold() throws {
    let report = Linter().report(on: ["/app/broken"], with: Renderer(fileSystem: files))
    #expect(report.failures.map(\.id) == ["file-not-readable"])
    #expect(report.findings.map(\.diagnostic.id).contains("deprecated-field"))
    let rendering = try Renderer(fileSystem: files).render("/app/two")
    #expect(Linter().findings(in: rendering).map(\.diagnostic.id) == ["image-no-match"])
  }
}
