/// Looks for bytes eight at a time. Files are gone through several times before they are parsed, and
/// hold next to nothing of what is looked for.
struct ByteScan {
  private let bytes: UnsafeBufferPointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The first place of a byte from `start` on.
  func first(_ byte: UInt8, from start: Int = 0) -> Int? {
    let wanted = Self.everywhere &* UInt64(byte)
    return first(from: start) { Self.zeros(of: $0 ^ wanted) }
  }

  /// The first place from `start` on of a byte that may begin a line break of YAML 1.1: LF, CR, and
  /// whatever is not ASCII.
  func firstPossibleBreak(from start: Int) -> Int? {
    let feeds = Self.everywhere &* 0x0A
    let returns = Self.everywhere &* 0x0D
    return first(from: start) {
      Self.zeros(of: $0 ^ feeds) | Self.zeros(of: $0 ^ returns) | $0 & Self.highBits
    }
  }

  // MARK: - Words

  private static let everywhere: UInt64 = 0x0101_0101_0101_0101
  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// Sets the high bit of the first byte that is zero, and of no byte before it.
  private static func zeros(of word: UInt64) -> UInt64 {
    (word &- everywhere) & ~word & highBits
  }

  /// The first place where `marks` sets the high bit of a byte.
  private func first(from start: Int, _ marks: (UInt64) -> UInt64) -> Int? {
    var index = start
    while index + 8 <= bytes.count {
      let word = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let found = marks(UInt64(littleEndian: word))
      if found != 0 { return index + found.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < bytes.count {
      // The bytes of the word that are not there must not be found.
      let found = marks(UInt64(bytes[index]) | Self.everywhere << 8)
      if found & 0x80 != 0 { return index }
      index += 1
    }
    return nil
  }
}
