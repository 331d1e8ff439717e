/// Appends bytes in base64 with padding.
///
/// With a `lineLength`, a text shorter than one line stays as it is, and a longer one gets a line
/// feed behind every line, the last one too; both kyaml and go-yaml use 70. Sources: kyaml
/// `yaml/datamap.go` and go-yaml `resolve.go` (`encodeBase64`).
package func appendBase64(_ bytes: Span<UInt8>, to out: inout [UInt8], lineLength: Int? = nil) {
  let length = (bytes.count &+ 2) / 3 &* 4
  guard let lineLength, lineLength > 0, length >= lineLength else {
    out.makeRoom(for: length)
    appendBase64Groups(bytes, to: &out)
    return
  }
  // Large data is copied as seldom as can be: the digits stand behind room for the line feeds, and each line then
  // moves to its place.
  let lines = (length &+ lineLength &- 1) / lineLength
  let start = out.count
  out.makeRoom(for: lines &+ length)
  out.append(0, count: lines)
  appendBase64Groups(bytes, to: &out)
  out.withUnsafeMutableBytes { out in
    var (from, to) = (start &+ lines, start)
    while from < out.count {
      let count = min(lineLength, out.count &- from)
      UnsafeMutableRawBufferPointer(rebasing: out[to..<to &+ count])
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: out[from..<from &+ count]))
      out[to &+ count] = UInt8(ascii: "\n")
      (from, to) = (from &+ count, to &+ count &+ 1)
    }
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

/// How many bytes a text of base64 stands for, if it is one that `decodeBase64` takes; decoding it costs fifty
/// times as much.
func decodedBase64Count(_ text: Span<UInt8>) -> Int {
  let digits = text.withUnsafeBufferPointer { bytes in
    var (digits, index) = (0, 0)
    while index &+ 8 <= bytes.count {
      let word = ByteWord(bytes, at: index)
      let skipped =
        word.exactly(UInt8(ascii: "\n")) | word.exactly(UInt8(ascii: "\r"))
        | word.exactly(UInt8(ascii: "="))
      // Most words of a text in lines have one line feed or none.
      digits &+= skipped == 0 ? 8 : 8 &- skipped.nonzeroBitCount
      index &+= 8
    }
    while index < bytes.count {
      let byte = bytes[index]
      let isSkipped =
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "=")
      digits &+= isSkipped ? 0 : 1
      index &+= 1
    }
    return digits
  }
  return digits &* 3 / 4
}

/// Appends four digits for each three bytes, and the padding for what is left.
private func appendBase64Groups(_ bytes: Span<UInt8>, to out: inout [UInt8]) {
  let whole = bytes.count / 3
  let start = out.count
  out.append(0, count: whole &* 4)
  bytes.withUnsafeBytes { bytes in
    out.withUnsafeMutableBytes { out in
      for group in 0..<whole {
        let at = group &* 3
        let bits =
          UInt32(bytes[at]) << 16 | UInt32(bytes[at &+ 1]) << 8 | UInt32(bytes[at &+ 2])
        // Four at once: to append each would cost three times as much.
        out.storeBytes(
          of: base64Digits(bits).littleEndian, toByteOffset: start &+ group &* 4, as: UInt32.self)
      }
    }
  }
  let rest = whole &* 3
  switch bytes.count &- rest {
  case 1: appendBase64Rest(UInt32(bytes[rest]) << 16, digits: 2, padding: "==", to: &out)
  case 2:
    let bits = UInt32(bytes[rest]) << 16 | UInt32(bytes[rest &+ 1]) << 8
    appendBase64Rest(bits, digits: 3, padding: "=", to: &out)
  default: break
  }
}

/// Appends the digits and the padding of an incomplete group.
private func appendBase64Rest(
  _ bits: UInt32, digits: UInt32, padding: StaticString, to out: inout [UInt8]
) {
  let all = base64Digits(bits)
  for digit in 0..<digits { out.append(UInt8(truncatingIfNeeded: all >> (8 &* digit))) }
  out.append(word: padding)
}

/// The four digits of 24 bits, the first in the lowest byte.
@inline(__always)
private func base64Digits(_ bits: UInt32) -> UInt32 {
  let values =
    (bits >> 18) | (bits >> 4) & 0x3F00 | (bits << 10) & 0x3F_0000 | (bits << 24) & 0x3F00_0000
  // All four at once: a digit is its value and the distance of its range, of which each begins where a bit
  // runs over into the top one of its byte.
  func isAtLeast(_ value: UInt32) -> UInt32 {
    ((values &+ (0x80 &- value) &* 0x0101_0101) & 0x8080_8080) >> 7
  }
  return values &+ 0x4141_4141 &+ isAtLeast(26) &* 6 &- isAtLeast(52) &* 75 &- isAtLeast(62) &* 15
    &+ isAtLeast(63) &* 3
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
