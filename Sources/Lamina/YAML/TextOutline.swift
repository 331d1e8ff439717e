/// The quotes, brackets and templates of a text that need not be YAML.
///
/// libyaml stops at the first thing that cannot be, which is often far behind an opening quote or bracket.
/// The outline goes over the whole text with a few rules that hold for broken text as well: a quote or a
/// bracket counts where a value may begin, comments and block scalars (`|`) are passed over.
struct TextOutline {
  /// A `[` or a `{`.
  struct Bracket {
    let open: Int
    let isMapping: Bool
    /// The columns that its line is indented by.
    let indent: Int
    /// The closing bracket of its kind; nil where there is none.
    var close: Int?
  }

  /// A text in quotes that does not end on its line.
  struct LongQuote {
    let open: Int
    /// The closing quote; nil where there is none.
    let close: Int?
  }

  private(set) var brackets: [Bracket] = []
  private(set) var longQuotes: [LongQuote] = []
  /// `{{ … }}` and `{% … %}` where a value may begin.
  private(set) var templates: [Range<Int>] = []

  private let text: ArraySlice<UInt8>
  private var index: Int
  /// The first byte of the line that is gone through.
  private var lineStart: Int
  /// The brackets that are open, from the outermost.
  private var open: [Int] = []
  /// What a block scalar's lines are indented by more than, while there is one.
  private var blockIndent: Int?

  init(_ text: ArraySlice<UInt8>) {
    self.text = text
    index = text.startIndex
    lineStart = index
    while index < text.endIndex { scanLine() }
  }

  /// The innermost bracket that is open before a byte.
  func innermostBracket(before offset: Int) -> Bracket? {
    brackets.last { bracket in
      bracket.open < offset && (bracket.close.map { $0 >= offset } ?? true)
    }
  }

  // MARK: - Lines

  /// Lines of a block scalar are passed over as a whole; blank lines belong to it.
  private mutating func scanLine() {
    lineStart = index
    while index < text.endIndex, text[index] == 0x20 { index += 1 }
    if let blockIndent {
      if isAtLineEnd || index - lineStart > blockIndent { return skipLine() }
      self.blockIndent = nil
    }
    scanTokens()
    if index < text.endIndex { index += 1 }
  }

  /// Goes behind the next line feed.
  private mutating func skipLine() {
    while index < text.endIndex, text[index] != 0x0A { index += 1 }
    if index < text.endIndex { index += 1 }
  }

  private var isAtLineEnd: Bool {
    index == text.endIndex || text[index] == 0x0A || text[index] == 0x0D
  }

  /// Goes to the end of the line, or of a later one where quotes lead there.
  private mutating func scanTokens() {
    // A value may begin here: only then are quotes and brackets more than characters of a plain
    // text.
    var mayBegin = true
    // The column of the collection that a block scalar would be indented by more than.
    var (parent, token) = (-1, index - lineStart)
    while index < text.endIndex, text[index] != 0x0A {
      let byte = text[index]
      switch byte {
      case 0x20, 0x09, 0x0D: index += 1
      case UInt8(ascii: "#") where isAfterSpace:
        while index < text.endIndex, text[index] != 0x0A { index += 1 }
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if mayBegin { token = index - lineStart }
        if mayBegin { scanQuote(byte) } else { index += 1 }
        mayBegin = false
      case UInt8(ascii: "{") where startsTemplate:
        scanTemplate(counts: mayBegin || !open.isEmpty)
        mayBegin = false
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        if mayBegin || !open.isEmpty {
          openBracket(byte)
          mayBegin = true
        }
        index += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        closeBracket(byte)
        index += 1
        mayBegin = false
      case UInt8(ascii: ",") where !open.isEmpty:
        index += 1
        mayBegin = true
      case UInt8(ascii: ":") where endsKey:
        if open.isEmpty { parent = token }
        index += 1
        mayBegin = true
      case UInt8(ascii: "-"), UInt8(ascii: "?"):
        if mayBegin, open.isEmpty, isBeforeSpace {
          parent = index - lineStart
        } else {
          if mayBegin { token = index - lineStart }
          mayBegin = false
        }
        index += 1
      case UInt8(ascii: "|"), UInt8(ascii: ">"):
        if mayBegin, open.isEmpty {
          blockIndent = parent
          while index < text.endIndex, text[index] != 0x0A { index += 1 }
        } else {
          index += 1
        }
      case UInt8(ascii: "&"), UInt8(ascii: "!"):
        if mayBegin { skipWord() } else { index += 1 }
      default:
        if mayBegin { token = index - lineStart }
        index += 1
        mayBegin = false
      }
    }
  }

  private mutating func skipWord() {
    while index < text.endIndex, text[index] > 0x20 { index += 1 }
  }

  private var isAfterSpace: Bool { index == lineStart || text[index - 1] <= 0x20 }

  private var isBeforeSpace: Bool { index + 1 >= text.endIndex || text[index + 1] <= 0x20 }

  /// The colon at hand ends a key. JSON needs no blank behind it.
  private var endsKey: Bool {
    if isBeforeSpace { return true }
    guard !open.isEmpty else { return false }
    let next = text[index + 1]
    let previous = index > lineStart ? text[index - 1] : 0
    return previous == UInt8(ascii: "\"") || previous == UInt8(ascii: "'")
      || next == UInt8(ascii: "[") || next == UInt8(ascii: "{") || next == UInt8(ascii: ",")
  }

  // MARK: - Quotes

  /// Goes behind the closing quote, which may stand on a later line.
  private mutating func scanQuote(_ quote: UInt8) {
    let start = index
    let firstLine = lineStart
    index += 1
    while index < text.endIndex {
      let byte = text[index]
      if byte == 0x0A { lineStart = index + 1 }
      if byte == quote {
        let isDoubled =
          quote == UInt8(ascii: "'") && index + 1 < text.endIndex && text[index + 1] == quote
        if !isDoubled {
          if lineStart != firstLine { longQuotes.append(LongQuote(open: start, close: index)) }
          index += 1
          return
        }
        index += 1
      } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        if index + 1 < text.endIndex, text[index + 1] != 0x0A { index += 1 }
      }
      index += 1
    }
    index = min(index, text.endIndex)
    longQuotes.append(LongQuote(open: start, close: nil))
  }

  // MARK: - Brackets

  /// Notes a bracket as open.
  private mutating func openBracket(_ byte: UInt8) {
    open.append(brackets.count)
    brackets.append(
      Bracket(
        open: index, isMapping: byte == UInt8(ascii: "{"), indent: indent, close: nil))
  }

  /// The spaces at the beginning of the line.
  private var indent: Int { text[lineStart...].prefix { $0 == 0x20 }.count }

  /// Closes the innermost bracket of the kind. One that stands first on its line and is indented less than
  /// the bracket's line is for another one, further out: the innermost has been left open.
  private mutating func closeBracket(_ byte: UInt8) {
    let isMapping = byte == UInt8(ascii: "}")
    let isFirst = text[lineStart..<index].allSatisfy { $0 == 0x20 }
    while let last = open.last,
      brackets[last].isMapping != isMapping
        || (isFirst && brackets[last].indent > index - lineStart)
    {
      guard open.dropLast().contains(where: { brackets[$0].isMapping == isMapping }) else { return }
      open.removeLast()
    }
    guard let last = open.popLast() else { return }
    brackets[last].close = index
  }

  // MARK: - Templates

  private var startsTemplate: Bool {
    guard index + 1 < text.endIndex else { return false }
    return text[index + 1] == UInt8(ascii: "{") || text[index + 1] == UInt8(ascii: "%")
  }

  /// Passes over a template; what is not closed on its line is none.
  private mutating func scanTemplate(counts: Bool) {
    let start = index
    let first = text[index + 1] == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "%")
    index += 2
    while index + 1 < text.endIndex, text[index] != 0x0A {
      if text[index] == first, text[index + 1] == UInt8(ascii: "}") {
        index += 2
        if counts { templates.append(start..<index) }
        return
      }
      index += 1
    }
    // What looked like a template is a bracket like any other.
    index = start
    openBracket(UInt8(ascii: "{"))
    index += 1
  }
}
