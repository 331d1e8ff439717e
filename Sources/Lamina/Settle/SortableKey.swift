/// A key in the form in which keys that have a fixed place are sorted (see `keyHasFixedPlace`).
///
/// Most comparisons are done with the first eight characters, in one number.
struct SortableKey {
  let key: Symbol
  /// The first character in the highest bits; letters are above all that is none, and nothing below.
  private let beginning: UInt64

  init(_ key: Symbol, _ bytes: Span<UInt8>) {
    self.key = key
    var beginning: UInt64 = 0
    for index in 0..<8 {
      let byte = index < bytes.count ? bytes[index] : 0
      beginning = beginning << 8 | UInt64(Self.isLetter(byte) ? byte | 0x80 : byte)
    }
    self.beginning = beginning
  }

  /// Whether this key is printed before another. The first differing bytes decide if digits are not
  /// involved; everything else is left to `keyPrecedes`, with the same outcome (`KeyOrderTests`).
  func precedes(_ other: SortableKey, in symbols: SymbolTable) -> Bool {
    let difference = beginning ^ other.beginning
    if difference != 0 {
      let shift = UInt64(56 - difference.leadingZeroBitCount / 8 * 8)
      let first = UInt8(truncatingIfNeeded: beginning >> shift)
      let second = UInt8(truncatingIfNeeded: other.beginning >> shift)
      // Digits are a matter of whole numbers, but for one against a letter or the end of a key.
      let isSure = max(first, second) >= 0x80 || min(first, second) == 0
      if isSure || !(Self.isDigit(first) || Self.isDigit(second)) { return first < second }
    }
    return symbols.withBytes(of: key) { a in
      symbols.withBytes(of: other.key) { b in keyPrecedes(a, b) }
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
