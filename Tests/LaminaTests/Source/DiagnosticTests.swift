import Foundation
import Testing

@testable import Lamina

/// What a diagnostic carries beside its words.
@Suite struct DiagnosticTests {
  private static let object = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n"

  private func failure(_ files: [String: String], root: String = "/") throws -> Diagnostic {
    let renderer = Renderer(fileSystem: MemoryFileSystem(files))
    do {
      _ = try renderer.render(root, displayPath: root == "/" ? "." : String(root.dropFirst()))
    } catch { return error }
    throw Unexpected()
  }

  private struct Unexpected: Error {}

  /// Ends are counted from 1 as well, and lie behind the last character.
  @Test(arguments: [
    ("patchs: []", 1, 7),
    ("{patchs: [], x: 1}", 2, 8),
    ("namePrefix: 10 # ten", 13, 15),
    ("namespace: {a: [b, '}']} # c", 12, 25),
    ("resources: [missing.yaml, other.yaml]", 13, 25),
    ("resources: ['it''s', other.yaml]", 13, 20),
    ("resources: [\"a\\\"b\"]", 13, 19),
    ("resources: [übung.yaml]", 13, 23),
  ])
  func endsBehindTheKeyOrScalar(text: String, start: Int, end: Int) throws {
    let failure = try failure(["/kustomization.yaml": text + "\n"])
    #expect(failure.location?.column == start)
    #expect(failure.end?.line == failure.location?.line)
    #expect(failure.end?.column == end)
  }

  @Test func namesTheEntriesThatInclude() throws {
    let failure = try failure(
      [
        "/top/kustomization.yaml": "resources: [../middle]\n",
        "/middle/kustomization.yaml": "components:\n- ../part\n",
        "/part/kustomization.yaml":
          "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [none]\n",
      ], root: "/top")
    #expect(failure.location?.file == "part/kustomization.yaml")
    #expect(
      failure.includes.map(\.description) == [
        "top/kustomization.yaml:1:13", "middle/kustomization.yaml:2:3",
      ])
  }

  @Test func namesThemForStepsAsWell() throws {
    let failure = try failure(
      [
        "/top/kustomization.yaml": "resources:\n- ../base\n",
        "/base/kustomization.yaml": """
        resources: [cm.yaml]
        patches:
        - patch: '{apiVersion: v1, kind: Secret, metadata: {name: x}}'
        """, "/base/cm.yaml": Self.object,
      ], root: "/top")
    #expect(failure.id == "patch-without-target")
    #expect(failure.includes.map(\.description) == ["top/kustomization.yaml:2:3"])
  }

  /// A fix put into the file leaves nothing to complain of.
  @Test(arguments: [
    ("# ü\nresources: [cm.yaml]\nnameprefx: 'ü-'\n", false),
    ("resources: [cm.yaml]\nnamePrefix: 10\n", true),
    ("resources: [cm.yaml]\nlabels: [{pairs: {ü: ü, app: true}}]\n", true),
  ])
  func fixesPutItRight(text: String, isSafe: Bool) throws {
    var bytes = Array(text.utf8)
    let failure = try failure(["/kustomization.yaml": text, "/cm.yaml": Self.object])
    let fix = try #require(failure.fixes.first)
    #expect(fix.isSafe == isSafe)
    for edit in fix.edits {
      #expect(edit.file == "kustomization.yaml")
      bytes.replaceSubrange(edit.start..<edit.end, with: edit.replacement.utf8)
    }
    let files = MemoryFileSystem([
      "/kustomization.yaml": String(decoding: bytes, as: UTF8.self), "/cm.yaml": Self.object,
    ])
    #expect(throws: Never.self) { try Renderer(fileSystem: files).render("/") }
  }

  @Test func deprecatedNamesAreReplacedWhereTheOtherIsFree() throws {
    func fixes(_ text: String) throws -> [Diagnostic.Fix] {
      let files = MemoryFileSystem([
        "/kustomization.yaml": text, "/cm.yaml": Self.object,
      ])
      return try Renderer(fileSystem: files).render("/").warnings
        .filter { $0.id == "deprecated-field" }.flatMap(\.fixes)
    }
    #expect(
      try fixes("bases: [cm.yaml]\n").map(\.message) == ["replace \"bases\" with \"resources\""])
    #expect(try fixes("bases: []\nResources: [cm.yaml]\n").isEmpty)
    #expect(try fixes("resources: [cm.yaml]\ncommonLabels: {a: b}\n").isEmpty)
  }

  @Test func canBeCodedAndDecoded() throws {
    let failure = try failure(
      ["/kustomization.yaml": "bases: [a]\nresources: [none, nothing]\n"])
    #expect(failure.others.count == 2)
    #expect(failure.warnings.map(\.id) == ["deprecated-field"])
    let data = try JSONEncoder().encode(failure)
    #expect(try JSONDecoder().decode(Diagnostic.self, from: data) == failure)
  }

  /// Every mistake found costs a search, so that there is an end to them.
  @Test func manyMistakesAreCounted() throws {
    let fields = (0..<5000).map { "zzzzzzzzzzzz\($0): 1\n" }.joined()
    let failure = try failure(["/kustomization.yaml": fields])
    #expect(failure.others.count == 19)
    #expect(failure.unlistedErrors == 980)
    #expect(failure.report.hasSuffix("\nand 980 more errors"))
  }

  /// A failing layer is tried once, however many ways lead to it: two to the power of 30 here.
  @Test func sharedFailuresAreTriedOnce() throws {
    var files = ["/30/kustomization.yaml": "resources: [none]\n"]
    for layer in 0..<30 {
      files["/\(layer)/kustomization.yaml"] = "resources: [../\(layer + 1), ../\(layer + 1)]\n"
    }
    let failure = try failure(files, root: "/0")
    #expect(failure.location?.file == "30/kustomization.yaml")
    #expect(failure.others.isEmpty)
    #expect(failure.includes.count == 30)
  }

  /// A file that is not fetched any more is no mistake of its own.
  @Test func nothingIsFetchedAfterAMistake() throws {
    let failure = try failure([
      "/kustomization.yaml": "resources: [none, 'https://example.com/x.yaml']\n"
    ])
    #expect(failure.others.isEmpty)
  }

  @Test func rootsOfTheSameMessageAreNamed() throws {
    let files = [
      "/a/kustomization.yaml": "resources: [../base, none]\n",
      "/b/kustomization.yaml": "resources: [../base]\n", "/base/kustomization.yaml": "zzzzzz: 1\n",
    ]
    var merged = MergedDiagnostics()
    for root in ["a", "b"] {
      merged.add(try failure(files, root: "/\(root)").all, of: root)
    }
    let all = merged.all
    #expect(all.map(\.roots) == [["a"], ["a", "b"]])
    #expect(all.last?.description.hasSuffix("\n  in 2 roots: a, b") == true)
    #expect(all.first?.description.contains("roots") == false)
  }
}
