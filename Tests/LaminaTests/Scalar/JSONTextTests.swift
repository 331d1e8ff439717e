import Testing

@testable import Lamina

/// Strings in JSON, checked against the content hashes that the reference made of them.
@Suite struct JSONTextTests {
  @Test(arguments: [
    ("", #""""#),
    ("a", #""a""#),
    ("a\"b\\c/", #""a\"b\\c/""#),
    ("\u{8}\u{C}\n\r\t", #""\b\f\n\r\t""#),
    ("\u{0}\u{1F}\u{7F}", "\"\\u0000\\u001f\u{7F}\""),
    ("<a & b>", #""\u003ca \u0026 b\u003e""#),
    ("\u{2028}\u{2029}\u{2027}", "\"\\u2028\\u2029\u{2027}\""),
    ("é日😀\u{FEFF}\u{85}", "\"é日😀\u{FEFF}\u{85}\""),
  ])
  func printsString(text: String, printed: String) {
    #expect(json(Array(text.utf8)) == printed)
  }

  @Test(
    arguments: [
      ([0xFF], #""\ufffd""#),
      ([0x61, 0xE2, 0x82, 0x62], #""a\ufffd\ufffdb""#),
      ([0xED, 0xA0, 0x80], #""\ufffd\ufffd\ufffd""#),
      ([0xC0, 0x80], #""\ufffd\ufffd""#),
      ([0xF4, 0x90, 0x80, 0x80], #""\ufffd\ufffd\ufffd\ufffd""#),
      ([0xEF, 0xBF, 0xBD], "\"\u{FFFD}\""),
    ] as [([UInt8], String)])
  func replacesInvalidBytes(bytes: [UInt8], printed: String) {
    #expect(json(bytes) == printed)
  }

  private func json(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    appendJSONString(bytes.span, to: &out)
    return String(decoding: out, as: UTF8.self)
  }
}
