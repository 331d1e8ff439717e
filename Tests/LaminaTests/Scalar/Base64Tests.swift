import Testing

@testable import Lamina

/// Base64 as Go writes and reads it.
@Suite struct Base64Tests {
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"), ("\u{3FF}\u{3BF}~?", "z7/Ov34/"),
  ])
  func encodesAndDecodes(text: String, encoded: String) {
    #expect(encode(text, lineLength: nil) == encoded)
    #expect(decode(encoded) == text)
    #expect(decodedBase64Count(Array(encoded.utf8).span) == text.utf8.count)
  }

  /// Each digit, at each of the four places of a group.
  @Test func encodesAllBytes() {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    for value in 0..<64 {
      for place in 0..<4 {
        let bits = UInt32(value) << UInt32(18 - 6 * place)
        let bytes = [UInt8(bits >> 16), UInt8(bits >> 8 & 255), UInt8(bits & 255)]
        var out: [UInt8] = []
        appendBase64(bytes.span, to: &out)
        let expected = (0..<4).map { $0 == place ? digits[value] : UInt8(ascii: "A") }
        #expect(out == expected)
      }
    }
  }

  /// A text of less than a line gets no line feed, any longer one gets it at its very end too.
  @Test func breaksLines() {
    let short = String(repeating: "a", count: 51)
    let long = String(repeating: "a", count: 52)
    let pattern = String(repeating: "YWFh", count: 17)
    #expect(encode(short, lineLength: 70) == pattern)
    #expect(encode(long, lineLength: 70) == pattern + "YQ\n==\n")
    #expect(decode(pattern + "YQ\n==\n") == long)
  }

  @Test func endsFullLineOnce() {
    let bytes = String(repeating: "a", count: 105)
    let half = String(repeating: "YWFh", count: 35)
    #expect(encode(bytes, lineLength: 70) == half.prefix(70) + "\n" + half.dropFirst(70) + "\n")
  }

  @Test(arguments: [("Z\r\ng=\n=\n", "f"), ("\n", ""), ("Zh==", "f"), ("Zm9=", "fo")])
  func decodesLoosely(encoded: String, text: String) {
    #expect(decode(encoded) == text)
  }

  @Test(arguments: [
    "Z", "Zg", "Zg=", "Zm8", "=", "==", "Z===", "Zg==Zg==", "Zg== ", " Zg==", "Zg=a", "Zm8==",
    "Zm9v====", "Zm 9v", "Zm9v-_", "Zm9v\t", "é",
  ])
  func refusesMalformedText(encoded: String) {
    #expect(decode(encoded) == nil)
  }

  private func encode(_ text: String, lineLength: Int?) -> String {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    appendBase64(bytes.span, to: &out, lineLength: lineLength)
    return String(decoding: out, as: UTF8.self)
  }

  private func decode(_ encoded: String) -> String? {
    let bytes = Array(encoded.utf8)
    return decodeBase64(bytes.span).map { String(decoding: $0, as: UTF8.self) }
  }
}
