/// The bytes of a symbol, looked at eight at a time. They must outlive the value.
///
/// The last eight may repeat some of the bytes before them, so that nothing is left to be looked at one
/// by one: most keys are hashed and compared in a step or two.
struct ShortText {
  private let bytes: UnsafeRawBufferPointer
  /// The last eight bytes; all of a shorter text, in a number that no other text of its length has.
  let lastWord: UInt64

  var count: Int { bytes.count }

  @inline(__always)
  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    let count = bytes.count
    if count >= 8 {
      lastWord = Self.word(of: bytes, at: count &- 8)
    } else if count >= 4 {
      let first = bytes.loadUnaligned(as: UInt32.self)
      let last = bytes.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
      lastWord = UInt64(first) | UInt64(last) << 32
    } else if count > 0 {
      // The first, the middle and the last of up to three.
      lastWord =
        UInt64(bytes[0]) | UInt64(bytes[count / 2]) << 8 | UInt64(bytes[count &- 1]) << 16
    } else {
      lastWord = 0
    }
  }

  /// Whether another text of the same length has the same bytes, if its last word is known to.
  func isEqual(_ other: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    while index < count &- 8 {
      if Self.word(of: bytes, at: index) != Self.word(of: other, at: index) { return false }
      index &+= 8
    }
    return true
  }

  /// The two halves of a product with a secret number are put together, so that no difference between
  /// two texts can be undone by another one further on.
  @inline(__always)
  func hash(seed: UInt64) -> UInt32 {
    let secret = seed | 1
    var state = seed ^ UInt64(truncatingIfNeeded: count)
    var index = 0
    while index < count &- 8 {
      Self.mix(Self.word(of: bytes, at: index), secret, into: &state)
      index &+= 8
    }
    Self.mix(lastWord, secret, into: &state)
    return UInt32(truncatingIfNeeded: state ^ (state >> 32))
  }

  private static func mix(_ word: UInt64, _ secret: UInt64, into state: inout UInt64) {
    let product = (state ^ word).multipliedFullWidth(by: secret)
    state = product.high ^ product.low
  }

  private static func word(of bytes: UnsafeRawBufferPointer, at index: Int) -> UInt64 {
    bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
  }
}
