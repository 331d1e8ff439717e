/// The line breaks of YAML 1.1 as libyaml and its Go port know them.
///
/// Besides LF and CR these are NEL (U+0085), LS (U+2028) and PS (U+2029).
/// Source: go-yaml v2 `yamlprivateh.go` (`is_break`).
enum LineBreak {
  /// Gives how many bytes the break at `index` takes; zero where no break stands.
  static func width(_ text: Span<UInt8>, at index: Int) -> Int {
    guard index >= 0, index < text.count else { return 0 }
    switch text[index] {
    case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return 1
    case 0xC2: return isNextLine(text, at: index) ? 2 : 0
    case 0xE2: return isSeparator(text, at: index) ? 3 : 0
    default: return 0
    }
  }

  /// Gives the index of the first break at or after `start`, or the end of the text.
  static func next(in text: Span<UInt8>, from start: Int) -> Int {
    var index = text.endOfPrintableWords(from: start)
    while index < text.count {
      let byte = text[index]
      if byte < 0x20 || byte >= 0xC2, width(text, at: index) > 0 { break }
      index &+= 1
    }
    return index
  }

  /// Tells whether U+0085 stands at `index`.
  static func isNextLine(_ text: Span<UInt8>, at index: Int) -> Bool {
    index &+ 1 < text.count && text[index] == 0xC2 && text[index &+ 1] == 0x85
  }

  /// Tells whether U+2028 or U+2029 stands at `index`.
  static func isSeparator(_ text: Span<UInt8>, at index: Int) -> Bool {
    guard index &+ 2 < text.count, text[index] == 0xE2, text[index &+ 1] == 0x80 else {
      return false
    }
    return text[index &+ 2] == 0xA8 || text[index &+ 2] == 0xA9
  }
}
