import Testing

@testable import Lamina

/// Go's `strings.ToLower`, as the names of files show it that v5.8.1 (Go 1.26) writes with `-o DIR` for names with
/// each of the letters.
@Suite struct GoLowercaseTests {
  /// The capitals that Unicode 16 and 17 added, which Go's tables do not know.
  private let unknown: [ClosedRange<UInt32>] = [
    0x1C89...0x1C89, 0xA7CB...0xA7CC, 0xA7CE...0xA7CE, 0xA7D2...0xA7D2, 0xA7D4...0xA7D4,
    0xA7DA...0xA7DA, 0xA7DC...0xA7DC, 0x10D50...0x10D65, 0x16EA0...0x16EB8,
  ]

  @Test func leavesLettersThatGoDoesNotKnow() {
    for scalar in unknown.joined().compactMap(Unicode.Scalar.init) {
      #expect(Array("x\(scalar)".lowercasedAsInGo.utf8) == Array("x\(scalar)".utf8))
    }
  }

  @Test func makesOneScalarOfOne() {
    #expect(Array("İ".lowercasedAsInGo.unicodeScalars) == ["i"])
    #expect(Array("ΣΑΣ".lowercasedAsInGo.unicodeScalars) == ["σ", "α", "σ"])
    #expect(Array("E\u{301}".lowercasedAsInGo.unicodeScalars) == ["e", "\u{301}"])
  }

  /// All other letters have the same lower case in both, of those that Unicode 17 has.
  @Test func lowersEveryOtherLetterAsSwiftDoes() {
    var different: [Unicode.Scalar] = []
    for scalar in (UInt32(0)...0x10FFFF).lazy.compactMap(Unicode.Scalar.init)
    where (scalar.properties.age?.major ?? 18) <= 17 {
      let mapping = scalar.properties.lowercaseMapping
      if Array(String(scalar).lowercasedAsInGo.utf8) != Array(mapping.utf8) {
        different.append(scalar)
      }
    }
    let expected: [Unicode.Scalar] = ["İ"] + unknown.joined().compactMap(Unicode.Scalar.init)
    #expect(different == expected)
  }
}
