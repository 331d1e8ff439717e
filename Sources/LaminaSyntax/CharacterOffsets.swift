/// Turns libyaml's places, which count characters, into places of bytes.
///
/// A table of every 64th character makes each look-up short without a number for each byte; a text
/// of ASCII alone needs none.
struct CharacterOffsets {
  /// Bytes that libyaml leaves out of its count: the mark at the beginning.
  private let start: Int
  /// The byte at which every `stride`th character begins; empty for a text of ASCII alone.
  private var marks: [Int] = []
  private let text: [UInt8]

  private static let stride = 64

  init(_ text: [UInt8], start: Int) {
    self.text = text
    self.start = start
    guard text.contains(where: { $0 >= 0x80 }) else { return }
    var count = 0
    for index in start..<text.count where text[index] & 0xC0 != 0x80 {
      if count % Self.stride == 0 { marks.append(index) }
      count += 1
    }
  }

  /// The byte at which a character begins; behind the last one, the end of the text.
  func byte(ofCharacter number: Int) -> Int {
    guard !marks.isEmpty else { return min(start + number, text.count) }
    let mark = min(number / Self.stride, marks.count - 1)
    var (index, left) = (marks[mark], number - mark * Self.stride)
    while left > 0, index < text.count {
      index += 1
      while index < text.count, text[index] & 0xC0 == 0x80 { index += 1 }
      left -= 1
    }
    return index
  }
}
