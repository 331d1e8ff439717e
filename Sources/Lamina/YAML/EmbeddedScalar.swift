/// What go-yaml v3's emitter finds out about a text, and the style that follows from it
/// (emitterc.go `yaml_emitter_analyze_scalar` and `yaml_emitter_select_scalar_style`).
///
/// `EncodedStringStyle` has the same analysis for texts that come from Go values. There it decides
/// flags and can stop early; here the style in brackets and of keys is needed, too.
struct EmbeddedScalar {
  enum Style {
    case plain
    case singleQuoted
    case doubleQuoted
    case literal
    case folded
  }

  /// A line break is in the text.
  private(set) var isMultiline = false
  private var allowsPlainInFlow = true
  private var allowsPlain = true
  private var allowsSingleQuotes = true
  private var allowsBlock = true

  /// One pass over the characters. An empty text may be plain, but not between brackets.
  init(_ text: Span<UInt8>) {
    guard !text.isEmpty else {
      allowsPlainInFlow = false
      allowsBlock = false
      return
    }
    if text.begins(with: "---") || text.begins(with: "...") { forbidPlain() }
    var previous: UInt8 = 0
    var index = 0
    while index < text.count {
      let rune = GoRune.decode(text, at: index)
      let next = index + rune.width
      takeIndicator(text, at: index, next: next, previous: previous)
      takeCharacter(text, rune, at: index, previous: previous)
      let isBreak = Self.isBreak(rune)
      if isBreak { isMultiline = true }
      previous = isBreak ? UInt8(ascii: "\n") : text[index]
      index = next
    }
    if isMultiline { forbidPlain() }
  }

  private mutating func forbidPlain() {
    allowsPlain = false
    allowsPlainInFlow = false
  }

  /// What the character means at this place if it is a sign of YAML.
  private mutating func takeIndicator(
    _ text: Span<UInt8>, at index: Int, next: Int, previous: UInt8
  ) {
    let endsWord = next >= text.count || text[next] == 0x20 || text[next] == 0x09
    switch text[index] {
    case UInt8(ascii: ":"):
      allowsPlainInFlow = false
      if endsWord { allowsPlain = false }
    case UInt8(ascii: "?"):
      allowsPlainInFlow = false
      if endsWord, index == 0 { allowsPlain = false }
    case UInt8(ascii: "-"): if endsWord, index == 0 { forbidPlain() }
    case UInt8(ascii: "#"):
      if index == 0 || previous == 0x20 || previous == 0x09 || previous == 0x0A { forbidPlain() }
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"):
      allowsPlainInFlow = false
      if index == 0 { allowsPlain = false }
    case UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"), UInt8(ascii: "|"),
      UInt8(ascii: ">"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "%"),
      UInt8(ascii: "@"), UInt8(ascii: "`"):
      if index == 0 { forbidPlain() }
    default: break
    }
  }

  /// What spaces, breaks and unprintable characters forbid, wherever they stand.
  private mutating func takeCharacter(
    _ text: Span<UInt8>, _ rune: GoRune, at index: Int, previous: UInt8
  ) {
    let isEdge = index == 0 || index + rune.width == text.count
    if rune.value == 0x20 {
      if isEdge { forbidPlain() }
      if index + 1 == text.count { allowsBlock = false }
      if previous == 0x0A, index > 0 {
        forbidPlain()
        allowsSingleQuotes = false
      }
    } else if Self.isBreak(rune) {
      if previous == 0x20 { forbidAllButDoubleQuotes() }
    } else if rune.value == 0x09 {
      forbidPlain()
      allowsSingleQuotes = false
    }
    if rune.value != 0x09, rune.isInvalid || !PrintableText.isPrintable(text, at: index) {
      forbidAllButDoubleQuotes()
    }
  }

  private mutating func forbidAllButDoubleQuotes() {
    forbidPlain()
    allowsSingleQuotes = false
    allowsBlock = false
  }

  /// The line breaks of YAML 1.1.
  private static func isBreak(_ rune: GoRune) -> Bool {
    switch rune.value {
    case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  /// Appends the text in the style that was asked for, or in the one that is possible.
  func append(
    _ wanted: Style, _ text: Span<UInt8>, isInFlow: Bool, isKey: Bool, indent: Int,
    to out: inout [UInt8]
  ) {
    var style = wanted
    if isKey, isMultiline { style = .doubleQuoted }
    if style == .plain {
      if !(isInFlow ? allowsPlainInFlow : allowsPlain) { style = .singleQuoted }
      if text.isEmpty, isInFlow || isKey { style = .singleQuoted }
    }
    if style == .singleQuoted, !allowsSingleQuotes { style = .doubleQuoted }
    if style == .literal || style == .folded, !allowsBlock || isInFlow || isKey {
      style = .doubleQuoted
    }
    var line = FoldingLine(indent: indent + 2, column: 0, folds: false)
    switch style {
    case .plain: line.append(text, style: .plain, to: &out)
    case .singleQuoted: line.append(text, style: .singleQuoted, to: &out)
    case .doubleQuoted: line.append(text, style: .doubleQuoted, to: &out)
    case .literal: LiteralScalar(indent: indent + 2).append(text, to: &out)
    case .folded: FoldedScalar(indent: indent + 2).append(text, to: &out)
    }
  }
}

/// Prints a text in the folded style, `>`, as go-yaml v3 does: a line is never broken, and line
/// breaks are doubled (emitterc.go `yaml_emitter_write_folded_scalar`).
private struct FoldedScalar {
  let indent: Int

  /// - Parameter text: holds nothing but what a block can hold.
  func append(_ text: Span<UInt8>, to out: inout [UInt8]) {
    var literal: [UInt8] = []
    LiteralScalar(indent: indent).append(text, to: &literal)
    // The hints behind the mark are those of a literal.
    let header = literal.prefix { $0 != UInt8(ascii: "\n") }
    out.append(UInt8(ascii: ">"))
    out += header.dropFirst()
    out.append(UInt8(ascii: "\n"))
    let first = text.indices.first { text[$0] != UInt8(ascii: "\n") }
    let doubles = first.map { text[$0] != 0x20 && text[$0] != 0x09 } ?? false
    var afterBreak = true
    var startsBlank = true
    for index in text.indices {
      let byte = text[index]
      if byte == UInt8(ascii: "\n") {
        if !afterBreak, !startsBlank, doubles { out.append(byte) }
        out.append(byte)
        afterBreak = true
        continue
      }
      if afterBreak {
        out.append(spaces: indent)
        startsBlank = byte == 0x20 || byte == 0x09
      }
      afterBreak = false
      out.append(byte)
    }
    if !afterBreak { out.append(UInt8(ascii: "\n")) }
  }
}
