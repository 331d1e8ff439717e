@testable import Lamina
import Testing

/// The test cases of RFC 4231.
@Suite struct KeyedHashTests {
  private func hash(_ text: [UInt8], _ key: [UInt8]) -> String {
    KeyedHash.hash(text, key: key).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }

  @Test func isHMAC() {
    #expect(
      hash(Array("Hi There".utf8), Array(repeating: 0x0b, count: 20))
        == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
    #expect(
      hash(Array("what do ya want for nothing?".utf8), Array("Jefe".utf8))
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    #expect(
      hash(
        Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
        Array(repeating: 0xaa, count: 131))
        == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
  }
}
