import Testing

@testable import Pattern

/// The limits on expressions, and the time matching takes.
@Suite struct PatternLimitsTests {
  /// Opens, fills and closes groups in each other.
  private func nested(_ opening: String, _ depth: Int, _ content: String = "") -> String {
    String(repeating: opening, count: depth) + content + String(repeating: ")", count: depth)
  }

  private func reason(_ source: String) -> PatternError.Reason? {
    do throws(PatternError) {
      let bytes = Array(source.utf8)
      _ = try Pattern(bytes.span)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test func capturingGroupsNestUpToTheLimit() {
    #expect(reason(nested("(", 999, "a")) == nil)
    #expect(reason(nested("(", 1000, "a")) == .nestsTooDeeply)
    #expect(reason(nested("(", 998, "ab|cd")) == nil)
    #expect(reason(nested("(", 999, "ab|cd")) == .nestsTooDeeply)
  }

  @Test func plainGroupsNestFreely() throws {
    #expect(reason(nested("(?:", 5000, "a")) == nil)
    #expect(try PatternFixture.matches("^" + nested("(?:a", 1500) + "$", "a") == false)
  }

  @Test func unclosedGroupsAreNotTooDeep() {
    #expect(reason(String(repeating: "(", count: 20_000)) == .missingParenthesis)
  }

  @Test func repetitionsThatGrowTooLargeAreRefused() {
    let piece = String(repeating: "(x)", count: 1200)
    #expect(reason("(?:\(piece)){1000}") == .tooLarge)
    #expect(reason("((a{100}){10}){2}") == .invalidRepeatCount)
  }

  @Test(arguments: ["^(a*)*$", "^(a+a+)+$", "^(a|aa)+$", "^(?:a?){50}a{50}a*$", "(.*)(.*)(.*)b"])
  func matchingTakesLinearTime(pattern: String) throws {
    let text = String(repeating: "a", count: 3000) + "c"
    #expect(try PatternFixture.matches(pattern, text) == false)
  }

  @Test func largeRepeatCountsMatchExactly() throws {
    let text = String(repeating: "a", count: 1000)
    #expect(try PatternFixture.matches("^a{1000}$", text))
    #expect(try PatternFixture.matches("^a{0,999}$", text) == false)
    #expect(try PatternFixture.matches("^(?:a{2,5}){200}$", text))
  }
}
