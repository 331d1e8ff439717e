import CHashing
import Testing

@testable import Lamina

/// Digests of texts around the ends of blocks, and around the length from which the processor is asked for
/// its instructions.
@Suite struct SHA256Tests {
  @Test(arguments: [
    ("", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ("a", 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
    ("a", 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
    ("a", 63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"),
    ("a", 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
    ("a", 119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"),
    ("a", 120, "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c"),
    ("a", 1000, "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"),
    ("a", 16_383, "2e1023f5ad46df0d01aa4b73ce3db452ed0a768387949efa5a858b532b763012"),
    ("a", 16_384, "f3336bea752b5a28743033dd2c844a4a63fba08871aaee2586a2bf2d69be83a2"),
    ("a", 100_000, "6d1cf22d7cc09b085dfc25ee1a1f3ae0265804c607bc2074ad253bcc82fd81ee"),
  ])
  func hashesText(text: String, count: Int, digest: String) {
    let bytes = Array(String(repeating: text, count: count).utf8)
    #expect(hex(SHA256.hash(bytes.span)) == digest)
  }

  /// Long texts take the instructions of the processor where it has them.
  @Test(arguments: [255, 256, 257, 1000])
  func plainRoundsGiveTheSame(blocks: Int) {
    var random = SeededGenerator(seed: UInt64(blocks))
    let bytes = (0..<blocks * 64).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    var state = (0..<8).map { _ in UInt32(truncatingIfNeeded: random.next()) }
    var plainly = state
    hashing_sha256(&state, bytes, blocks)
    hashing_sha256_portable(&plainly, bytes, blocks)
    #expect(state == plainly)
  }

  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
