import Testing

@testable import Lamina

/// Which resources a selector means.
@Suite struct SelectorTests {
  static let object = """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web-front
      labels: {app: web}
      annotations: {owner: me}
    """

  static let matching = [
    "{}", "group: apps", "version: v1", "kind: Deployment|Job", "name: web-.*", "name: old",
    "namespace: default", "namespace: before", "labelSelector: app=web",
    "annotationSelector: owner in (me)", "name: '(?i)WEB-FRONT'",
  ]

  @Test(arguments: matching)
  func matches(selector: String) throws { #expect(try outcome(selector) == true) }

  static let failing = [
    "group: ''\nversion: v2", "kind: Deploy", "name: web", "name: front", "namespace: other",
    "labelSelector: app!=web", "annotationSelector: '!owner'", "{name: other, labelSelector: '='}",
  ]

  @Test(arguments: failing)
  func matchesNot(selector: String) throws { #expect(try outcome(selector) == false) }

  @Test func wrongExpressionsAreRefusedAtOnce() {
    #expect(throws: Problem.self) { try outcome("{kind: Nothing, name: 'a('}") }
  }

  @Test func wrongLabelSelectorsAreRefusedWhenAsked() {
    #expect(throws: Problem.self) { try outcome("labelSelector: '='") }
  }

  @Test func unknownFieldsAreRefused() {
    #expect(throws: Problem.self) { try outcome("kinds: Deployment") }
  }

  /// Tries a selector on the object, which was called `old` in the namespace `before`.
  private func outcome(_ text: String) throws -> Bool {
    var workspace = Workspace()
    let object = try document(Self.object, &workspace)
    let node = try document(text, &workspace)
    let decoder = FieldDecoder(tree: workspace.tree, sources: workspace.sources)
    let selector = try Selector.read(node, for: "target", with: decoder)
    let compiled = try CompiledSelector(selector, symbols: &workspace.tree.symbols)
    var resource = try ResourceReader.resource(of: object, &workspace)
    let former = FormerID(
      name: workspace.tree.symbols.intern("old"), kind: resource.id.type.kind,
      namespace: workspace.tree.symbols.intern("before"))
    resource.adoptHistory([former])
    return try compiled.matches(resource, in: workspace.tree)
  }

  private func document(_ text: String, _ workspace: inout Workspace) throws -> NodeID {
    let file = workspace.sources.add(path: "file.yaml", bytes: Array(text.utf8))
    return try #require(
      try YAMLReader.firstDocument(
        ofFile: file, into: &workspace.tree, sources: workspace.sources))
  }
}
