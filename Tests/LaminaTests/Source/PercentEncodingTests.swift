import Testing

@testable import Lamina

@Suite struct PercentEncodingTests {
  @Test func whatIsNotPlainIsEscaped() {
    #expect(PercentEncoding.encoded("/a b/ü.yaml") == "/a%20b/%C3%BC.yaml")
    #expect(PercentEncoding.encoded("-._~%\n") == "-._~%25%0A")
  }

  @Test func everyPathComesBack() {
    for scalar in (1...0x2FF).compactMap(Unicode.Scalar.init) {
      let path = "/a/\(scalar)/b"
      #expect(PercentEncoding.decoded(PercentEncoding.encoded(path)[...]) == Array(path.utf8))
    }
  }

  /// A sign is no digit, and one digit is not enough.
  @Test(arguments: ["%", "%4", "%zz", "%+1", "a%4", "%%"])
  func whatIsNoEscapeStays(text: String) {
    #expect(PercentEncoding.decoded(text[...]) == Array(text.utf8))
  }
}
