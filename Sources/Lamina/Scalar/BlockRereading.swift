/// What becomes of a block scalar when go-yaml v3 prints it and reads it again.
///
/// kustomize does that to every resource before it prints it. A literal (`|`) survives, unless it
/// begins with a tab; a folded scalar (`>`) grows by a line wherever an indented line follows, since
/// go-yaml's emitter asks the wrong character whether to double the line break
/// (emitterc.go `yaml_emitter_write_folded_scalar`, scannerc.go `yaml_parser_scan_block_scalar`).
///
/// Only what the passes do to the text is computed; no YAML is written. `testdata` has the cases, and
/// `BlockRereadingTests` prints and reads.
struct BlockRereading {
  enum Outcome {
    /// The text comes back as it was.
    case unchanged
    /// The text that comes back.
    case changed([UInt8])
    /// go-yaml cannot read what it printed: a tab stands where it looks for the indentation.
    case unreadable
  }

  /// - Parameter isFolded: the scalar is printed with `>`; otherwise with `|`.
  static func outcome(of text: Span<UInt8>, isFolded: Bool) -> Outcome {
    guard staysBlock(text) else { return .unchanged }
    if text[0] == tab { return .unreadable }
    guard isFolded else { return .unchanged }
    return .changed(reread(printed(text), keeping: chomping(text)))
  }

  /// Whether the emitter prints the text as a block at all, and not in double quotes.
  private static func staysBlock(_ text: Span<UInt8>) -> Bool {
    guard !text.isEmpty, text[text.count - 1] != space else { return false }
    var index = 0
    while true {
      index = text.endOfPrintableWords(from: index)
      guard index < text.count else { return true }
      let byte = text[index]
      if byte == feed, index > 0, text[index - 1] == space { return false }
      // Characters that need escapes make it a string in quotes.
      let isContinuation = byte & 0xC0 == 0x80
      if !isContinuation, byte != tab, !PrintableText.isPrintable(text, at: index) { return false }
      index += 1
    }
  }

  /// The lines as the emitter writes them, without their indentation.
  private static func printed(_ text: Span<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    let doubles = startsWithText(text)
    var afterBreak = true
    var startsBlank = true
    for index in text.indices {
      let byte = text[index]
      if byte == feed {
        if !afterBreak, !startsBlank, doubles { result.append(feed) }
        afterBreak = true
      } else {
        if afterBreak { startsBlank = isBlank(byte) }
        afterBreak = false
      }
      result.append(byte)
    }
    return result
  }

  /// The character that the emitter asks: the first one of the whole text that is no line break.
  private static func startsWithText(_ text: Span<UInt8>) -> Bool {
    for index in text.indices where text[index] != feed { return !isBlank(text[index]) }
    return false
  }

  /// How the emitter says what becomes of line breaks at the end: `>-`, `>` and `>+`.
  private enum Chomping {
    case strip
    case clip
    case keep
  }

  /// (emitterc.go `yaml_emitter_write_block_scalar_hints`.) The text is not empty.
  private static func chomping(_ text: Span<UInt8>) -> Chomping {
    guard text[text.count - 1] == feed else { return .strip }
    return text.count == 1 || text[text.count - 2] == feed ? .keep : .clip
  }

  /// The text that the reader makes of the lines of a folded scalar.
  private static func reread(_ lines: [UInt8], keeping chomping: Chomping) -> [UInt8] {
    var result: [UInt8] = []
    var leadingBreak = false
    var emptyLines = 0
    var afterBlank = false
    for line in lines.split(separator: feed, omittingEmptySubsequences: false) {
      guard let first = line.first else {
        emptyLines += 1
        continue
      }
      let startsBlank = isBlank(first)
      if leadingBreak {
        if !afterBlank, !startsBlank {
          if emptyLines == 0 { result.append(space) }
        } else {
          result.append(feed)
        }
      }
      result.append(contentsOf: repeatElement(feed, count: emptyLines))
      result += line
      afterBlank = startsBlank
      leadingBreak = true
      emptyLines = 0
    }
    // Behind the last line break there is an empty piece that is no line.
    let trailing = max(emptyLines - 1, 0)
    if chomping != .strip, leadingBreak { result.append(feed) }
    if chomping == .keep { result.append(contentsOf: repeatElement(feed, count: trailing)) }
    return result
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }

  private static let space: UInt8 = 0x20
  private static let tab: UInt8 = 0x09
  private static let feed: UInt8 = 0x0A
}
