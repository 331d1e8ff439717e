import Testing

@testable import Lamina

/// What looks at eight or sixteen bytes at once finds what a look at each byte finds.
@Suite struct BytesTests {
  /// Bytes at the limits of what is told apart.
  private static let odd: [UInt8] = [
    0x00, 0x09, 0x0A, 0x0B, 0x0D, 0x1F, 0x20, 0x21, 0x22, 0x23, 0x24, 0x39, 0x3A, 0x3B, 0x7E, 0x7F,
    0x80, 0x85, 0x8A, 0xA0, 0xA3, 0xBA, 0xFF,
  ]

  /// Texts of letters with one or two such bytes, of all lengths that matter to words.
  private func forEachText(_ body: ([UInt8]) -> Void) {
    for count in 0..<36 {
      var text = Array(repeating: UInt8(ascii: "a"), count: count)
      body(text)
      for place in 0..<count {
        for byte in Self.odd {
          text[place] = byte
          body(text)
          if place > 0 {
            text[place - 1] = 0x0A
            body(text)
            text[place - 1] = UInt8(ascii: "a")
          }
        }
        text[place] = UInt8(ascii: "a")
      }
    }
  }

  @Test func scansForBytes() {
    forEachText { text in
      text.withUnsafeBufferPointer { bytes in
        let scan = ByteScan(bytes)
        let start = bytes.count / 3
        let end = bytes.count - bytes.count / 4
        let part = bytes[start..<end]
        #expect(scan.first(0x0A) == bytes.firstIndex(of: 0x0A))
        #expect(
          scan.first(0x3A, or: 0x23, from: start, to: end)
            == part.firstIndex { $0 == 0x3A || $0 == 0x23 })
        #expect(
          scan.firstOther(than: 0x61, from: start, to: end) == part.firstIndex { $0 != 0x61 })
        #expect(
          scan.firstUnprintable(from: start)
            == bytes[start...].firstIndex { $0 != 0x0A && !(0x20...0x7E).contains($0) })
      }
    }
  }

  private func isPrintable(_ text: [UInt8]) -> Bool {
    text.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) }
  }

  @Test func findsLines() {
    forEachText { text in
      var feeds: [UInt32] = [0]
      for (index, byte) in text.enumerated() where byte == 0x0A { feeds.append(UInt32(index) + 1) }
      #expect(LineStarts(endedByFeeds: text).offsets == feeds)
      var breaks: [UInt32] = [0]
      for (index, byte) in text.enumerated() {
        let isBeforeFeed = index + 1 < text.count && text[index + 1] == 0x0A
        if byte == 0x0A || (byte == 0x0D && !isBeforeFeed) { breaks.append(UInt32(index) + 1) }
      }
      let lines = LineStarts(text)
      #expect(lines.offsets == breaks)
      #expect(lines.isPrintableASCII == isPrintable(text))
    }
  }

  /// NEL, LS and PS end lines as well, and what only begins like them does not.
  @Test(arguments: 0..<20)
  func findsLinesOfOtherBreaks(before count: Int) {
    let letters = String(repeating: "a", count: count)
    for (text, width) in [("\u{85}", 2), ("\u{2028}", 3), ("\u{2029}", 3), ("\r\n", 2)] {
      let bytes = Array((letters + text + letters).utf8)
      #expect(LineStarts(bytes).offsets == [0, UInt32(count + width)])
    }
    for text in ["\u{86}", "\u{2027}", "\u{e9}"] {
      #expect(LineStarts(Array((letters + text + letters).utf8)).offsets == [0])
    }
    #expect(LineStarts(Array(letters.utf8) + [0xE2, 0x80]).offsets == [0])
  }

  @Test func putsPiecesTogether() {
    var buffer = ByteBuffer(capacity: 0)
    var bytes: [UInt8] = []
    for count in 0..<150 {
      let piece = (0..<count).map { UInt8(truncatingIfNeeded: $0 &+ count) }
      buffer.append(piece)
      buffer.append(piece.span)
      buffer.append(spaces: count - 2)
      buffer.append(UInt8(ascii: "x"))
      bytes += piece + piece + Array(repeating: 0x20, count: max(count - 2, 0)) + [0x78]
    }
    #expect(Array(buffer.bytes) == bytes)
    buffer.removeLast()
    #expect(Array(buffer.bytes) == bytes.dropLast())
    buffer.removeAll()
    buffer.removeLast()
    buffer.append(word: "word")
    #expect(Array(buffer.bytes) == Array("word".utf8))
  }
}
