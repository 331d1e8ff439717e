/// An integer in one of the two widths go-yaml decodes to.
///
/// go-yaml tries `strconv.ParseInt(text, 0, 64)` first and `strconv.ParseUint(text, 0, 64)`
/// after it, so only values past `Int64.max` are unsigned. Source: go-yaml `resolve.go`.
enum GoInteger: Equatable {
  case signed(Int64)
  case unsigned(UInt64)

  /// Which go-yaml generation reads the text.
  enum Dialect {
    /// v2 knows the late `0b` form only.
    case yaml11
    /// v3 knows the late `0b` and `0o` forms.
    case yaml12
  }

  /// The value as the nearest double, as Go's `float64(v)` gives it.
  var asDouble: Double {
    switch self {
    case .signed(let value): return Double(value)
    case .unsigned(let value): return Double(value)
    }
  }

  /// Reads a whole number with an optional sign, as Go's `strconv.Atoi` does: `007` is 7.
  static func decimal(_ text: Span<UInt8>) -> Int? {
    guard text.count > 0 else { return nil }
    let hasSign = text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+")
    var index = hasSign ? 1 : 0
    guard index < text.count else { return nil }
    var value = 0
    while index < text.count {
      guard text.isDigit(at: index) else { return nil }
      let digit = Int(text[index] &- UInt8(ascii: "0"))
      let (scaled, isLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, isLarger) = scaled.subtractingReportingOverflow(digit)
      guard !isLarge, !isLarger else { return nil }
      value = sum
      index += 1
    }
    // Counted downwards, since the negative numbers reach one further.
    if text[0] == UInt8(ascii: "-") { return value }
    return value == Int.min ? nil : -value
  }

  /// Reads a plain scalar that may hold `_` anywhere; nil if go-yaml sees no integer in it.
  static func parse(_ text: Span<UInt8>, dialect: Dialect = .yaml12) -> GoInteger? {
    guard text.contains(UInt8(ascii: "_")) else { return parseStripped(text, dialect: dialect) }
    return parseStripped(text.removingUnderscores().span, dialect: dialect)
  }

  /// Reads a text from which `_` has been removed already.
  static func parseStripped(_ text: Span<UInt8>, dialect: Dialect) -> GoInteger? {
    parseWithPrefix(text) ?? parseLateSign(text, dialect: dialect)
  }

  /// Reads an optional sign, an optional base prefix and digits: Go's base 0.
  private static func parseWithPrefix(_ text: Span<UInt8>) -> GoInteger? {
    guard !text.isEmpty else { return nil }
    let sign = text[0]
    let hasSign = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
    var start = hasSign ? 1 : 0
    let radix = takeRadix(text, at: &start)
    guard let magnitude = magnitude(text, from: start, radix: radix) else { return nil }
    return make(magnitude, sign: hasSign ? sign : nil)
  }

  /// Reads the base prefix and moves `start` behind it.
  ///
  /// A lone leading `0` means octal and is itself a complete number, so for `0` the digits that
  /// follow may be empty: `start` then stays on the zero. Source: Go `strconv/atoi.go`.
  private static func takeRadix(_ text: Span<UInt8>, at start: inout Int) -> UInt64 {
    guard start < text.count, text[start] == UInt8(ascii: "0") else { return 10 }
    guard text.count &- start >= 3 else { return 8 }
    switch text[start &+ 1] | 0x20 {
    case UInt8(ascii: "b"):
      start &+= 2
      return 2
    case UInt8(ascii: "o"):
      start &+= 2
      return 8
    case UInt8(ascii: "x"):
      start &+= 2
      return 16
    default: return 8
    }
  }

  /// Reads digits to the end of the text; nil if there is none, another character, or a number
  /// beyond 64 bits.
  private static func magnitude(_ text: Span<UInt8>, from start: Int, radix: UInt64) -> UInt64? {
    guard start < text.count else { return nil }
    var value: UInt64 = 0
    var index = start
    while index < text.count {
      guard let digit = digit(text[index]), digit < radix else { return nil }
      let (scaled, tooLarge) = value.multipliedReportingOverflow(by: radix)
      let (sum, carried) = scaled.addingReportingOverflow(digit)
      guard !tooLarge, !carried else { return nil }
      value = sum
      index &+= 1
    }
    return value
  }

  private static func digit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return UInt64(byte &- UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): return UInt64(byte &- UInt8(ascii: "a") &+ 10)
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): return UInt64(byte &- UInt8(ascii: "A") &+ 10)
    default: return nil
    }
  }

  /// Puts sign and magnitude together; nil outside the range of the Go type that takes it.
  ///
  /// `ParseUint` knows no sign, so `+9223372036854775808` is no integer at all.
  private static func make(_ magnitude: UInt64, sign: UInt8?) -> GoInteger? {
    if sign == UInt8(ascii: "-") {
      guard magnitude <= Int64.min.magnitude else { return nil }
      return .signed(Int64(truncatingIfNeeded: 0 &- magnitude))
    }
    if let value = Int64(exactly: magnitude) { return .signed(value) }
    return sign == nil ? .unsigned(magnitude) : nil
  }

  /// Reads `0b-101` and, for v3, `0o+17`: a sign behind the prefix.
  ///
  /// go-yaml cuts the prefix off by hand and gives the rest to `ParseInt`, which takes a sign.
  private static func parseLateSign(_ text: Span<UInt8>, dialect: Dialect) -> GoInteger? {
    guard let radix = lateRadix(text, dialect: dialect), text.count > 3 else { return nil }
    let sign = text[2]
    guard sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") else { return nil }
    guard let magnitude = magnitude(text, from: 3, radix: radix) else { return nil }
    return make(magnitude, sign: sign)
  }

  /// The base of a prefix that go-yaml itself looks for, in lower case only.
  private static func lateRadix(_ text: Span<UInt8>, dialect: Dialect) -> UInt64? {
    if text.begins(with: "0b") { return 2 }
    if dialect == .yaml12, text.begins(with: "0o") { return 8 }
    return nil
  }
}
