import Testing

@testable import Lamina

/// No bytes at all may stop the program.
@Suite struct ScalarRobustnessTests {
  /// Bytes that begin, go on or end something for one of the rules.
  private static let alphabet: [UInt8] =
    Array("0 1\n-+._eExob:TZ\"'\\#?=\r\t~yn".utf8) + [
      0x00, 0x7F, 0x80, 0x85, 0xA0, 0xA8, 0xBB, 0xBF, 0xC0, 0xC2, 0xE2, 0xED, 0xEF, 0xF0, 0xF4,
      0xFF,
    ]

  @Test func takesAnyBytes() {
    var random = Sequence(state: 0x9E37_79B9_7F4A_7C15)
    for length in 0..<4000 {
      let bytes = random.bytes(count: length % 40)
      let other = random.bytes(count: length % 9)
      #expect(isPrintedOnWholeLines(bytes))
      use(bytes, other)
    }
  }

  private func isPrintedOnWholeLines(_ bytes: [UInt8]) -> Bool {
    var out: [UInt8] = []
    ScalarWriter.appendValue(bytes.span, indent: 2, column: 4, to: &out)
    let end = out.suffix(3)
    return end.last == 0x0A || end == [0xE2, 0x80, 0xA8]
  }

  private func use(_ bytes: [UInt8], _ other: [UInt8]) {
    var out: [UInt8] = []
    if ScalarWriter.isSimpleKey(bytes.span) { ScalarWriter.appendSimpleKey(bytes.span, to: &out) }
    _ = ScalarTag.plain(bytes.span)
    _ = ScalarTag.plainYAML11(bytes.span)
    _ = ScalarTag.staysStringInYAML11(bytes.span)
    _ = appendNormalizedInteger(bytes.span, to: &out)
    _ = appendNormalizedFloat(bytes.span, to: &out)
    _ = appendJSONNumber(bytes.span, tag: .integer, to: &out)
    _ = appendTimestampAsRFC3339(bytes.span, to: &out)
    _ = decodeBase64(bytes.span)
    _ = ScalarRepair.isReadableKey(bytes.span)
    _ = keyPrecedes(bytes.span, other.span)
    appendJSONString(bytes.span, to: &out)
    appendBase64(bytes.span, to: &out, lineLength: 70)
  }

  /// The same bytes in every run.
  private struct Sequence {
    var state: UInt64

    mutating func bytes(count: Int) -> [UInt8] {
      (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return alphabet[Int(state >> 33) % alphabet.count]
      }
    }
  }
}
