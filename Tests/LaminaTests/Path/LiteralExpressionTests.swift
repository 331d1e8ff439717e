import Pattern
import Testing

@testable import Lamina

/// The quick look for a plain word and the slow one with a `Pattern` agree.
@Suite struct LiteralExpressionTests {
  static let expressions = [
    "", "a", "web", "web-1", "b_c", "0", "ab", "a-b", "A1", "-", "x.y", "a*", "é", "[a]", "null",
  ]
  static let values = [
    "web", "'web'", "\"web-1\"", "web-10", "a b_c", "x.y", "xyz", "0", "10", "''", "null", "~", "",
    "é", "|\n  web\n", ">\n  a\n  b\n", "!!str web", "[web]", "{a: web}", "'it''s'", "true",
    "xab", "a-b-c", "'-'", "A1",
  ]

  @Test(arguments: expressions)
  func saysTheSameAsThePattern(expression: String) throws {
    let bytes = Array(expression.utf8)
    guard let literal = LiteralExpression(bytes) else { return }
    let pattern = try Pattern(bytes.span)
    var known = 0
    for value in Self.values {
      var (tree, sources) = (Tree(), SourceMap())
      let file = sources.add(path: "f.yaml", bytes: Array("a: \(value)\n".utf8))
      let root = try #require(
        try YAMLReader.firstDocument(ofFile: file, into: &tree, sources: sources))
      let node = try #require(tree.first(of: root))
      guard let isPart = literal.isPart(of: node, in: tree) else { continue }
      known += 1
      let text = try EmbeddedPrinter.text(of: node, in: tree)
      #expect(isPart == pattern.matches(text.span), "\(expression) in \(value)")
    }
    #expect(known >= 8)
  }

  @Test func expressionsWithAMeaningAreLeftToThePattern() {
    for text in ["x.y", "a*", "[a]", "é", "^a", String(repeating: "a", count: 257)] {
      #expect(LiteralExpression(Array(text.utf8)) == nil)
    }
  }
}
