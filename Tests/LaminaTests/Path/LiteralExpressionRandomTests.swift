import Testing

@testable import Lamina
import Pattern

/// The short way to match an expression that is just a word says what the expression says.
@Suite struct LiteralExpressionRandomTests {
  @Test func matchesWhatTheExpressionMatches() throws {
    let words = ["a", "ab", "a-b", "a_b", "A1", "", "-", "web-1"]
    let texts = ["", "a", "xab", "a-b-c", "a_b", "web-10", "b", "a b", "é", "-", "1", "true", "A1"]
    var decided = 0
    for word in words {
      let expression = Array(word.utf8)
      let pattern = try Pattern(expression.span)
      let plain = try #require(LiteralExpression(expression))
      for text in texts {
        var tree = Tree()
        let node = tree.addScalar(text, tag: .unresolved, at: .none)
        guard let isPart = plain.isPart(of: node, in: tree) else { continue }
        decided += 1
        let printed = try EmbeddedPrinter.text(of: node, in: tree)
        #expect(isPart == pattern.matches(printed.span), "\(word) in \(text)")
      }
    }
    #expect(decided > 50)
  }

  @Test(arguments: ["a.b", "a+", "^a", "a b", "é", "(a)"])
  func leavesAnythingElseToTheExpression(text: String) {
    #expect(LiteralExpression(Array(text.utf8)) == nil)
  }
}
