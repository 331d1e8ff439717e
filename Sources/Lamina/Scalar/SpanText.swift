/// Small questions about byte views that several scalar rules ask.
extension Span where Element == UInt8 {
  /// Tells whether the bytes are exactly those of `word`.
  func isWord(_ word: StaticString) -> Bool {
    guard count == word.utf8CodeUnitCount else { return false }
    return begins(with: word)
  }

  /// Tells whether the bytes start with those of `word`.
  func begins(with word: StaticString) -> Bool {
    guard count >= word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { expected in
      var index = 0
      for byte in expected {
        guard self[index] == byte else { return false }
        index &+= 1
      }
      return true
    }
  }

  /// Tells whether `byte` occurs at or after `start`.
  func contains(_ byte: UInt8, from start: Int = 0) -> Bool {
    var index = start
    while index < count {
      if self[index] == byte { return true }
      index &+= 1
    }
    return false
  }

  /// Tells whether an ASCII digit stands at `index`; false past the end.
  func isDigit(at index: Int) -> Bool {
    index < count && self[index] &- UInt8(ascii: "0") < 10
  }

  /// Tells whether all bytes are ASCII below DEL. There is no way out of the loop, so that it can look
  /// at many bytes at once.
  var isASCIIBelowDelete: Bool {
    withUnsafeBufferPointer { bytes in
      var highest: UInt8 = 0
      for byte in bytes { highest = max(highest, byte) }
      return highest < 0x7F
    }
  }

  /// Tells whether all bytes are printable ASCII, and no `:` or `#` among them means anything in a plain
  /// scalar: the one before a space or the end, the other behind a space.
  ///
  /// Sixteen bytes at a time while there is no mark at all, then eight, in which marks are looked
  /// at one by one, then single bytes.
  var isPrintableWithoutMarks: Bool {
    withUnsafeBufferPointer { bytes in
      var index = 0
      while index + 16 <= bytes.count {
        let (first, second) = (ByteWord(bytes, at: index), ByteWord(bytes, at: index + 8))
        if first.unprintableOrMarks | second.unprintableOrMarks != 0 { break }
        index += 16
      }
      while index + 8 <= bytes.count {
        let word = ByteWord(bytes, at: index)
        if word.unprintable != 0 { return false }
        var marks = word.exactly(.colon) | word.exactly(.hash)
        while marks != 0 {
          let place = index + marks.trailingZeroBitCount / 8
          if Self.isMark(bytes, at: place) { return false }
          marks &= marks &- 1
        }
        index += 8
      }
      while index < bytes.count {
        if bytes[index] &- 0x20 > 0x5E || Self.isMark(bytes, at: index) { return false }
        index += 1
      }
      return true
    }
  }

  /// Skips printable ASCII, as far as eight bytes can be looked at together.
  func endOfPrintableWords(from start: Int) -> Int {
    withUnsafeBufferPointer { bytes in
      var index = start
      while index + 8 <= bytes.count {
        let marks = ByteWord(bytes, at: index).unprintable
        if marks != 0 { return index + marks.trailingZeroBitCount / 8 }
        index += 8
      }
      return index
    }
  }

  /// Skips printable ASCII without `:` and `#`, as far as eight bytes can be looked at together that are not the last
  /// ones.
  func endOfWordsWithoutMarks(from start: Int) -> Int {
    withUnsafeBufferPointer { bytes in
      var index = start
      while index + 8 < bytes.count {
        let marks = ByteWord(bytes, at: index).unprintableOrMarks
        if marks != 0 { return index + marks.trailingZeroBitCount / 8 }
        index += 8
      }
      return index
    }
  }

  /// The byte is a colon or a hash that means something where it stands.
  private static func isMark(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    switch bytes[index] {
    case .colon: index + 1 == bytes.count || bytes[index + 1] == .space
    case .hash: index == 0 || bytes[index - 1] == .space
    default: false
    }
  }

  /// Gives the bytes as an array without any `_`, as go-yaml does before it reads a number.
  func removingUnderscores() -> [UInt8] {
    var kept: [UInt8] = []
    kept.reserveCapacity(count)
    var index = 0
    while index < count {
      if self[index] != UInt8(ascii: "_") { kept.append(self[index]) }
      index &+= 1
    }
    return kept
  }
}

extension [UInt8] {
  /// Makes room for so many more bytes, and not for twice as many, where a long text is about to come.
  mutating func makeRoom(for more: Int) {
    if capacity &- count < more { reserveCapacity(Swift.max(count &+ more, 2 &* capacity)) }
  }

  /// Appends the bytes of a view in one copy.
  mutating func append(bytesOf text: Span<UInt8>) {
    text.withUnsafeBufferPointer { append(contentsOf: $0) }
  }

  /// Appends the bytes of a word known at compile time.
  mutating func append(word: StaticString) {
    word.withUTF8Buffer { append(contentsOf: $0) }
  }

  /// Appends so many spaces; none for a number below one.
  mutating func append(spaces count: Int) {
    let some: StaticString = "                                                                "
    some.withUTF8Buffer { some in
      var missing = count
      while missing > 0 {
        append(contentsOf: UnsafeBufferPointer(rebasing: some.prefix(missing)))
        missing -= some.count
      }
    }
  }

  /// Appends the same byte `count` times; nothing for a count below one.
  mutating func append(_ byte: UInt8, count: Int) {
    guard count > 0 else { return }
    append(contentsOf: repeatElement(byte, count: count))
  }
}
