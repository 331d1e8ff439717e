import Testing

@testable import Lamina

/// The language of label selectors. Every row agrees with kustomize.
@Suite struct LabelSelectorTests {
  static let labels =
    "app: web\ntier: front\nrank: '10'\nlegacy: ''\nnumber: 5\nin: x\nnothing: ~\n"

  static let matching = [
    "", "  ", "app", "app=web", "app == web", "app!=db", "other!=db", "!other", "app in (db,web)",
    "app notin (db)", "other notin (web)", "rank>9", "rank<11", "legacy=", "legacy in ()",
    "legacy in (x,)", "legacy in (,)", "legacy in (x,,y)", "number=5", "nothing", "in=x", "in",
    "in in (x)", "app=web,tier in (front),!other", "\tapp\n=\rweb ",
  ]

  @Test(arguments: matching)
  func matches(text: String) throws { #expect(try outcome(text) == true) }

  static let failing = [
    "other", "app=db", "app=", "app!=web", "!app", "app in (db)", "app notin (web)", "rank>10",
    "app>1", "other>1", "rank<10", "number=05", "app=web,other", "legacy in (x)",
  ]

  @Test(arguments: failing)
  func matchesNot(text: String) throws { #expect(try outcome(text) == false) }

  static let wrong = [
    ("=", "found '=', expected: !, identifier, or 'end of string'"),
    ("app=web,", "found '', expected: identifier after ','"),
    ("!app=web", "found '=', expected: ',' or 'end of string'"),
    ("!", "unable to parse requirement: found '', expected: identifier"),
    (
      "app web", "unable to parse requirement: found 'web', expected: '=', '!=', '==', 'in', notin'"
    ),
    ("app=(", "unable to parse requirement: found '(', expected: identifier"),
    ("app===web", "unable to parse requirement: found '=', expected: identifier"),
    ("app in web", "unable to parse requirement: found 'web' expected: '('"),
    ("app in (=", "unable to parse requirement: found '=', expected: ',', ')' or identifier"),
    ("app in (a b)", "unable to parse requirement: found 'b', expected: ',' or ')'"),
    ("app in (a,,)", "unable to parse requirement: found ')', expected: ',', or identifier"),
    (
      "app>x",
      "unable to parse requirement: for 'Gt', 'Lt' operators, the value must be an integer"
    ),
    (
      "/a",
      "unable to parse requirement: invalid label key \"/a\": prefix part must be non-empty"
    ),
  ]

  @Test(arguments: wrong)
  func refusal(text: String, words: String) {
    var symbols = SymbolTable()
    do throws(Problem) {
      _ = try LabelSelector(text, at: .none, symbols: &symbols)
      Issue.record("\(text) was taken")
    } catch {
      #expect(error.message == words)
    }
  }

  @Test(arguments: ["-a=x", "a-=x", "a/b/c", "A.b/c", "a..b/c", "é", "a=é", "a=x-", "a in (b, c!)"])
  func refusalOfKeysAndValues(text: String) {
    #expect(throws: Problem.self) {
      var symbols = SymbolTable()
      _ = try LabelSelector(text, at: .none, symbols: &symbols)
    }
  }

  private func outcome(_ text: String) throws -> Bool {
    var fixture = PatchFixture()
    let root = try fixture.object(Self.labels)
    let selector = try LabelSelector(text, at: .none, symbols: &fixture.tree.symbols)
    return selector.matches(root, in: fixture.tree)
  }
}
