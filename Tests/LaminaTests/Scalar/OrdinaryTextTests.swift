import Testing

@testable import Lamina

/// Texts that the printer recognises as ordinary, skips through in words or folds in pieces are printed as they are
/// where each of their characters is looked at.
@Suite struct OrdinaryTextTests {
  /// Words that mean something to YAML, signs that may, and enough letters to be skipped eight at a time.
  private static let pieces = [
    "a", "web", "yes", "no", "on", "off", "null", "true", "False", "y", "n", "0", "17", "0x1F",
    "1e3", ".5",
    "2001-12-14", "-", "- ", "_", "/", "~", ":", ": ", " #", "#", " ", "  ", " ", "'", "\"", "\\",
    "\n",
    "\t", "é", "日本", "\u{85}", "\u{2028}", "\u{feff}", "\u{7f}", "😀", "{", "]", ",", "?", "? ",
    "---", "...",
    "letters", "abcdefgh", "a-long-word-without-any-sign", "several words of a sentence", "=", "<<",
  ]

  private static func text(_ random: inout SeededGenerator, upTo count: Int) -> [UInt8] {
    Array(
      (0..<Int.random(in: 0...count, using: &random)).map { _ in
        pieces[Int.random(in: pieces.indices, using: &random)]
      }.joined().utf8)
  }

  private static func shown(_ text: [UInt8]) -> String {
    String(decoding: text, as: UTF8.self).debugDescription
  }

  @Test func ordinaryTextsNeedNoLook() {
    var random = SeededGenerator(seed: 1)
    var count = 0
    for _ in 0..<6000 {
      let text = Self.text(&random, upTo: 5)
      guard ScalarWriter.isOrdinary(text.span) else { continue }
      count += 1
      let isRepaired = ScalarRepair.repaired(text.span) != nil
      #expect(!isRepaired, "\(Self.shown(text))")
      for (column, folds) in [(3, true), (70, true), (90, false)] {
        var (fast, slow): ([UInt8], [UInt8]) = ([], [])
        ScalarWriter.appendValue(text.span, indent: 2, column: column, folds: folds, to: &fast)
        ScalarWriter.appendReadable(text.span, indent: 2, column: column, folds: folds, to: &slow)
        #expect(fast == slow, "\(Self.shown(text))")
      }
      var (fast, slow): ([UInt8], [UInt8]) = ([], [])
      ScalarWriter.appendSimpleKey(text.span, to: &fast)
      ScalarWriter.appendReadableKey(text.span, to: &slow)
      #expect(fast == slow, "\(Self.shown(text))")
      #expect(EncodedStringStyle.flags(ofAny: text.span) == [], "\(Self.shown(text))")
    }
    #expect(count > 600)
  }

  /// An ordinary text is a string whether or not it may decide that itself.
  @Test func ordinaryTextsAreStrings() throws {
    var random = SeededGenerator(seed: 2)
    var count = 0
    for _ in 0..<6000 {
      let text = Self.text(&random, upTo: 3)
      for tag in [ScalarTag.string, .unresolved, .integer] {
        var tree = Tree()
        let node = tree.addScalar(text.span, tag: tag, at: .none)
        guard let short = SettledScalar.tagIfShort(node, of: tree) else { continue }
        count += 1
        var settled: [UInt8] = []
        let long = try SettledScalar.tag(
          node, of: tree, isInFlow: false, isBlock: true, text: &settled)
        #expect(short == long, "\(Self.shown(text))")
        #expect(settled == text, "\(Self.shown(text))")
      }
    }
    #expect(count > 1000)
  }

  @Test func skippedWordsMeanNothing() {
    var random = SeededGenerator(seed: 3)
    var plainCount = 0
    for _ in 0..<6000 {
      let text = Self.text(&random, upTo: 6)
      let shape = ScalarShape(text.span)
      let slow = SlowShape(text)
      #expect(shape.allowsPlain == slow.allowsPlain, "\(Self.shown(text))")
      #expect(shape.allowsSingleQuotes == slow.allowsSingleQuotes, "\(Self.shown(text))")
      #expect(shape.allowsLiteral == slow.allowsLiteral, "\(Self.shown(text))")
      #expect(shape.isMultiline == slow.isMultiline, "\(Self.shown(text))")
      if shape.allowsPlain, text.count > 16 { plainCount += 1 }
    }
    #expect(plainCount > 300)
  }

  @Test(arguments: [0, 3, 70, 79, 80, 81, 95])
  func piecesAreFoldedLikeCharacters(column: Int) {
    var random = SeededGenerator(seed: 4)
    var foldedCount = 0
    for _ in 0..<1000 {
      // Text with line breaks is not printed in the plain style.
      let text = Array(
        String(
          String.UnicodeScalarView(
            String(decoding: Self.text(&random, upTo: 40), as: UTF8.self).unicodeScalars
              .filter { !["\n", "\u{85}", "\u{2028}"].contains($0) })
        ).utf8)
      var fast: [UInt8] = []
      var line = FoldingLine(indent: 4, column: column, folds: true)
      line.append(text.span, style: .plain, to: &fast)
      let slow = Self.folded(text, indent: 4, column: column)
      #expect(fast == slow, "\(Self.shown(text))")
      if slow.contains(UInt8(ascii: "\n")) { foldedCount += 1 }
    }
    #expect(foldedCount > 150)
  }

  /// Character by character, as go-yaml v2 does (emitterc.go `yaml_emitter_write_plain_scalar`).
  private static func folded(_ text: [UInt8], indent: Int, column: Int) -> [UInt8] {
    var (out, column, isAfterSpace): ([UInt8], Int, Bool) = ([], column, false)
    let characters = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
    for (index, character) in characters.enumerated() {
      let isBeforeSpace = index + 1 < characters.count && characters[index + 1] == " "
      if character == " ", !isAfterSpace, column > 80, !isBeforeSpace {
        out += [UInt8(ascii: "\n")] + [UInt8](repeating: UInt8(ascii: " "), count: indent)
        column = indent
      } else {
        out += Array(String(character).utf8)
        column += 1
      }
      isAfterSpace = character == " "
    }
    return out
  }
}

/// What go-yaml v2 finds out about a text, character by character (emitterc.go `yaml_emitter_analyze_scalar`).
private struct SlowShape {
  var allowsPlain = true
  var allowsSingleQuotes = true
  var allowsLiteral = true
  var isMultiline = false

  init(_ text: [UInt8]) {
    let characters = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
    if characters.isEmpty { allowsLiteral = false }
    for start in ["---", "..."] where text.starts(with: start.utf8) { allowsPlain = false }
    let breaks: Set<Unicode.Scalar> = ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"]
    for (index, character) in characters.enumerated() {
      let previous = index > 0 ? characters[index - 1] : nil
      let next = index + 1 < characters.count ? characters[index + 1] : nil
      let endsWord = next == nil || next == " " || next == "\t"
      switch character {
      case ":": if endsWord { allowsPlain = false }
      case "#":
        let isComment = previous.map { $0 == " " || $0 == "\t" || breaks.contains($0) } ?? true
        if isComment { allowsPlain = false }
      case "?", "-": if previous == nil, endsWord { allowsPlain = false }
      case ",", "[", "]", "{", "}", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`":
        if previous == nil { allowsPlain = false }
      default: break
      }
      if breaks.contains(character) {
        isMultiline = true
        allowsPlain = false
        if previous == " " { forbidAllButDoubleQuotes() }
      } else if character == " " {
        if previous == nil || next == nil { allowsPlain = false }
        if next == nil { allowsLiteral = false }
        if let previous, breaks.contains(previous) {
          allowsPlain = false
          allowsSingleQuotes = false
        }
      }
      if !Self.isPrintable(character) { forbidAllButDoubleQuotes() }
    }
  }

  private mutating func forbidAllButDoubleQuotes() {
    allowsPlain = false
    allowsSingleQuotes = false
    allowsLiteral = false
  }

  private static func isPrintable(_ character: Unicode.Scalar) -> Bool {
    switch character.value {
    case 0x0A, 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD: true
    default: false
    }
  }
}
