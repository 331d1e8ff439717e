import Foundation
import Testing

@testable import Lamina

@Suite struct SchemaTests {
  /// The merge keys at a path, in which `[]` stands for the elements of a list: nil for a list that is
  /// replaced, and for what is not there.
  private func mergeKeys(
    _ apiVersion: String, _ kind: String, _ path: String, in schema: Schema = .builtIn
  ) -> [String]? {
    var fixture = MergeFixture()
    fixture.schema = schema
    return fixture.mergeKeys(apiVersion, kind, path)
  }

  @Test(arguments: [
    ("apps/v1", "Deployment", "spec template spec containers", ["name"]),
    ("apps/v1", "Deployment", "spec template spec containers [] env", ["name"]),
    (
      "batch/v1beta1", "CronJob",
      "spec jobTemplate spec template spec containers [] ports", ["containerPort", "protocol"]
    ),
    ("v1", "Service", "spec ports", ["port", "protocol"]),
    ("v1", "Pod", "metadata finalizers", []),
    ("v1", "PodList", "items [] spec volumes", ["name"]),
    (
      "kustomize.config.k8s.io/v1beta1", "Kustomization", "configMapGenerator", ["name"]
    ),
  ])
  func knowsWhatIsMerged(apiVersion: String, kind: String, path: String, keys: [String]) {
    #expect(mergeKeys(apiVersion, kind, path) == keys)
  }

  @Test(arguments: [
    ("apps/v1", "Deployment", "spec template spec containers [] args"),
    ("apps/v1", "Deployment", "spec template spec tolerations"),
    ("v1", "Deployment", "spec template spec containers"),
    ("v1", "Pod", "metadata labels"),
    ("v1", "Pod", "spec nowhere containers"),
  ])
  func knowsNothingOfOthers(apiVersion: String, kind: String, path: String) {
    #expect(mergeKeys(apiVersion, kind, path) == nil)
  }

  /// Schemas of custom resources hold schemas, without end.
  @Test func followsTypesThatContainThemselves() throws {
    var fixture = MergeFixture()
    let schema = "spec versions [] schema openAPIV3Schema"
    let deep = schema + String(repeating: " properties x", count: 50)
    #expect(fixture.type("apiextensions.k8s.io/v1", "CustomResourceDefinition", deep) != nil)
    #expect(
      fixture.type("apiextensions.k8s.io/v1", "CustomResourceDefinition", deep + " type") == nil)
  }

  @Test func everyLineOfTheTableCanBeRead() {
    for line in TableLines(SchemaTable.kinds) {
      let words = line.split(separator: UInt8(ascii: " ")).map {
        String(decoding: $0, as: UTF8.self)
      }
      #expect(words.count == 3)
      var fixture = MergeFixture()
      #expect(fixture.type(words[0], words[1], "") != nil)
    }
  }

  @Test func aDocumentStandsInThePlaceOfTheTable() throws {
    var fixture = MergeFixture()
    try fixture.useSchema(try text("openapi/path/schema.json"))
    #expect(fixture.mergeKeys("example.com/v1", "Thing", "spec parts") == ["id"])
    #expect(fixture.mergeKeys("example.com/v1", "Thing", "spec parts [] parts") == ["id"])
    #expect(fixture.mergeKeys("example.com/v1", "Thing", "spec routes") == ["host", "path"])
    #expect(fixture.mergeKeys("example.com/v1", "Thing", "spec tags") == [])
    #expect(fixture.mergeKeys("example.com/v1", "Thing", "spec byKey") == nil)
    #expect(fixture.mergeKeys("example.com/v1", "Thing", "spec groups any parts") == ["id"])
    #expect(fixture.mergeKeys("v1", "Pod", "spec containers") == nil)
  }

  @Test func aDocumentCanBeAddedToTheTable() throws {
    var fixture = MergeFixture()
    let root = try fixture.read(try text("openapi/path/schema.json"))
    fixture.schema.add(try SchemaDocument(root, in: &fixture.tree))
    #expect(fixture.mergeKeys("example.com/v1", "Thing", "spec parts") == ["id"])
    #expect(fixture.mergeKeys("v1", "Pod", "spec containers") == ["name"])
  }

  @Test(arguments: ["path", "path-hides-built-in"])
  func mergesByTheUsersSchema(name: String) throws {
    var fixture = MergeFixture()
    let schema = try? text("openapi/\(name)/schema.json")
    try fixture.useSchema(try schema ?? text("openapi/\(name)/schema.yaml"))
    let target = try fixture.read(try text("openapi/\(name)/thing.yaml"))
    let patch = try fixture.read(try text("openapi/\(name)/patch.yaml"))
    _ = try fixture.merge(patch, into: target)
    #expect(try fixture.print(target) == text("openapi/\(name)/expected.yaml"))
  }

  @Test func readsScopesOfPaths() throws {
    var fixture = MergeFixture()
    let root = try fixture.read(
      """
      paths:
        /apis/example.com/v1/things:
          get: {x-kubernetes-group-version-kind: {group: example.com, version: v1, kind: Thing}}
        /apis/example.com/v1/parts:
          get: {x-kubernetes-group-version-kind: {group: example.com, version: v1, kind: Part}}
        /apis/example.com/v1/namespaces/{namespace}/parts/{name}:
          get: {x-kubernetes-group-version-kind: {group: example.com, version: v1, kind: Part}}
        /apis/example.com/v1/others:
          post: {x-kubernetes-group-version-kind: {group: example.com, version: v1, kind: Other}}
      """)
    let document = try SchemaDocument(root, in: &fixture.tree)
    let kinds = document.clusterScopedKinds(in: &fixture.tree)
    #expect(kinds.map { fixture.tree.symbols.string($0.kind) } == ["Thing"])
  }

  @Test func onlyOneVersionIsBuiltIn() {
    #expect(throws: Never.self) { try Schema(version: "v1.21.2", at: .none) }
    #expect(throws: Problem.self) { try Schema(version: "v1.30.0", at: .none) }
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: RecordedCase.testdata.appending(path: path), encoding: .utf8)
  }
}

extension MergeFixture {
  fileprivate mutating func type(
    _ apiVersion: String, _ kind: String, _ path: String
  ) -> Schema.TypeID? {
    var type = schema.type(
      apiVersion: tree.symbols.intern(apiVersion), kind: tree.symbols.intern(kind), in: &tree)
    for step in path.split(separator: " ") {
      guard let current = type else { return nil }
      type =
        step == "[]"
        ? schema.elements(of: current, in: &tree)
        : schema.field(tree.symbols.intern(String(step)), of: current, in: &tree)
    }
    return type
  }

  fileprivate mutating func mergeKeys(
    _ apiVersion: String, _ kind: String, _ path: String
  ) -> [String]? {
    guard let type = type(apiVersion, kind, path) else { return nil }
    return schema.mergeKeys(of: type, in: &tree)?.map { tree.symbols.string($0) }
  }
}
