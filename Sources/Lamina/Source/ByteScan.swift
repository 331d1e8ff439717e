/// Looks for bytes eight at a time. Files are gone through several times before they are parsed, and
/// hold next to nothing of what is looked for.
///
/// Places are offsets of the buffer. `BytesTests` compares the answers with a look at each byte.
struct ByteScan {
  private let bytes: UnsafeBufferPointer<UInt8>

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The first place of a byte from `start` on.
  func first(_ byte: UInt8, from start: Int = 0) -> Int? {
    let wanted = ByteWord.repeating(byte)
    return first(from: start, to: bytes.count) { $0.bytes(equalTo: wanted) }
  }

  /// The first place of one of two bytes in a part of the text.
  func first(_ byte: UInt8, or other: UInt8, from start: Int, to end: Int) -> Int? {
    let (wanted, wantedToo) = (ByteWord.repeating(byte), ByteWord.repeating(other))
    return first(from: start, to: end) {
      $0.bytes(equalTo: wanted) | $0.bytes(equalTo: wantedToo)
    }
  }

  /// The first place of another byte in a part of the text.
  func firstOther(than byte: UInt8, from start: Int, to end: Int) -> Int? {
    let known = ByteWord.repeating(byte)
    return first(from: start, to: end) { $0.bits ^ known.bits }
  }

  /// The first place from `start` on of something else than printable ASCII and line feeds.
  func firstUnprintable(from start: Int) -> Int? {
    first(from: start, to: bytes.count) { $0.unprintable & ~$0.exactly(.lineFeed) }
  }

  /// The first place where `marks` sets a bit of a byte, the lowest bits of all being the first byte's.
  ///
  /// Eight bytes that reach beyond `end`, but not beyond the text, are looked at together; a place
  /// behind `end` is then no answer.
  private func first(from start: Int, to end: Int, _ marks: (ByteWord) -> UInt64) -> Int? {
    var index = start
    while index < end, index + 8 <= bytes.count {
      let found = marks(ByteWord(bytes, at: index))
      if found != 0 {
        let place = index + found.trailingZeroBitCount / 8
        return place < end ? place : nil
      }
      index += 8
    }
    while index < end {
      if marks(ByteWord(bits: UInt64(bytes[index]))) & 0xFF != 0 { return index }
      index += 1
    }
    return nil
  }
}
