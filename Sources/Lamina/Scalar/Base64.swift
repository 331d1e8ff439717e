/// Appends bytes in base64 with padding.
///
/// With a `lineLength`, a text shorter than one line stays as it is, and a longer one gets a line
/// feed behind every line, the last one too; both kyaml and go-yaml use 70. Sources: kyaml
/// `yaml/datamap.go` and go-yaml `resolve.go` (`encodeBase64`).
package func appendBase64(_ bytes: Span<UInt8>, to out: inout [UInt8], lineLength: Int? = nil) {
  let length = (bytes.count &+ 2) / 3 &* 4
  out.reserveCapacity(out.count &+ length)
  guard let lineLength, lineLength > 0, length >= lineLength else {
    appendBase64Groups(bytes, to: &out)
    return
  }
  var encoded: [UInt8] = []
  encoded.reserveCapacity(length)
  appendBase64Groups(bytes, to: &encoded)
  for start in stride(from: 0, to: length, by: lineLength) {
    out.append(contentsOf: encoded[start..<min(start &+ lineLength, length)])
    out.append(UInt8(ascii: "\n"))
  }
}

/// Decodes base64 as Go's `base64.StdEncoding.DecodeString`; nil if the text is malformed.
///
/// CR and LF are skipped wherever they stand, padding is required, and unused bits of the last
/// character are not looked at. Source: Go's `encoding/base64`.
func decodeBase64(_ text: Span<UInt8>) -> [UInt8]? {
  var decoder = Base64Decoder()
  decoder.bytes.reserveCapacity(text.count / 4 &* 3)
  for index in text.indices {
    guard decoder.take(text[index]) else { return nil }
  }
  return decoder.isComplete ? decoder.bytes : nil
}

/// Appends four digits for each three bytes, and the padding for what is left.
private func appendBase64Groups(_ bytes: Span<UInt8>, to out: inout [UInt8]) {
  var index = 0
  while index &+ 3 <= bytes.count {
    let group =
      UInt32(bytes[index]) << 16 | UInt32(bytes[index &+ 1]) << 8 | UInt32(bytes[index &+ 2])
    appendBase64Digits(group, count: 4, to: &out)
    index &+= 3
  }
  switch bytes.count &- index {
  case 1:
    appendBase64Digits(UInt32(bytes[index]) << 16, count: 2, to: &out)
    out.append(word: "==")
  case 2:
    let group = UInt32(bytes[index]) << 16 | UInt32(bytes[index &+ 1]) << 8
    appendBase64Digits(group, count: 3, to: &out)
    out.append(word: "=")
  default:
    break
  }
}

/// Appends the first digits of a group of 24 bits.
private func appendBase64Digits(_ group: UInt32, count: Int, to out: inout [UInt8]) {
  var shift: UInt32 = 18
  for _ in 0..<count {
    out.append(base64Digit(UInt8(truncatingIfNeeded: group >> shift) & 0x3F))
    shift &-= 6
  }
}

private func base64Digit(_ value: UInt8) -> UInt8 {
  switch value {
  case 0..<26: return value &+ UInt8(ascii: "A")
  case 26..<52: return value &- 26 &+ UInt8(ascii: "a")
  case 52..<62: return value &- 52 &+ UInt8(ascii: "0")
  case 62: return UInt8(ascii: "+")
  default: return UInt8(ascii: "/")
  }
}

/// Nil for a byte that is no digit of base64, padding and line breaks among them.
private func base64Value(_ digit: UInt8) -> UInt32? {
  switch digit {
  case UInt8(ascii: "A")...UInt8(ascii: "Z"): return UInt32(digit &- UInt8(ascii: "A"))
  case UInt8(ascii: "a")...UInt8(ascii: "z"): return UInt32(digit &- UInt8(ascii: "a") &+ 26)
  case UInt8(ascii: "0")...UInt8(ascii: "9"): return UInt32(digit &- UInt8(ascii: "0") &+ 52)
  case UInt8(ascii: "+"): return 62
  case UInt8(ascii: "/"): return 63
  default: return nil
  }
}

/// Collects groups of four characters.
private struct Base64Decoder {
  var bytes: [UInt8] = []
  /// The bits of the digits since the last complete group.
  private var group: UInt32 = 0
  /// How many digits `group` has, from 0 to 3; after the padding it keeps its number.
  private var digits = 0
  private var padding = 0

  init() {}

  /// The text may end between groups or once the last group has its padding.
  var isComplete: Bool { digits == 0 ? padding == 0 : digits &+ padding == 4 }

  /// Takes one character, false if it cannot stand here.
  mutating func take(_ byte: UInt8) -> Bool {
    if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { return true }
    if byte == UInt8(ascii: "=") { return takePadding() }
    guard padding == 0, let value = base64Value(byte) else { return false }
    group = group << 6 | value
    digits &+= 1
    if digits == 4 { finishGroup() }
    return true
  }

  /// Takes a `=`. With the last one the bytes of the incomplete group are known.
  private mutating func takePadding() -> Bool {
    guard digits >= 2, digits &+ padding < 4 else { return false }
    padding &+= 1
    guard digits &+ padding == 4 else { return true }
    group <<= UInt32(padding &* 6)
    let kept = digits &- 1
    for shift: UInt32 in [16, 8].prefix(kept) {
      bytes.append(UInt8(truncatingIfNeeded: group >> shift))
    }
    return true
  }

  /// Turns four digits into three bytes.
  private mutating func finishGroup() {
    bytes.append(UInt8(truncatingIfNeeded: group >> 16))
    bytes.append(UInt8(truncatingIfNeeded: group >> 8))
    bytes.append(UInt8(truncatingIfNeeded: group))
    group = 0
    digits = 0
  }
}
