/// Eight bytes of a text, looked at together. The lowest bits are the first byte's.
///
/// What is found is told by the high bits of bytes: `trailingZeroBitCount / 8` is the first place.
struct ByteWord {
  let bits: UInt64

  init(bits: UInt64) { self.bits = bits }

  /// The bytes from a place of a text on, which must have eight there.
  init(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
    let raw = UnsafeRawBufferPointer(bytes)
    bits = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
  }

  /// Eight spaces.
  static let spaces: UInt64 = 0x2020_2020_2020_2020

  /// The byte in all eight places.
  static func repeating(_ byte: UInt8) -> ByteWord { ByteWord(bits: everywhere &* UInt64(byte)) }

  /// Marks the first byte that is equal, and none before it. Bytes behind it may be marked wrongly.
  ///
  /// One subtraction borrows from byte to byte, which is what makes the marks behind the first
  /// unreliable; where all are needed, `exactly` costs two instructions more.
  func bytes(equalTo other: ByteWord) -> UInt64 {
    let difference = bits ^ other.bits
    return (difference &- Self.everywhere) & ~difference & Self.highBits
  }

  /// Marks all bytes that are equal to one, and no others.
  func exactly(_ byte: UInt8) -> UInt64 {
    let difference = bits ^ Self.repeating(byte).bits
    return ~((difference & Self.lowBits &+ Self.lowBits) | difference) & Self.highBits
  }

  /// Marks all bytes that are no printable ASCII, line feeds among them, and no others.
  var unprintable: UInt64 {
    let low = bits & Self.lowBits
    let isPrintable = low &+ Self.everywhere &* 0x60
    let isDelete = low &+ Self.everywhere
    return (bits | ~isPrintable | isDelete) & Self.highBits
  }

  /// Marks the first byte that is no printable ASCII, or `:` or `#`, and none before it.
  var unprintableOrMarks: UInt64 {
    unprintable | bytes(equalTo: Self.repeating(.colon)) | bytes(equalTo: Self.repeating(.hash))
  }

  /// One in each byte; the highest bit of each; and all bits but that.
  private static let everywhere: UInt64 = 0x0101_0101_0101_0101
  private static let highBits: UInt64 = 0x8080_8080_8080_8080
  private static let lowBits: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
}

extension UInt8 {
  static let lineFeed: UInt8 = 0x0A
  static let space: UInt8 = 0x20
  static let colon = UInt8(ascii: ":")
  static let hash = UInt8(ascii: "#")
}

extension Span where Element == UInt8 {
  /// Tells whether the bytes are those of another text, eight at a time.
  @usableFromInline func isSame(as other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    return withUnsafeBufferPointer { mine in
      other.withUnsafeBufferPointer { theirs in
        var index = 0
        while index &+ 8 <= mine.count {
          if ByteWord(mine, at: index).bits != ByteWord(theirs, at: index).bits { return false }
          index &+= 8
        }
        while index < mine.count {
          if mine[index] != theirs[index] { return false }
          index &+= 1
        }
        return true
      }
    }
  }
}
