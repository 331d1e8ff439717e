/// Bytes that are put together from many short pieces.
///
/// An array asks with each piece whether it is shared, and calls for a copy. Here a piece of a few
/// bytes takes a few instructions.
///
/// It has one owner, which the compiler ensures, so no piece has to ask. `BytesTests` compares it
/// with an array.
struct ByteBuffer: ~Copyable {
  private var start: UnsafeMutableRawPointer
  /// At least 8, so that whole words can be written.
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 64) {
    self.capacity = max(capacity, 8)
    start = .allocate(byteCount: self.capacity, alignment: 8)
  }

  deinit { start.deallocate() }

  /// What has been put together, until something is added.
  var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeRawBufferPointer(start: start, count: count).bindMemory(to: UInt8.self)
  }

  /// The memory stays for what comes next.
  mutating func removeAll() { count = 0 }

  mutating func removeLast() { count = max(count - 1, 0) }

  mutating func append(_ byte: UInt8) {
    makeRoom(for: 1)
    start.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count &+= 1
  }

  /// The piece must not be part of this buffer.
  mutating func append(_ piece: Span<UInt8>) {
    piece.withUnsafeBytes { append($0) }
  }

  mutating func append(_ piece: [UInt8]) {
    piece.withUnsafeBytes { append($0) }
  }

  mutating func append(_ piece: UnsafeBufferPointer<UInt8>) {
    append(UnsafeRawBufferPointer(piece))
  }

  /// Appends the bytes of a word known at compile time.
  mutating func append(word: StaticString) {
    word.withUTF8Buffer { append($0) }
  }

  /// Appends so many spaces; none for a number below one.
  mutating func append(spaces wanted: Int) {
    guard wanted > 0 else { return }
    // Whole words are written, which may be too many bytes.
    makeRoom(for: wanted &+ 8)
    var place = count
    count &+= wanted
    while place < count {
      start.storeBytes(of: ByteWord.spaces, toByteOffset: place, as: UInt64.self)
      place &+= 8
    }
  }

  /// Appends four bytes that `numbers` gives back.
  mutating func append(number: UInt32) {
    makeRoom(for: 4)
    start.storeBytes(of: number, toByteOffset: count, as: UInt32.self)
    count &+= 4
  }

  /// What has been put together, if all of it is numbers.
  var numbers: [UInt32] {
    let source = UnsafeRawBufferPointer(start: start, count: count / 4 * 4)
    return Array(unsafeUninitializedCapacity: count / 4) { numbers, initialized in
      UnsafeMutableRawBufferPointer(numbers).copyMemory(from: source)
      initialized = source.count / 4
    }
  }

  // Most pieces are a few bytes, and a call costs as much as they do.
  @inline(__always)
  private mutating func append(_ piece: UnsafeRawBufferPointer) {
    guard let source = piece.baseAddress else { return }
    let length = piece.count
    makeRoom(for: length)
    let target = start + count
    count &+= length
    if length > 64 {
      target.copyMemory(from: source, byteCount: length)
    } else if length >= 8 {
      // The last word may repeat bytes of the one before it.
      var place = 0
      while place < length &- 8 {
        target.copyWord(UInt64.self, from: source, at: place)
        place &+= 8
      }
      target.copyWord(UInt64.self, from: source, at: length &- 8)
    } else if length >= 4 {
      target.copyWord(UInt32.self, from: source, at: 0)
      target.copyWord(UInt32.self, from: source, at: length &- 4)
    } else {
      for place in 0..<length { target.copyWord(UInt8.self, from: source, at: place) }
    }
  }

  private mutating func makeRoom(for more: Int) {
    if capacity &- count < more { grow(by: more) }
  }

  /// Doubling keeps the number of copies small. Not inlined, as it is rare.
  @inline(never)
  private mutating func grow(by more: Int) {
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
    larger.copyMemory(from: start, byteCount: count)
    start.deallocate()
    start = larger
  }
}

extension UnsafeMutableRawPointer {
  /// Neither end need be aligned.
  fileprivate func copyWord<Word: BitwiseCopyable>(
    _: Word.Type, from source: UnsafeRawPointer, at place: Int
  ) {
    let word = source.loadUnaligned(fromByteOffset: place, as: Word.self)
    storeBytes(of: word, toByteOffset: place, as: Word.self)
  }
}
