/// Where the bytes of a text stand in another one, of which it is taken that one piece was replaced.
struct TextShift {
  private let oldCount: Int
  private let newCount: Int
  /// How many bytes are the same at the beginning, and at the end.
  private let prefix: Int
  private let suffix: Int

  init(from old: [UInt8], to new: [UInt8]) {
    (oldCount, newCount) = (old.count, new.count)
    let shorter = min(old.count, new.count)
    if old == new {
      (prefix, suffix) = (shorter, 0)
      return
    }
    var (prefix, suffix) = (0, 0)
    while prefix < shorter, old[prefix] == new[prefix] { prefix += 1 }
    while suffix < shorter - prefix, old[old.count - suffix - 1] == new[new.count - suffix - 1] {
      suffix += 1
    }
    (self.prefix, self.suffix) = (prefix, suffix)
  }

  /// Where some bytes are now; nil where they were not left alone.
  func moved(_ range: Range<Int>) -> Range<Int>? {
    if range.upperBound <= prefix { return range }
    guard range.lowerBound >= oldCount - suffix, range.upperBound <= oldCount else { return nil }
    return range.lowerBound + newCount - oldCount..<range.upperBound + newCount - oldCount
  }
}
