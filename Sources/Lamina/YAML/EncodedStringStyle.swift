/// How go-yaml v3 writes a string that comes from a program and not from a file.
///
/// kustomize makes an object anew from Go values wherever it takes it through JSON, and the style
/// that the encoder chooses then stays with the text: steps that write over a value keep it.
/// Source: go-yaml v3 `encode.go` (`stringv`) and `emitterc.go` (`yaml_emitter_analyze_scalar`,
/// `yaml_emitter_select_scalar_style`).
enum EncodedStringStyle {
  /// The flags of a node that holds the string.
  ///
  /// `ScalarWriter.isOrdinary` answers for nearly all texts at once: letters, digits and harmless
  /// signs that can only be a string, and are written plain.
  static func flags(_ text: Span<UInt8>) -> Node.Flags {
    ScalarWriter.isOrdinary(text) ? [] : flags(ofAny: text)
  }

  /// The slow way, which gives the same for ordinary texts (`OrdinaryTextTests`).
  static func flags(ofAny text: Span<UInt8>) -> Node.Flags {
    let shape = Shape(text)
    if text.contains(UInt8(ascii: "\n")) {
      return shape.allowsBlock ? [.quoted, .literal] : .quoted
    }
    guard ScalarTag.plain(text) == .string, ScalarTag.staysStringInYAML11(text) else {
      return .quoted
    }
    if shape.allowsPlain { return [] }
    return shape.allowsSingleQuotes ? [.quoted, .singleQuoted] : .quoted
  }

  /// What the emitter finds out about the text.
  private struct Shape {
    private(set) var allowsPlain = true
    private(set) var allowsBlock = true
    private(set) var allowsSingleQuotes = true

    init(_ text: Span<UInt8>) {
      if text.begins(with: "---") || text.begins(with: "...") { allowsPlain = false }
      var previous = UInt8(ascii: "\n")
      var index = 0
      while index < text.count {
        if index > 0, previous != UInt8(ascii: "\n") || text[index] != UInt8(ascii: " ") {
          // What is skipped means nothing but itself.
          let end = text.endOfWordsWithoutMarks(from: index)
          if end > index {
            previous = text[end - 1]
            index = end
          }
        }
        let byte = text[index]
        let rune = GoRune.decode(text, at: index)
        let next = index &+ rune.width
        if isIndicator(text, at: index, after: previous) { allowsPlain = false }
        takeCharacter(byte, rune, previous: previous, isEdge: index == 0 || next == text.count)
        if byte == UInt8(ascii: " "), next == text.count { allowsBlock = false }
        previous = rune.value == 0x2028 || rune.value == 0x2029 ? UInt8(ascii: "\n") : byte
        index = next
      }
    }

    /// - Parameter isEdge: the character is the first or the last.
    private mutating func takeCharacter(
      _ byte: UInt8, _ rune: GoRune, previous: UInt8, isEdge: Bool
    ) {
      switch rune.value {
      case 0x20:
        if isEdge || previous == UInt8(ascii: "\n") { allowsPlain = false }
      case 0x09:
        allowsPlain = false
        allowsSingleQuotes = false
      case 0x0A, 0x2028, 0x2029:
        allowsPlain = false
        if previous == UInt8(ascii: " ") { allowsBlock = false }
      default:
        guard !Self.isPrintable(rune) else { return }
        allowsPlain = false
        allowsBlock = false
        allowsSingleQuotes = false
      }
    }

    /// A sign of YAML that would be read as one where it stands.
    private func isIndicator(
      _ text: Span<UInt8>, at index: Int, after previous: UInt8
    ) -> Bool {
      let byte = text[index]
      let next = index &+ 1
      let endsWord =
        next >= text.count || text[next] == UInt8(ascii: " ") || text[next] == UInt8(ascii: "\t")
      switch byte {
      case UInt8(ascii: ":"): return endsWord
      case UInt8(ascii: "#"):
        return previous == UInt8(ascii: " ") || previous == UInt8(ascii: "\t")
          || previous == UInt8(ascii: "\n")
      case UInt8(ascii: "?"), UInt8(ascii: "-"): return index == 0 && endsWord
      case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
        UInt8(ascii: "}"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"),
        UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "'"), UInt8(ascii: "\""),
        UInt8(ascii: "%"), UInt8(ascii: "@"), UInt8(ascii: "`"):
        return index == 0
      default: return false
      }
    }

    /// Characters past U+FFFF count as unprintable in go-yaml v3.
    private static func isPrintable(_ rune: GoRune) -> Bool {
      switch rune.value {
      case 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD: return !rune.isInvalid
      default: return false
      }
    }
  }
}
