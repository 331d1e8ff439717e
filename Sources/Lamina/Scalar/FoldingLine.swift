/// Prints a text in the plain style or in quotes, and breaks long lines at spaces.
///
/// A line is folded at the first space that begins after column 80, never inside a word, so
/// lines grow past the width. Source: go-yaml v2 `emitterc.go` (`yaml_emitter_write_plain_scalar`
/// and its two quoted siblings).
struct FoldingLine {
  enum Style { case plain, singleQuoted, doubleQuoted }

  /// The column where a folded line goes on.
  let indent: Int
  /// Characters on the current line so far.
  var column: Int
  /// False for a simple key, which has to stay on its line.
  let folds: Bool

  static var bestWidth: Int { 80 }

  /// - Parameter style: one that can hold the text; the caller has asked `ScalarShape`.
  mutating func append(_ text: Span<UInt8>, style: Style, to out: inout [UInt8]) {
    switch style {
    case .plain:
      appendPlain(text, to: &out)
    case .singleQuoted:
      appendSingleQuoted(text, to: &out)
    case .doubleQuoted:
      appendDoubleQuoted(text, to: &out)
    }
  }

  /// A plain text holds no line break, so that it is copied in pieces from fold to fold. Quoted
  /// texts are written byte by byte. `OrdinaryTextTests` folds plain texts character by character, too.
  private mutating func appendPlain(_ text: Span<UInt8>, to out: inout [UInt8]) {
    let isASCII = text.isASCIIBelowDelete
    var start = 0
    while folds, let fold = nextFold(in: text, from: start, isASCII: isASCII) {
      out.append(bytesOf: text.extracting(start..<fold))
      breakLine(to: &out)
      start = fold &+ 1
    }
    out.append(bytesOf: text.extracting(start..<text.count))
  }

  /// The space at which the line that begins or goes on at `start` ends: the first one behind the width,
  /// with no other space beside it.
  private func nextFold(in text: Span<UInt8>, from start: Int, isASCII: Bool) -> Int? {
    var index = start
    var missing = FoldingLine.bestWidth &+ 1 &- column
    if isASCII, missing > 0 {
      index &+= missing
      missing = 0
    }
    while missing > 0, index < text.count {
      index &+= text[index] < 0x80 ? 1 : GoRune.decode(text, at: index).width
      missing &-= 1
    }
    return text.withUnsafeBufferPointer { bytes in
      let scan = ByteScan(bytes)
      while let space = scan.first(.space, from: index) {
        let isAfterSpace = space > 0 && bytes[space - 1] == .space
        if !isAfterSpace, !isSpaceByte(text, space &+ 1) { return space }
        index = space + 1
      }
      return nil
    }
  }

  /// A quote is written twice, a line break as an empty line.
  private mutating func appendSingleQuoted(_ text: Span<UInt8>, to out: inout [UInt8]) {
    put(UInt8(ascii: "'"), to: &out)
    var isAfterSpace = false
    var isAfterBreak = false
    var index = 0
    while index < text.count {
      let isSpace = text[index] == UInt8(ascii: " ")
      let breakWidth = LineBreak.width(text, at: index)
      if breakWidth > 0 {
        // One line feed alone would be read as a space.
        if !isAfterBreak, text[index] == UInt8(ascii: "\n") { out.append(text[index]) }
        out.append(bytesOf: text.extracting(index..<index &+ breakWidth))
        column = 0
        index &+= breakWidth
      } else if isSpace, !isAfterSpace, canFold(text, at: index), !isSpaceByte(text, index &+ 1) {
        breakLine(to: &out)
        index &+= 1
      } else {
        if isAfterBreak { padToIndent(to: &out) }
        if text[index] == UInt8(ascii: "'") { put(UInt8(ascii: "'"), to: &out) }
        index = copyCharacter(text, at: index, to: &out)
      }
      isAfterSpace = isSpace
      isAfterBreak = breakWidth > 0
    }
    put(UInt8(ascii: "'"), to: &out)
  }

  /// A fold before further spaces needs a backslash to keep them.
  private mutating func appendDoubleQuoted(_ text: Span<UInt8>, to out: inout [UInt8]) {
    // The emitter asks for a byte order mark at the text's start whichever character it looks at,
    // so behind one every character is escaped.
    let escapesAll = PrintableText.isByteOrderMark(text, at: 0)
    put(UInt8(ascii: "\""), to: &out)
    var isAfterSpace = false
    var index = 0
    while index < text.count {
      let isSpace = text[index] == UInt8(ascii: " ") && !escapesAll
      if escapesAll || needsEscape(text, at: index) {
        let rune = GoRune.decode(text, at: index)
        column &+= EscapedCharacter(rune.value).append(to: &out)
        index &+= rune.width
      } else if isSpace, !isAfterSpace, canFold(text, at: index) {
        breakLine(to: &out)
        if isSpaceByte(text, index &+ 1) { put(UInt8(ascii: "\\"), to: &out) }
        index &+= 1
      } else {
        index = copyCharacter(text, at: index, to: &out)
      }
      isAfterSpace = isSpace
    }
    put(UInt8(ascii: "\""), to: &out)
  }

  /// Quotes, backslashes, line breaks and whatever is not printed as it is.
  private func needsEscape(_ text: Span<UInt8>, at index: Int) -> Bool {
    if text[index] == UInt8(ascii: "\"") || text[index] == UInt8(ascii: "\\") { return true }
    return !PrintableText.isPrintable(text, at: index) || LineBreak.width(text, at: index) > 0
  }

  /// The line is longer than the width already.
  private var shouldFold: Bool { folds && column > FoldingLine.bestWidth }

  /// Quoted texts are not folded at their first and last byte.
  private func canFold(_ text: Span<UInt8>, at index: Int) -> Bool {
    shouldFold && index > 0 && index < text.count &- 1
  }

  private func isSpaceByte(_ text: Span<UInt8>, _ index: Int) -> Bool {
    index < text.count && text[index] == UInt8(ascii: " ")
  }

  private mutating func put(_ byte: UInt8, to out: inout [UInt8]) {
    out.append(byte)
    column &+= 1
  }

  /// Ends the line and indents the next.
  private mutating func breakLine(to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\n"))
    column = 0
    padToIndent(to: &out)
  }

  private mutating func padToIndent(to out: inout [UInt8]) {
    out.append(spaces: indent &- column)
    column = max(column, indent)
  }

  /// Copies one character, which counts as one column, and gives the index of the next.
  private mutating func copyCharacter(
    _ text: Span<UInt8>, at index: Int, to out: inout [UInt8]
  ) -> Int {
    column &+= 1
    guard text[index] >= 0x80 else {
      out.append(text[index])
      return index &+ 1
    }
    let next = index &+ GoRune.decode(text, at: index).width
    out.append(bytesOf: text.extracting(index..<next))
    return next
  }
}
