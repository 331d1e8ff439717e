internal import Lamina

/// Cuts the bytes that a client sends into messages.
///
/// Each message has a header with its length, as in HTTP:
///
///     Content-Length: 52\r\n\r\n{"jsonrpc":"2.0", …
///
/// What is no header is passed over up to the next one, so that one mistake of a client's is not the last thing heard
/// of it.
struct MessageFraming {
  /// What came.
  enum Piece: Equatable {
    case message([UInt8])
    /// Something that is no message, and why.
    case garbled(String)
  }

  /// More is no text that anybody types in.
  static let longestMessage = 64 << 20
  /// A header is 30 bytes; one without an end is none.
  private static let longestHeader = 8_192

  private var bytes: [UInt8] = []
  /// The first byte of `bytes` that belongs to nothing yet.
  private var start = 0
  /// How many bytes of an oversized message are still to come.
  private var skipped = 0

  mutating func append(_ more: ArraySlice<UInt8>) { bytes += more }

  /// The next message; nil where it has not come whole.
  mutating func next() -> Piece? {
    skip()
    guard skipped == 0 else { return nil }
    guard let end = endOfHeader() else {
      if bytes.count - start <= Self.longestHeader { return nil }
      dropToNextHeader()
      return .garbled("a header has no end")
    }
    switch Self.length(bytes[start..<end]) {
    case .none:
      start = end
      return .garbled("a header has no valid Content-Length")
    case .some(let length) where length > Self.longestMessage:
      start = end
      skipped = length
      skip()
      return .garbled("a message of \(length) bytes is too long")
    case .some(let length):
      guard bytes.count - end >= length else { return nil }
      let message = Array(bytes[end..<end + length])
      start = end + length
      compact()
      return .message(message)
    }
  }

  private mutating func skip() {
    let count = min(skipped, bytes.count - start)
    start += count
    skipped -= count
    if count > 0 { compact() }
  }

  /// Gives back what has been read.
  private mutating func compact() {
    if start == bytes.count {
      bytes.removeAll(keepingCapacity: bytes.capacity < 1 << 20)
      start = 0
    } else if start > 1 << 16 {
      bytes.removeFirst(start)
      start = 0
    }
  }

  /// The byte behind the empty line.
  private func endOfHeader() -> Int? {
    var index = start
    while index + 3 < bytes.count, index - start < Self.longestHeader {
      if bytes[index] == 13, bytes[index + 1] == 10, bytes[index + 2] == 13, bytes[index + 3] == 10
      {
        return index + 4
      }
      index += 1
    }
    return nil
  }

  private mutating func dropToNextHeader() {
    let word = Array("Content-Length:".utf8)
    var index = start + 1
    while index < bytes.count, !bytes[index...].starts(with: word) { index += 1 }
    // The beginning of one may have come.
    start = index < bytes.count ? index : max(start, bytes.count - word.count)
    bytes.removeFirst(start)
    start = 0
  }

  /// The length that a header gives; nil where it gives none. Names of fields may be in letters of either case.
  private static func length(_ header: ArraySlice<UInt8>) -> Int? {
    var length: Int?
    for line in header.split(whereSeparator: { $0 == 13 || $0 == 10 }) {
      let text = String(decoding: line, as: UTF8.self)
      let parts = text.parts(at: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "content-length" else { continue }
      guard let number = Int(parts[1].filter { $0 != " " && $0 != "\t" }), number >= 0 else {
        return nil
      }
      length = number
    }
    return length
  }
}
