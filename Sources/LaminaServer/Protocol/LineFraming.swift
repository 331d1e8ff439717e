/// Cuts the bytes that a client sends into messages of a line each.
struct LineFraming {
  enum Line: Equatable {
    case whole([UInt8])
    case tooLong
  }

  private var bytes: [UInt8] = []
  /// The first byte that has not been looked at.
  private var place = 0
  /// The line is too long, and is passed over up to its end.
  private var isSkipping = false

  mutating func append(_ more: ArraySlice<UInt8>) { bytes += more }

  /// The next line that is not empty; nil where it has not come whole.
  mutating func next() -> Line? {
    while let end = bytes[place...].firstIndex(of: 10) {
      let line = bytes[..<end]
      let text = line.last == 13 ? line.dropLast() : line
      let isCut = isSkipping || text.count > MessageFraming.longestMessage
      let whole = Array(text)
      bytes.removeSubrange(...end)
      place = 0
      isSkipping = false
      if isCut { return .tooLong }
      if !whole.isEmpty { return .whole(whole) }
    }
    place = bytes.count
    if bytes.count > MessageFraming.longestMessage {
      bytes = []
      place = 0
      isSkipping = true
    }
    return nil
  }
}
