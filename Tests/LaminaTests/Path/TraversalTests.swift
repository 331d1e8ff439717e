import Testing

@testable import Lamina

/// What the traversals of a path do where they differ: lists, nulls, indices, and fields that are missing.
@Suite struct TraversalTests {
  /// A document, and the outcome of a traversal in it as text.
  private struct Fixture {
    var tree = Tree()
    let root: NodeID

    init(_ text: String) throws {
      var sources = SourceMap()
      let file = sources.add(path: "f.yaml", bytes: Array(text.utf8))
      root = try #require(
        try YAMLReader.firstDocument(ofFile: file, into: &tree, sources: sources))
    }

    func json(_ node: NodeID) -> String {
      String(decoding: JSONWriter.bytes(of: node, in: tree), as: UTF8.self)
    }

    /// What is found, or the message; and the document as it is then.
    mutating func outcome(
      _ find: (inout Tree, NodeID) throws(Problem) -> [NodeID]
    ) -> (found: String, document: String) {
      do {
        let found = try find(&tree, root)
        return (found.map { json($0) }.joined(separator: " "), json(root))
      } catch { return (error.message, json(root)) }
    }
  }

  /// A traversal of a path, with the outcome in a document.
  private typealias Walk = (_ path: String, _ document: String) throws -> (
    found: String, document: String
  )

  private let fieldSpec: Walk = { path, document in
    try TraversalTests.walk(path, document, creating: .never)
  }

  private let creatingFieldSpec: Walk = { path, document in
    try TraversalTests.walk(path, document, creating: .mapping)
  }

  private static func walk(
    _ path: String, _ document: String, creating creation: FieldWalk.Creation
  ) throws -> (found: String, document: String) {
    var fixture = try Fixture(document)
    return fixture.outcome { (tree, root) throws(Problem) in
      var found: [NodeID] = []
      let path = FieldPath(fieldSpec: path, symbols: &tree.symbols)
      try FieldWalk(path, creating: creation, by: .none).visit(root, in: &tree) { node, _ in
        found.append(node)
      }
      return found
    }
  }

  private func everyMatch(
    _ path: String, _ document: String, create: Node.Shape? = nil
  ) throws -> (found: String, document: String) {
    var fixture = try Fixture(document)
    return fixture.outcome { (tree, root) throws(Problem) in
      let path = FieldPath(
        replacement: path, blanks: .kept, at: .none, symbols: &tree.symbols)
      return try EveryMatch.values(at: path, of: root, create: create, by: .none, in: &tree)
    }
  }

  private func oneMatch(
    _ path: String, _ document: String, makes: Bool = false
  ) throws -> (found: String, document: String) {
    var fixture = try Fixture(document)
    return fixture.outcome { (tree, root) throws(Problem) in
      let path = FieldPath(valueAddition: path, at: .none, symbols: &tree.symbols)
      guard makes else {
        return try OneMatch(path).find(below: root, in: tree).map { [$0] } ?? []
      }
      let made = try OneMatch(path).findOrMake(below: root, in: &tree, by: .none)
      if let made, tree.shape(made) == .scalar {
        tree.setScalar(made, "made", tag: .string, by: .none)
      }
      return made.map { [$0] } ?? []
    }
  }

  // MARK: - Lists

  @Test func fieldSpecsGoThroughLists() throws {
    let document = "a: [{b: 1}, {b: [{c: 2}, {c: 3}]}, {d: 4}]"
    #expect(try fieldSpec("a/b", document).found == #"1 [{"c":2},{"c":3}]"#)
    #expect(try fieldSpec("a[]/b[]/c", "a: [{b: [{c: 2}, {c: 3}]}]").found == "2 3")
    #expect(
      try fieldSpec("a/0", document).found
        == #""0" in field path "a/0" cannot be found in a mapping; name a field"#)
  }

  @Test func replacementsGoThroughListsOnlyWhereTheySaySo() throws {
    let document = "a: [{b: 1}, {b: 2}]"
    #expect(try everyMatch("a.*.b", document).found == "1 2")
    #expect(try everyMatch("a.1.b", document).found == "2")
    #expect(try everyMatch("a.[b=[12]].b", document).found == "1 2")
    #expect(
      try everyMatch("a.b", document).found
        == "path 'a.b' does not lead to a mapping where it asks for 'b'")
    #expect(try everyMatch("a.-", "a: {\"-\": 3}").found == "3")
    #expect(try everyMatch("a.-1", "a: {\"-1\": 3}").found == "3")
  }

  @Test func oneMatchTakesTheFirst() throws {
    let document = "a: [{b: 1, c: x}, {b: 1, c: y}]"
    #expect(try oneMatch("a/[b=1]/c", document).found == #""x""#)
    #expect(try oneMatch("a/-/c", document).found == #""y""#)
    #expect(try oneMatch("a/7/c", document).found == "")
    #expect(try oneMatch("a/[=q]", "a: [p, q]").found == #""q""#)
    #expect(try oneMatch("a/-1", document).found == "index -1 in path 'a/-1' is negative")
    #expect(
      try oneMatch("a/*", document).found
        == "'*' cannot stand in path 'a/*', which has to lead to one value")
    #expect(
      try oneMatch("a/-", "a: []").found
        == "path 'a/-' asks for the last element of an empty list")
    #expect(try oneMatch("a/[b]", document).found == "'[b]' in path 'a/[b]' must be [field=value]")
  }

  // MARK: - Nulls

  @Test func nullsEndAWay() throws {
    #expect(try fieldSpec("a/b", "a: null").found == "")
    #expect(try everyMatch("a.b", "a: null").found == "")
    #expect(try oneMatch("a/b", "a: null").found == "")
    #expect(try oneMatch("a/0", "a: null").found == "")
  }

  @Test func fieldSpecsGiveNullsTheShapeTheyExpect() throws {
    #expect(try fieldSpec("a[]/b", "a: null").document == #"{"a":[]}"#)
    #expect(try fieldSpec("a/b", "a: null").document == #"{"a":null}"#)
    #expect(try creatingFieldSpec("a/b", "a: null").document == #"{"a":{"b":{}}}"#)
    #expect(try creatingFieldSpec("a[]/b", "c: 1").document == #"{"c":1}"#)
  }

  @Test func whatIsMadeInANullIsNotPrinted() throws {
    #expect(try everyMatch("a.b", "a: null", create: .mapping) == ("{}", #"{"a":null}"#))
    #expect(try oneMatch("a/[b=1]", "a: null", makes: true) == (#"{"b":1}"#, #"{"a":null}"#))
    #expect(try oneMatch("a/b", "a: null", makes: true) == ("", #"{"a":null}"#))
  }

  // MARK: - Making

  @Test func whatIsMadeHasTheShapeOfTheNextStep() throws {
    #expect(
      try everyMatch("a.[b=1].c.0", "{}", create: .mapping).document
        == #"{"a":[{"b":1,"c":[{}]}]}"#)
    #expect(
      try oneMatch("a/[b=1]/c//d", "{}", makes: true).document
        == #"{"a":[{"b":1,"c":{"d":"made"}}]}"#)
    #expect(try oneMatch("a/0", "{}", makes: true).document == #"{"a":[]}"#)
  }

  // MARK: - The first missing step

  @Test(arguments: [
    ("/a/0/b", 3, "1"), ("/a/-1/b", 3, "2"), ("/a/-3/b", 1, #"[{"b":1},{"b":2}]"#),
    ("/a/2", 1, #"[{"b":1},{"b":2}]"#), ("/a/-", 1, #"[{"b":1},{"b":2}]"#),
    ("/c/0", 2, "3"), ("/c/1", 1, #"{"0":3}"#), ("/c/0/x", 2, "3"),
  ])
  func whatAStepIsDependsOnWhereItIs(path: String, steps: Int, last: String) throws {
    var fixture = try Fixture("a: [{b: 1}, {b: 2}]\nc: {\"0\": 3}")
    let path = FieldPath(
      jsonPointer: Array(path.utf8)[...], at: .none, symbols: &fixture.tree.symbols)
    let end = FirstMissing(
      in: path, upTo: path.steps.count, below: fixture.root, entersScalars: true, .countFromEnd,
      of: fixture.tree)
    #expect(end.step == steps)
    #expect(fixture.json(end.node) == last)
  }

  @Test func wayThatEntersNoScalarsEndsBeforeThem() throws {
    var fixture = try Fixture("a: {b: 1}\nc: [2]")
    for (text, node) in [("/a/b", #"{"b":1}"#), ("/c/0", "[2]")] {
      let path = FieldPath(
        jsonPointer: Array(text.utf8)[...], at: .none, symbols: &fixture.tree.symbols)
      let end = FirstMissing(
        in: path, upTo: 2, below: fixture.root, entersScalars: false, .leadNowhere,
        of: fixture.tree)
      #expect(end.step == 1)
      #expect(fixture.json(end.node) == node)
    }
  }

  @Test func negativeIndicesMayLeadNowhere() throws {
    var fixture = try Fixture("a: [1]")
    let path = FieldPath(
      replacement: "a.-1", blanks: .kept, at: .none, symbols: &fixture.tree.symbols)
    let end = FirstMissing(
      in: path, upTo: 2, below: fixture.root, entersScalars: true, .leadNowhere, of: fixture.tree)
    #expect(end.step == 1)
  }
}
