/// Appends a string as `encoding/json` prints it, with quotes.
///
/// `<`, `>`, `&`, U+2028 and U+2029 are escaped for the sake of HTML and JavaScript, and every
/// byte that is not valid UTF-8 becomes U+FFFD. Source: Go's `encoding/json/encode.go`
/// (`appendString`).
package func appendJSONString(_ text: Span<UInt8>, to out: inout [UInt8]) {
  out.append(UInt8(ascii: "\""))
  var copied = 0
  var index = 0
  while index < text.count {
    guard needsJSONEscape(text[index]) else {
      index &+= 1
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

private func isEscapedInJSON(_ rune: GoRune) -> Bool {
  rune.value < 0x80 || rune.isInvalid || rune.value == 0x2028 || rune.value == 0x2029
}

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
