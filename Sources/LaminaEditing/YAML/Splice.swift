/// A range of a text, and what takes its place.
///
/// Ranges are those of the old text, so that several can be made at once.
struct Splice {
  let range: Range<Int>
  let text: [UInt8]

  init(_ range: Range<Int>, _ text: String) {
    self.range = range
    self.text = Array(text.utf8)
  }

  /// The text with all splices made. They must not overlap.
  ///
  /// Of several insertions at one place, the first comes first.
  static func apply(_ splices: [Splice], to bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + splices.reduce(0) { $0 + $1.text.count })
    var next = 0
    let ordered = splices.enumerated().sorted {
      ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
    }
    for (_, splice) in ordered {
      let start = max(splice.range.lowerBound, next)
      result += bytes[next..<start]
      result += splice.text
      next = max(splice.range.upperBound, start)
    }
    return result + bytes[next...]
  }
}
