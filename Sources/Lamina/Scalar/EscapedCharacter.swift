/// A character written with a backslash inside double quotes.
///
/// Source: go-yaml v2 `emitterc.go` (`yaml_emitter_write_double_quoted_scalar`).
struct EscapedCharacter {
  /// The number of the character.
  private let value: UInt32

  init(_ value: UInt32) {
    self.value = value
  }

  /// Appends the escape and gives how many columns it takes.
  func append(to out: inout [UInt8]) -> Int {
    out.append(UInt8(ascii: "\\"))
    if let letter {
      out.append(letter)
      return 2
    }
    switch value {
    case 0...0xFF: return appendHex(mark: UInt8(ascii: "x"), digits: 2, to: &out)
    case 0...0xFFFF: return appendHex(mark: UInt8(ascii: "u"), digits: 4, to: &out)
    default: return appendHex(mark: UInt8(ascii: "U"), digits: 8, to: &out)
    }
  }

  /// The short escape of the character; nil for one that is written as a number.
  private var letter: UInt8? {
    switch value {
    case 0x00: return UInt8(ascii: "0")
    case 0x07: return UInt8(ascii: "a")
    case 0x08: return UInt8(ascii: "b")
    case 0x09: return UInt8(ascii: "t")
    case 0x0A: return UInt8(ascii: "n")
    case 0x0B: return UInt8(ascii: "v")
    case 0x0C: return UInt8(ascii: "f")
    case 0x0D: return UInt8(ascii: "r")
    case 0x1B: return UInt8(ascii: "e")
    case 0x22: return UInt8(ascii: "\"")
    case 0x5C: return UInt8(ascii: "\\")
    case 0x85: return UInt8(ascii: "N")
    case 0xA0: return UInt8(ascii: "_")
    case 0x2028: return UInt8(ascii: "L")
    case 0x2029: return UInt8(ascii: "P")
    default: return nil
    }
  }

  /// Returns the number of columns with the backslash.
  private func appendHex(mark: UInt8, digits: Int, to out: inout [UInt8]) -> Int {
    out.append(mark)
    for position in stride(from: digits &- 1, through: 0, by: -1) {
      let digit = UInt8(truncatingIfNeeded: value >> UInt32(position &* 4)) & 0x0F
      out.append(digit < 10 ? digit &+ UInt8(ascii: "0") : digit &- 10 &+ UInt8(ascii: "A"))
    }
    return digits &+ 2
  }
}
