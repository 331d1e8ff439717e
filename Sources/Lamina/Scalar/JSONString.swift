/// Strings as JSON text spells them, quotes included. Everything that reads or writes JSON does it with these.
enum JSONString {
  /// The text that a string stands for. A surrogate without its partner becomes U+FFFD, and so does
  /// every byte that is not valid UTF-8. Source: Go's `encoding/json/decode.go` (`unquoteBytes`).
  static func decoded(_ token: Span<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(token.count)
    var index = 1
    while index < token.count - 1 {
      if token[index] == UInt8(ascii: "\\") {
        index = appendEscape(token, at: index, to: &result)
        continue
      }
      let rune = GoRune.decode(token, at: index)
      if rune.isInvalid {
        result.append(word: "\u{FFFD}")
      } else {
        result.append(bytesOf: token.extracting(index..<index + rune.width))
      }
      index += rune.width
    }
    return result
  }

  /// The token with `<`, `>`, `&`, U+2028 and U+2029 escaped, as Go prints raw JSON.
  static func escapedForHTML(_ token: Span<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < token.count {
      let rune = GoRune.decode(token, at: index)
      switch rune.value {
      case 0x3C: result.append(word: "\\u003c")
      case 0x3E: result.append(word: "\\u003e")
      case 0x26: result.append(word: "\\u0026")
      case 0x2028: result.append(word: "\\u2028")
      case 0x2029: result.append(word: "\\u2029")
      default: result.append(bytesOf: token.extracting(index..<index + rune.width))
      }
      index += rune.width
    }
    return result
  }

  /// Appends what a backslash stands for, and returns the index behind the escape. Texts have been
  /// checked before (`JSONReader`), so an unknown escape stands for its character.
  private static func appendEscape(
    _ token: Span<UInt8>, at index: Int, to out: inout [UInt8]
  ) -> Int {
    guard index + 1 < token.count else { return index + 1 }
    switch token[index + 1] {
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "u"): return appendUnit(token, at: index, to: &out)
    case let byte: out.append(byte)
    }
    return index + 2
  }

  /// Appends the character of `\uXXXX`, or of two that are a surrogate pair.
  private static func appendUnit(
    _ token: Span<UInt8>, at index: Int, to out: inout [UInt8]
  ) -> Int {
    guard let high = unit(token, at: index) else { return index + 2 }
    var value = high
    var next = index + 6
    if 0xD800..<0xDC00 ~= high, let low = unit(token, at: next), 0xDC00..<0xE000 ~= low {
      value = 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
      next += 6
    }
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    out.append(contentsOf: String(scalar).utf8)
    return next
  }

  /// The number of `\uXXXX` at a place; nil where there is none.
  private static func unit(_ token: Span<UInt8>, at index: Int) -> UInt32? {
    guard index + 6 <= token.count, token[index] == UInt8(ascii: "\\"),
      token[index + 1] == UInt8(ascii: "u")
    else { return nil }
    var value: UInt32 = 0
    for place in index + 2..<index + 6 {
      guard let digit = hexDigit(token[place]) else { return nil }
      value = value << 4 | digit
    }
    return value
  }

  static func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}

// MARK: - Printing

/// Appends a string as `encoding/json` prints it, with quotes.
///
/// `<`, `>`, `&`, U+2028 and U+2029 are escaped for the sake of HTML and JavaScript, and every
/// byte that is not valid UTF-8 becomes U+FFFD. Source: Go's `encoding/json/encode.go`
/// (`appendString`).
package func appendJSONString(_ text: Span<UInt8>, to out: inout [UInt8]) {
  // Of a long text few characters are escaped: one line feed in a line.
  if text.count > 4096 { out.makeRoom(for: text.count &+ text.count / 32 &+ 128) }
  out.append(UInt8(ascii: "\""))
  var copied = 0
  var index = 0
  while index < text.count {
    guard needsJSONEscape(text[index]) else {
      index = text.endOfUnescapedWords(from: index &+ 1)
      continue
    }
    let rune = GoRune.decode(text, at: index)
    let next = index &+ rune.width
    if isEscapedInJSON(rune) {
      out.append(bytesOf: text.extracting(copied..<index))
      appendJSONEscape(rune.value, to: &out)
      copied = next
    }
    index = next
  }
  out.append(bytesOf: text.extracting(copied..<text.count))
  out.append(UInt8(ascii: "\""))
}

extension String {
  /// The string as JSON, with quotes.
  package var inJSON: String {
    var out: [UInt8] = []
    let bytes = Array(utf8)
    appendJSONString(bytes.span, to: &out)
    return String(decoding: out, as: UTF8.self)
  }
}

extension Span where Element == UInt8 {
  /// Skips bytes that JSON does not escape (`needsJSONEscape`), as far as eight can be looked at together.
  fileprivate func endOfUnescapedWords(from start: Int) -> Int {
    withUnsafeBufferPointer { bytes in
      var index = start
      while index &+ 8 <= bytes.count {
        let word = ByteWord(bytes, at: index)
        let escaped =
          word.unprintable | word.bytes(equalTo: .repeating(UInt8(ascii: "\"")))
          | word.bytes(equalTo: .repeating(UInt8(ascii: "\\")))
          | word.bytes(equalTo: .repeating(UInt8(ascii: "<")))
          | word.bytes(equalTo: .repeating(UInt8(ascii: ">")))
          | word.bytes(equalTo: .repeating(UInt8(ascii: "&")))
        if escaped != 0 { return index &+ escaped.trailingZeroBitCount / 8 }
        index &+= 8
      }
      return index
    }
  }
}

/// Tells whether a byte may belong to a character that is escaped.
private func needsJSONEscape(_ byte: UInt8) -> Bool {
  switch byte {
  case 0..<0x20, 0x80...0xFF, UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "<"),
    UInt8(ascii: ">"), UInt8(ascii: "&"):
    return true
  default:
    return false
  }
}

/// Characters with a byte that `needsJSONEscape` finds, but for those that Go prints as they are.
private func isEscapedInJSON(_ rune: GoRune) -> Bool {
  rune.value < 0x80 || rune.isInvalid || rune.value == 0x2028 || rune.value == 0x2029
}

/// The short escapes are those of Go 1.22 and later, which has `\b` and `\f` among them.
private func appendJSONEscape(_ value: UInt32, to out: inout [UInt8]) {
  out.append(UInt8(ascii: "\\"))
  switch value {
  case 0x22: out.append(UInt8(ascii: "\""))
  case 0x5C: out.append(UInt8(ascii: "\\"))
  case 0x08: out.append(UInt8(ascii: "b"))
  case 0x0C: out.append(UInt8(ascii: "f"))
  case 0x0A: out.append(UInt8(ascii: "n"))
  case 0x0D: out.append(UInt8(ascii: "r"))
  case 0x09: out.append(UInt8(ascii: "t"))
  default: appendJSONHex(value, to: &out)
  }
}

private func appendJSONHex(_ value: UInt32, to out: inout [UInt8]) {
  out.append(UInt8(ascii: "u"))
  for shift: UInt32 in [12, 8, 4, 0] {
    let digit = UInt8(truncatingIfNeeded: value >> shift) & 0x0F
    out.append(digit < 10 ? digit &+ UInt8(ascii: "0") : digit &- 10 &+ UInt8(ascii: "a"))
  }
}
