@testable import Lamina

/// Reads, merges and prints without a kustomization around it.
struct MergeFixture {
  var tree = Tree()
  var sources = SourceMap()
  var schema = Schema.builtIn

  mutating func read(_ text: String) throws -> NodeID {
    let file = sources.add(path: "test.yaml", bytes: Array(text.utf8))
    let root = try YAMLReader.firstDocument(ofFile: file, into: &tree, sources: sources)
    return root ?? tree.addMapping(at: .none)
  }

  mutating func useSchema(_ text: String) throws {
    schema = Schema(document: try SchemaDocument(try read(text), in: &tree))
  }

  func print(_ root: NodeID) throws -> String {
    String(decoding: try tree.printed(root), as: UTF8.self)
  }

  mutating func merge(_ patch: NodeID, into target: NodeID) throws -> StrategicMerge.Outcome {
    try StrategicMerge.apply(
      usingUp: try tree.copy(patch, for: .none), to: target, schema: &schema, in: &tree)
  }

  /// What comes out of one patch for one object.
  static func merged(_ object: String, with patch: String) throws -> String {
    var fixture = MergeFixture()
    let target = try fixture.read(object)
    _ = try fixture.merge(try fixture.read(patch), into: target)
    return try fixture.print(target)
  }
}
