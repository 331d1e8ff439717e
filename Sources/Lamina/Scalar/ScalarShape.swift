/// What the v2 emitter finds out about a text before it chooses a style.
///
/// Source: go-yaml v2 `emitterc.go` (`yaml_emitter_analyze_scalar`), for block context only: the
/// reference prints flow style for empty collections alone.
///
/// Words of eight harmless bytes are skipped (`skipWords`), single ones passed over
/// (`meansNothing`); what is left goes through `takeCharacter`, which alone would give the same.
/// `ScalarWriterTests` has the outcomes, and `OrdinaryTextTests` compares them with a look at each character.
struct ScalarShape {
  /// Some line break of YAML 1.1 stands in the text.
  private(set) var isMultiline = false
  /// LF stands in the text, which makes the encoder ask for the literal style.
  private(set) var hasLineFeed = false
  /// The styles that can hold the text. Double quotes always can.
  private(set) var allowsPlain = true
  private(set) var allowsSingleQuotes = true
  private(set) var allowsLiteral = true

  /// What the last character was.
  private var previous = Kind.other
  /// A `#` means a comment at the beginning and behind white space.
  private var isAfterWhitespace = true

  private enum Kind { case space, lineBreak, other }

  /// Skips whole words, and looks at eight single bytes before it tries to skip again.
  init(_ text: Span<UInt8>) {
    if text.isEmpty { allowsLiteral = false }
    if text.begins(with: "---") || text.begins(with: "...") { allowsPlain = false }
    var index = 0
    while index < text.count {
      skipWords(text, &index)
      let end = min(index &+ 8, text.count)
      while index < end {
        if Self.meansNothing(text[index], isFirst: index == 0) {
          previous = .other
          isAfterWhitespace = false
          index &+= 1
        } else {
          index = takeCharacter(text, at: index)
        }
      }
    }
  }

  /// Skips whole words of printed ASCII without the two marks, but neither the first character nor the
  /// last one, nor a space behind a line break.
  private mutating func skipWords(_ text: Span<UInt8>, _ index: inout Int) {
    let start = index
    guard start > 0, previous != .lineBreak || text[start] != .space else { return }
    index = text.endOfWordsWithoutMarks(from: start)
    guard index > start else { return }
    previous = text[index &- 1] == .space ? .space : .other
    isAfterWhitespace = previous == .space
  }

  /// Finds the bytes that mean nothing but themselves, which most are: in front letters and digits, and
  /// behind that all of ASCII that is printed, but for the space and two marks.
  private static func meansNothing(_ byte: UInt8, isFirst: Bool) -> Bool {
    if (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 { return true }
    return !isFirst && byte &- 0x21 < 0x5E && byte != UInt8(ascii: ":") && byte != UInt8(ascii: "#")
  }

  /// Judges one character and gives the index of the next.
  private mutating func takeCharacter(_ text: Span<UInt8>, at index: Int) -> Int {
    let byte = text[index]
    let breakWidth = LineBreak.width(text, at: index)
    let width = breakWidth > 0 ? breakWidth : GoRune.decode(text, at: index).width
    let next = index &+ width
    if isIndicator(text, at: index, next: next) { allowsPlain = false }
    if !PrintableText.isPrintable(text, at: index) { requireDoubleQuotes() }
    if byte == UInt8(ascii: " ") {
      takeSpace(isFirst: index == 0, isLast: next == text.count)
    } else if breakWidth > 0 {
      takeBreak(isLineFeed: byte == UInt8(ascii: "\n"))
    } else {
      previous = .other
    }
    isAfterWhitespace = previous != .other || byte == UInt8(ascii: "\t") || byte == 0
    return next
  }

  /// A space at either end, or behind a line break, would be lost in some styles.
  private mutating func takeSpace(isFirst: Bool, isLast: Bool) {
    if isFirst || isLast { allowsPlain = false }
    if isLast { allowsLiteral = false }
    if previous == .lineBreak {
      allowsPlain = false
      allowsSingleQuotes = false
    }
    previous = .space
  }

  /// A space before a line break is lost in all styles but double quotes.
  private mutating func takeBreak(isLineFeed: Bool) {
    isMultiline = true
    allowsPlain = false
    if isLineFeed { hasLineFeed = true }
    if previous == .space { requireDoubleQuotes() }
    previous = .lineBreak
  }

  private mutating func requireDoubleQuotes() {
    allowsPlain = false
    allowsSingleQuotes = false
    allowsLiteral = false
  }

  /// Tells whether the byte would mean something else than text in a plain block scalar.
  private func isIndicator(_ text: Span<UInt8>, at index: Int, next: Int) -> Bool {
    switch text[index] {
    case UInt8(ascii: ":"): return isBlankOrEnd(text, next)
    case UInt8(ascii: "#"): return isAfterWhitespace
    default: return index == 0 && isLeadingIndicator(text, next: next)
    }
  }

  /// The first byte would begin something else than a plain scalar.
  private func isLeadingIndicator(_ text: Span<UInt8>, next: Int) -> Bool {
    switch text[0] {
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"),
      UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "'"), UInt8(ascii: "\""),
      UInt8(ascii: "%"), UInt8(ascii: "@"), UInt8(ascii: "`"):
      return true
    case UInt8(ascii: "?"), UInt8(ascii: "-"):
      return isBlankOrEnd(text, next)
    default:
      return false
    }
  }

  private func isBlankOrEnd(_ text: Span<UInt8>, _ index: Int) -> Bool {
    guard index < text.count else { return true }
    return text[index] == UInt8(ascii: " ") || text[index] == UInt8(ascii: "\t")
  }
}
