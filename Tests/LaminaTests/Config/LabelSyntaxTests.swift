import Testing

@testable import Lamina

/// The quick look at names, which are nearly all short labels.
@Suite struct LabelSyntaxTests {
  @Test func shortLabelsAreNames() {
    var random = SeededGenerator(seed: 1)
    let pieces = ["a", "web", "0", "-", ".", "A", "_", "é", String(repeating: "b", count: 30)]
    var count = 0
    for _ in 0..<3000 {
      let text = Array(
        (0..<Int.random(in: 0...4, using: &random)).map { _ in
          pieces.randomElement(using: &random) ?? ""
        }.joined().utf8)
      let isShort = LabelSyntax.isShortLabel(text.span)
      #expect(isShort == (text.count <= 63 && LabelSyntax.isDNSLabel(text[...])))
      if isShort {
        count += 1
        #expect(LabelSyntax.isSubdomain(text[...]))
      }
    }
    #expect(count > 500)
  }
}
