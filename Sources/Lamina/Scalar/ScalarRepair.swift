/// What a string loses on its way through JSON before the v2 emitter sees it.
///
/// `encoding/json` writes U+FFFD for every byte that is not valid UTF-8, but it leaves U+0085 as
/// it is, and go-yaml v2 reads that inside the JSON string as a line break and folds it.
/// Source: Go's `encoding/json/encode.go`, go-yaml v2 `scannerc.go` (flow scalars).
enum ScalarRepair {
  /// Gives the changed text; nil, the common case, if the text passes as it is.
  static func repaired(_ text: Span<UInt8>) -> [UInt8]? {
    if text.isASCIIBelowDelete { return nil }
    var index = 0
    while index < text.count {
      if text[index] < 0x80 {
        index &+= 1
        continue
      }
      let rune = GoRune.decode(text, at: index)
      if rune.isInvalid || rune.value == 0x85 { return rebuilt(text) }
      index &+= rune.width
    }
    return nil
  }

  /// Tells whether go-yaml v2 can read the text back from JSON at all.
  ///
  /// JSON leaves DEL, the C1 controls, U+FFFE and U+FFFF as they are; for each of them the
  /// reference fails with `yaml: control characters are not allowed`.
  /// Source: go-yaml v2 `readerc.go`.
  static func isReadable(_ text: Span<UInt8>) -> Bool {
    if text.isASCIIBelowDelete { return true }
    var index = 0
    while index < text.count {
      if text[index] < 0x7F {
        index &+= 1
        continue
      }
      let rune = GoRune.decode(text, at: index)
      switch rune.value {
      case 0x7F...0x84, 0x86...0x9F, 0xFFFE, 0xFFFF: return false
      default: index &+= rune.width
      }
    }
    return true
  }

  /// Tells whether go-yaml v2 can read the text back as the key of a JSON object.
  ///
  /// Such a key has to stand on one line, so U+0085 is out, and may take up to 1024 characters
  /// with its quotes and escapes. The reference fails with `yaml: did not find expected ',' or
  /// '}'`. Source: go-yaml v2 `scannerc.go` (`yaml_simple_key_is_valid`).
  static func isReadableKey(_ text: Span<UInt8>) -> Bool {
    guard isReadable(text) else { return false }
    if !text.isASCIIBelowDelete {
      for index in text.indices where LineBreak.isNextLine(text, at: index) { return false }
    }
    // No character takes more than six in JSON.
    guard text.count > 1022 / 6 else { return true }
    var json: [UInt8] = []
    appendJSONString(text, to: &json)
    return json.count { $0 & 0xC0 != 0x80 } <= 1024
  }

  /// The text with all changes, made only once one is known to be needed.
  private static func rebuilt(_ text: Span<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      if LineBreak.isNextLine(text, at: index) {
        index = fold(text, at: index, to: &out)
        continue
      }
      let rune = GoRune.decode(text, at: index)
      appendReadable(text, rune, at: index, to: &out)
      index &+= rune.width
    }
    return out
  }

  /// Appends a character, or U+FFFD for a byte that belongs to none.
  private static func appendReadable(
    _ text: Span<UInt8>, _ rune: GoRune, at index: Int, to out: inout [UInt8]
  ) {
    if rune.isInvalid {
      out.append(word: "\u{FFFD}")
    } else {
      out.append(bytesOf: text.extracting(index..<index &+ rune.width))
    }
  }

  /// Folds a run of U+0085 and the blanks around it, and gives the index behind the run.
  ///
  /// One break becomes a space, each further one a line feed. Tabs are escaped in JSON, so only
  /// spaces count as blanks.
  private static func fold(
    _ text: Span<UInt8>, at start: Int, to out: inout [UInt8]
  ) -> Int {
    while out.last == UInt8(ascii: " ") { out.removeLast() }
    var breaks = 0
    var index = start
    while index < text.count {
      if LineBreak.isNextLine(text, at: index) {
        breaks &+= 1
        index &+= 2
      } else if text[index] == UInt8(ascii: " ") {
        index &+= 1
      } else {
        break
      }
    }
    if breaks == 1 {
      out.append(UInt8(ascii: " "))
    } else {
      out.append(UInt8(ascii: "\n"), count: breaks &- 1)
    }
    return index
  }
}
