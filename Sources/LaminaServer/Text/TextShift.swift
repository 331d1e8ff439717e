/// Where the bytes of a text stand in another one, of which it is taken that one piece was replaced.
struct TextShift {
  private let oldCount: Int
  private let newCount: Int
  /// How many bytes are the same at the beginning, and at the end.
  private let prefix: Int
  private let suffix: Int
  /// What is new begins as a word or a path may go on.
  private let goesOn: Bool

  init(from old: [UInt8], to new: [UInt8]) {
    (oldCount, newCount) = (old.count, new.count)
    let shorter = min(old.count, new.count)
    if old == new {
      (prefix, suffix, goesOn) = (shorter, 0, false)
      return
    }
    var (prefix, suffix) = (0, 0)
    while prefix < shorter, old[prefix] == new[prefix] { prefix += 1 }
    while suffix < shorter - prefix, old[old.count - suffix - 1] == new[new.count - suffix - 1] {
      suffix += 1
    }
    (self.prefix, self.suffix) = (prefix, suffix)
    goesOn = prefix < new.count - suffix && Self.isOfWord(new[prefix])
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "-")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }

  /// Where some bytes are now; nil where they were not left alone. Who types behind a word goes on with it.
  func moved(_ range: Range<Int>) -> Range<Int>? {
    if range.upperBound < prefix || range.upperBound == prefix && !goesOn { return range }
    guard range.lowerBound >= oldCount - suffix, range.upperBound <= oldCount else { return nil }
    return range.lowerBound + newCount - oldCount..<range.upperBound + newCount - oldCount
  }
}
