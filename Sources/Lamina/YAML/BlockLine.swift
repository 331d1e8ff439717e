/// One line of a text in plain blocks, and what stands there.
struct BlockLine {
  let text: BlockText.Text
  /// Counted from 0 in the document.
  let number: Int
  /// The first byte, and the line feed or the end of the text.
  let start: Int
  let end: Int
  /// Nothing but ASCII is in the whole document: bytes are columns then.
  let isASCII: Bool

  /// libyaml gives up on keys of more than 1024 characters.
  ///
  /// It counts characters up to the colon, we count bytes, hence the smaller number.
  static let longestKey = 1000

  /// The line begins with the mark before or behind a document.
  var isMark: Bool {
    guard end - start >= 3 else { return false }
    let byte = text[start]
    return (byte == .dash || byte == .dot) && text[start + 1] == byte && text[start + 2] == byte
  }

  /// Returns `end` if there is none, or `place` if that is behind the end.
  func firstNonSpace(from place: Int) -> Int {
    ByteScan(text).firstOther(than: .space, from: place, to: end) ?? max(place, end)
  }

  /// A sign of YAML (`-`, `:`) means something only before a blank.
  func isBlankOrEnd(_ place: Int) -> Bool { place >= end || text[place] == .space }

  /// Turns an offset on this line into a place. Characters are counted only where some byte is not
  /// ASCII.
  func place(_ index: Int) -> BlockText.Place {
    let isCounted = isASCII || start >= index
    let column =
      isCounted ? index - start : text[start..<index].count { $0 & 0xC0 != 0x80 }
    return BlockText.Place(line: number, column: column)
  }

  /// A text as far as it stands on one line.
  struct Scalar {
    enum Ending {
      /// The text is a key, and here is its colon.
      case key
      /// The text is complete, for what follows it is a comment, or it has quotes.
      case complete
      /// Plain text may go on on the next line.
      case line
      /// There is more to text in quotes than its first line, or there are quotes or escapes in it.
      case openQuote
    }

    let start: Int
    /// Without quotes.
    let content: Range<Int>
    let style: YAMLEvents.ScalarStyle
    /// Behind the text and its quotes.
    let end: Int
    /// What is known about the text when its line has been read.
    let ending: Ending
  }

  /// Reads what stands at a place as far as the line goes. The first byte decides; a byte that may
  /// mean something else in YAML (`&`, `*`, `!`, `?`, `%`, `@`, backtick) is left to libyaml.
  func scalar(at first: Int) throws(BlockText.Unusual) -> Scalar {
    switch text[first] {
    case UInt8(ascii: "'"): return try quoted(at: first, .singleQuoted)
    case UInt8(ascii: "\""): return try quoted(at: first, .doubleQuoted)
    case UInt8(ascii: "-") where !isBlankOrEnd(first + 1): return try plain(at: first)
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "/"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "$"), UInt8(ascii: "("), UInt8(ascii: "+"),
      UInt8(ascii: "^"), UInt8(ascii: "~"), UInt8(ascii: "="), UInt8(ascii: "\\"), 0x80...:
      return try plain(at: first)
    default: throw BlockText.Unusual()
    }
  }

  /// Reads plain text up to its end, a comment, or the colon that makes it a key.
  func plain(at first: Int) throws(BlockText.Unusual) -> Scalar {
    let scan = ByteScan(text)
    var index = first
    while let mark = scan.first(.colon, or: .hash, from: index, to: end) {
      if text[mark] == .hash {
        if mark > first, text[mark - 1] == .space {
          return plain(at: first, endingIn: mark, .complete)
        }
      } else if isBlankOrEnd(mark + 1) {
        guard mark > first, text[mark - 1] != .space else { throw BlockText.Unusual() }
        return try key(at: first, first..<mark, .plain, end: mark)
      }
      index = mark + 1
    }
    return plain(at: first, endingIn: end, .line)
  }

  /// A text with spaces behind it.
  private func plain(at first: Int, endingIn end: Int, _ ending: Scalar.Ending) -> Scalar {
    var end = end
    while end > first + 1, text[end - 1] == .space { end -= 1 }
    return Scalar(start: first, content: first..<end, style: .plain, end: end, ending: ending)
  }

  /// Reads text in quotes if it ends on this line and has no escapes; other text is `openQuote`,
  /// and read again byte by byte (`BlockText+LongTexts.swift`).
  private func quoted(
    at first: Int, _ style: YAMLEvents.ScalarStyle
  ) throws(BlockText.Unusual) -> Scalar {
    let quote = text[first]
    let escape = style == .doubleQuoted ? .backslash : quote
    let index = ByteScan(text).first(quote, or: escape, from: first + 1, to: end) ?? end
    let content = (first + 1)..<index
    // A quote in single quotes is written twice.
    let isTwice = style == .singleQuoted && index + 1 < end && text[index + 1] == quote
    if index == end || text[index] != quote || isTwice {
      return Scalar(start: first, content: content, style: style, end: index, ending: .openQuote)
    }
    if index + 1 < end, text[index + 1] == .colon, isBlankOrEnd(index + 2) {
      return try key(at: first, content, style, end: index + 1)
    }
    try checkEnd(after: index + 1)
    return Scalar(start: first, content: content, style: style, end: index + 1, ending: .complete)
  }

  /// A long key may be one for us and none for libyaml.
  private func key(
    at first: Int, _ content: Range<Int>, _ style: YAMLEvents.ScalarStyle, end: Int
  ) throws(BlockText.Unusual) -> Scalar {
    guard end - first <= Self.longestKey else { throw BlockText.Unusual() }
    return Scalar(start: first, content: content, style: style, end: end, ending: .key)
  }

  /// Behind a value there may only be a comment.
  func checkEnd(after place: Int) throws(BlockText.Unusual) {
    let first = firstNonSpace(from: place)
    guard first >= end || (text[first] == .hash && first > place) else { throw BlockText.Unusual() }
  }
}

extension UInt8 {
  static let backslash = UInt8(ascii: "\\")
}
