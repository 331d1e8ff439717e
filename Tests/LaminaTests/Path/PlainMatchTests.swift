import Testing

@testable import Lamina

/// The quick way along a path of plain words leads where the slow way leads, or leads nowhere.
@Suite struct PlainMatchTests {
  static let documents = [
    "a: {b: {c: 1}}", "a: {b: [{n: web, v: 1}, {n: web-1, v: 2}, {n: db, v: 3}]}",
    "a: {b: [{n: 'web', v: {c: x}}, {v: 2}, text, ~]}", "a: {b: [{n: {c: web}, v: 1}]}",
    "a: {b: [{n: x.web, v: 1}, {n: db, v: 2}]}",
    "a: {b: ~}", "a: ~", "a: {b: text}", "a: {b: 'c: 1'}", "a: {b: []}", "a: [{b: 1}]",
    "a: {b: {n: web, v: 1}}", "a:\n  b:\n  - n: >\n      web\n    v: 1\n",
  ]
  static let paths = [
    "a", "a.b", "a.b.c", "a.b.[n=web].v", "a.b.[n=db].v", "a.b.[n=db]", "a.b.[n=web].v.c",
    "a.b.[n=none].v", "a.b.[n=w.b].v", "a.b.[=text]", "a.b.0.v", "a.b.*.v", "a.b.-", "a..b",
    "a.b.[n=].v", " a.b", "a.b.[n= web].v",
  ]

  @Test(arguments: paths)
  func leadsWhereTheSlowWayLeads(text: String) throws {
    for document in Self.documents {
      var (tree, sources) = (Tree(), SourceMap())
      let file = sources.add(path: "f.yaml", bytes: Array(document.utf8))
      let root = try #require(
        try YAMLReader.firstDocument(ofFile: file, into: &tree, sources: sources))
      func path(_ blanks: FieldPath.Blanks, _ symbols: inout SymbolTable) -> FieldPath {
        FieldPath(replacement: text, blanks: blanks, at: .none, symbols: &symbols)
      }
      let ofMatches = path(.kept, &tree.symbols)
      let ofText = path(.ignored, &tree.symbols)
      guard let plain = PlainMatch(ofMatches, ofText, tree.symbols),
        let found = plain.find(below: root, in: tree)
      else { continue }
      let holder = try TextHolder.find(on: ofText, below: root, in: &tree)
      #expect(holder == nil, "\(text) in \(document)")
      for create in [nil, Node.Shape.scalar, .mapping] {
        let slow = try EveryMatch.values(
          at: ofMatches, of: root, create: create, by: .none, in: &tree)
        #expect(slow == [found], "\(text) in \(document)")
      }
    }
  }

  @Test func plainPathsHaveIt() throws {
    var (tree, sources) = (Tree(), SourceMap())
    let file = sources.add(path: "f.yaml", bytes: Array(Self.documents[1].utf8))
    let root = try #require(
      try YAMLReader.firstDocument(ofFile: file, into: &tree, sources: sources))
    let path = FieldPath(
      replacement: "a.b.[n=db].v", blanks: .kept, at: .none, symbols: &tree.symbols)
    let plain = try #require(PlainMatch(path, path, tree.symbols))
    let found = try #require(plain.find(below: root, in: tree))
    #expect(tree.string(found) == "3")
  }

  /// What leads to several values, or may lead to none, is left to the slow way.
  @Test(arguments: [
    "a.b.*.v", "a.0", "a.-", "a..b", "a.[n=w.b].v", "a.[=text]", "a.[n=].v", "a.[n]",
  ])
  func otherPathsHaveNone(path: String) {
    var symbols = SymbolTable()
    let path = FieldPath(replacement: path, blanks: .kept, at: .none, symbols: &symbols)
    #expect(PlainMatch(path, path, symbols) == nil)
  }
}
