/// Reads what stands between the scalars of a text: indicators, comments, blanks and line breaks.
///
/// libyaml has said where the scalars are, and that all of it is YAML. So nothing here has to be guessed:
/// a `#` in a gap begins a comment, and a `-` is the dash of an item.
struct GapLexer {
  private let text: [UInt8]

  init(_ text: [UInt8]) { self.text = text }

  /// The token that begins at a place of a gap. A gap ends at `end`.
  func token(at index: Int, end: Int) -> SyntaxToken {
    let (kind, length) = kind(at: index, end: end)
    return SyntaxToken(kind: kind, range: index..<min(index + max(length, 1), end))
  }

  /// What begins at a place, and its length. What is nothing else is a line break.
  private func kind(at index: Int, end: Int) -> (SyntaxToken.Kind, Int) {
    let rest = text[index..<end]
    switch text[index] {
    case UInt8(ascii: " "), UInt8(ascii: "\t"):
      return (.space, rest.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count)
    case UInt8(ascii: "#"): return (.comment, lineLength(from: index, end: end))
    case UInt8(ascii: "&"): return (.anchor, 1 + rest.dropFirst().prefix(while: isOfName).count)
    case UInt8(ascii: "!"): return (.tag, tagLength(rest))
    case UInt8(ascii: "-"): return isMark(at: index, end: end) ? (.documentStart, 3) : (.dash, 1)
    case UInt8(ascii: "."): return (.documentEnd, 3)
    case UInt8(ascii: "%"): return (.directive, lineLength(from: index, end: end))
    case UInt8(ascii: "?"): return (.question, 1)
    case UInt8(ascii: ":"): return (.colon, 1)
    case UInt8(ascii: ","): return (.comma, 1)
    case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
      return (.bracket, 1)
    case 0xEF: return (.byteOrderMark, 3)
    default: return (.lineBreak, LineEnd.length(in: text, at: index))
    }
  }

  /// Three dashes at the beginning of a line are no item's dash.
  ///
  /// Two dashes would suffice: behind the dash of an item comes a blank.
  private func isMark(at index: Int, end: Int) -> Bool {
    guard index + 2 < end, text[index + 1] == UInt8(ascii: "-"),
      text[index + 2] == UInt8(ascii: "-")
    else { return false }
    return true
  }

  /// The bytes up to the line break, or up to the end of the gap.
  private func lineLength(from index: Int, end: Int) -> Int {
    var next = index
    while next < end, LineEnd.length(in: text, at: next) == 0 { next += 1 }
    return next - index
  }

  /// The characters of libyaml's names for anchors (`IS_ALPHA` of yaml_private.h).
  private func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// `!<…>` ends with its bracket, others before a blank, a comma or a bracket.
  private func tagLength(_ rest: ArraySlice<UInt8>) -> Int {
    if rest.starts(with: [UInt8(ascii: "!"), UInt8(ascii: "<")]) {
      return (rest.firstIndex(of: UInt8(ascii: ">")) ?? rest.endIndex - 1) - rest.startIndex + 1
    }
    let ends = [UInt8](" \t\r\n,[]{}".utf8)
    return rest.prefix { !ends.contains($0) }.count
  }
}

/// The line breaks of YAML 1.1.
///
/// YAML 1.2 has the first two of LF, CR, U+0085, U+2028 and U+2029 only; libyaml reads 1.1.
package enum LineEnd {
  /// The bytes of the line break at a place; 0 where there is none.
  package static func length(in text: [UInt8], at index: Int) -> Int {
    switch text[index] {
    case UInt8(ascii: "\n"): return 1
    case UInt8(ascii: "\r"):
      return index + 1 < text.count && text[index + 1] == UInt8(ascii: "\n") ? 2 : 1
    case 0xC2: return index + 1 < text.count && text[index + 1] == 0x85 ? 2 : 0
    case 0xE2:
      let isSeparator =
        index + 2 < text.count && text[index + 1] == 0x80
        && (text[index + 2] == 0xA8 || text[index + 2] == 0xA9)
      return isSeparator ? 3 : 0
    default: return 0
    }
  }
}
