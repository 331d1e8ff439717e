import Testing

@testable import Lamina

/// What strings lose in JSON, and what JSON does not take.
@Suite struct ScalarRepairTests {
  @Test(arguments: [
    ("a\u{85}b", "a b"), ("a \u{85}  b", "a b"), ("a\u{85}\u{85}b", "a\nb"),
    ("a\u{85} \u{85} \u{85}b", "a\n\nb"), ("a\u{85}", "a "), ("\u{85}a", " a"),
    ("a\t\u{85}\tb", "a\t \tb"), ("a\u{85}\nb", "a \nb"),
  ])
  func foldsNextLine(text: String, repaired: String) {
    let bytes = Array(text.utf8)
    #expect(ScalarRepair.repaired(bytes.span) == Array(repaired.utf8))
  }

  @Test(arguments: ["", "a", "é", "\u{A0}", "\u{2028}", "😀", "\u{FFFD}", "\u{7F}"])
  func leavesOtherTexts(text: String) {
    let bytes = Array(text.utf8)
    #expect(ScalarRepair.repaired(bytes.span) == nil)
  }

  @Test(arguments: [
    ("", true), ("a\u{0}\u{1F}\u{85}\u{A0}\u{FFFD}\u{FEFF}😀", true), ("\u{7F}", false),
    ("a\u{80}", false), ("\u{84}", false), ("\u{86}", false), ("\u{9F}", false),
    ("\u{FFFE}", false), ("\u{FFFF}", false), ("\u{1FFFE}", true),
  ])
  func knowsWhatCanBeRead(text: String, isReadable: Bool) {
    let bytes = Array(text.utf8)
    #expect(ScalarRepair.isReadable(bytes.span) == isReadable)
  }

  @Test func knowsWhichKeysCanBeRead() {
    #expect(isReadableKey(String(repeating: "k", count: 1022)))
    #expect(!isReadableKey(String(repeating: "k", count: 1023)))
    #expect(isReadableKey(String(repeating: "é", count: 1022)))
    #expect(!isReadableKey(String(repeating: "é", count: 1023)))
    #expect(isReadableKey(String(repeating: "\"", count: 511)))
    #expect(!isReadableKey(String(repeating: "\"", count: 512)))
    #expect(!isReadableKey("a\u{85}b"))
    #expect(!isReadableKey("\u{7F}"))
  }

  private func isReadableKey(_ key: String) -> Bool {
    let bytes = Array(key.utf8)
    return ScalarRepair.isReadableKey(bytes.span)
  }
}
