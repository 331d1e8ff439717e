/// Where the lines of a text begin.
///
/// Sixteen bytes are looked at together while they are printable ASCII and line feeds, as nearly
/// all are; any other stretch goes byte by byte, with the same result (`BytesTests`).
struct LineStarts: Sendable {
  /// Offsets of the first byte of every line; behind four gigabytes they stay where they are.
  let offsets: [UInt32]
  /// There is nothing in the text but printable ASCII and line feeds.
  let isPrintableASCII: Bool

  /// Lines as libyaml counts them: after LF, CRLF, CR, NEL, LS and PS.
  init(_ bytes: [UInt8]) { self.init(bytes, onlyFeeds: false) }

  /// Lines that end with LF and nothing else.
  init(endedByFeeds bytes: [UInt8]) { self.init(bytes, onlyFeeds: true) }

  /// - Parameter onlyFeeds: whether other line breaks count as characters.
  private init(_ bytes: [UInt8], onlyFeeds: Bool) {
    var offsets = ByteBuffer(capacity: bytes.count / 4)
    offsets.append(number: 0)
    isPrintableASCII = bytes.withUnsafeBufferPointer { bytes in
      var isPrintable = true
      var index = 0
      while index < bytes.count {
        if index + 16 <= bytes.count {
          // Most text is printed, with or without line feeds.
          let (first, second) = (ByteWord(bytes, at: index), ByteWord(bytes, at: index + 8))
          let unprintable = (first.unprintable, second.unprintable)
          if unprintable.0 | unprintable.1 == 0 {
            index += 16
            continue
          }
          let feeds = (first.exactly(.lineFeed), second.exactly(.lineFeed))
          if unprintable == feeds {
            Self.append(feeds.0, from: index, to: &offsets)
            Self.append(feeds.1, from: index + 8, to: &offsets)
            index += 16
            continue
          }
        }
        let end = min(index + 16, bytes.count)
        while index < end {
          let byte = bytes[index]
          let width = onlyFeeds ? Self.widthOfFeed(byte) : Self.widthOfBreak(bytes, at: index)
          if width > 0 { offsets.append(number: UInt32(clamping: index + width)) }
          if byte != .lineFeed, byte &- 0x20 >= 0x5F { isPrintable = false }
          index += 1
        }
      }
      return isPrintable
    }
    self.offsets = offsets.numbers
  }

  /// Appends where lines begin behind line feeds that are marked.
  private static func append(_ feeds: UInt64, from index: Int, to offsets: inout ByteBuffer) {
    var feeds = feeds
    while feeds != 0 {
      offsets.append(number: UInt32(clamping: index + feeds.trailingZeroBitCount / 8 + 1))
      feeds &= feeds &- 1
    }
  }

  /// For text that is cut at line feeds only.
  private static func widthOfFeed(_ byte: UInt8) -> Int { byte == .lineFeed ? 1 : 0 }

  /// The number of bytes of the line break that begins here; 0 where there is none, or where it is the
  /// first half of one.
  private static func widthOfBreak(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    switch bytes[index] {
    case .lineFeed: return 1
    case 0x0D: return index + 1 < bytes.count && bytes[index + 1] == .lineFeed ? 0 : 1
    case 0xC2: return index + 1 < bytes.count && bytes[index + 1] == 0x85 ? 2 : 0
    case 0xE2:
      guard index + 2 < bytes.count, bytes[index + 1] == 0x80 else { return 0 }
      return bytes[index + 2] == 0xA8 || bytes[index + 2] == 0xA9 ? 3 : 0
    default: return 0
    }
  }
}
