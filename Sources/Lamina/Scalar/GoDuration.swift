/// A length of time as Go writes it: `27s`, `1m1s`, `1.5h`.
///
/// Source: Go's time/format.go `ParseDuration`.
enum GoDuration {
  /// The nanoseconds that a text stands for; nil where it is none, or too long to count.
  static func nanoseconds(_ text: String) -> Int64? {
    var rest = Array(text.utf8)[...]
    let sign = rest.first
    let isNegative = sign == UInt8(ascii: "-")
    if isNegative || sign == UInt8(ascii: "+") { rest.removeFirst() }
    if rest.elementsEqual("0".utf8) { return 0 }
    if rest.isEmpty { return nil }
    var total: UInt64 = 0
    while !rest.isEmpty {
      guard let part = part(&rest), part <= limit - total else { return nil }
      total += part
    }
    if isNegative { return total == limit ? Int64.min : -Int64(total) }
    return total == limit ? nil : Int64(total)
  }

  /// Go counts in a `uint64` and allows the magnitude of `Int64.min`, but only with a minus.
  private static let limit: UInt64 = 1 << 63

  /// Takes a number with its unit from the front.
  private static func part(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
    let before = rest.count
    guard let whole = integer(&rest) else { return nil }
    var hasDigits = rest.count < before
    var fraction = Fraction()
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      let start = rest.count
      while let digit = rest.first.flatMap(digit) {
        fraction.add(digit)
        rest.removeFirst()
      }
      hasDigits = hasDigits || rest.count < start
    }
    let name = rest.prefix { digit($0) == nil && $0 != UInt8(ascii: ".") }
    guard hasDigits, let unit = unit(name), whole <= limit / unit else { return nil }
    rest = rest.dropFirst(name.count)
    let part = whole * unit + fraction.share(of: unit)
    return part <= limit ? part : nil
  }

  /// Takes digits from the front; none count as 0.
  private static func integer(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    while let digit = rest.first.flatMap(digit) {
      guard value <= limit / 10 else { return nil }
      value = value * 10 + UInt64(digit)
      guard value <= limit else { return nil }
      rest.removeFirst()
    }
    return value
  }

  /// The digits behind a point; those beyond what fits are left out.
  ///
  /// Go adds the fraction as a float of the unit, with its rounding.
  private struct Fraction {
    private var value: UInt64 = 0
    private var scale = 1.0
    private var isFull = false

    /// Go drops the digits of a fraction that have no room any more (time/format.go
    /// `leadingFraction`).
    mutating func add(_ digit: UInt8) {
      guard !isFull, value <= (limit - 1) / 10, value * 10 + UInt64(digit) <= limit else {
        isFull = true
        return
      }
      value = value * 10 + UInt64(digit)
      scale *= 10
    }

    func share(of unit: UInt64) -> UInt64 { UInt64(Double(value) * (Double(unit) / scale)) }
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : nil
  }

  /// The nanoseconds of a unit; nil for an unknown one.
  private static func unit(_ name: ArraySlice<UInt8>) -> UInt64? {
    // The micro sign and the Greek letter look alike, and both are in use.
    switch String(decoding: name, as: UTF8.self).unicodeScalars.map(\.value) {
    case [0x6e, 0x73]: 1
    case [0x75, 0x73], [0xb5, 0x73], [0x3bc, 0x73]: 1000
    case [0x6d, 0x73]: 1_000_000
    case [0x73]: 1_000_000_000
    case [0x6d]: 60_000_000_000
    case [0x68]: 3_600_000_000_000
    default: nil
    }
  }
}
