/// The shortest decimal digits that give a finite double back, and where the point stands.
///
/// The value is `0.d₁d₂d₃… × 10^point`. Swift's description and Go's `strconv` both print the
/// shortest digits that are closest to the value, so only the layout has to be made here.
/// Source of the layouts: Go `strconv/ftoa.go`.
struct FloatDigits {
  private(set) var isNegative = false
  /// ASCII digits without zeros at either end; none for zero.
  private(set) var digits: [UInt8] = []
  /// Where the decimal point stands, counted from the first digit; it may be negative or behind the
  /// last.
  private(set) var point = 0

  /// - Parameter value: finite. The digits are taken from Swift's description, which is `1.5e-07`
  ///   or `1500.0`.
  init(_ value: Double) {
    isNegative = value.sign == .minus
    var seenDot = false
    var exponent = 0
    var rest = Substring(value.magnitude.description)
    if let mark = rest.firstIndex(of: "e") {
      exponent = Int(rest[rest.index(after: mark)...]) ?? 0
      rest = rest[..<mark]
    }
    for byte in rest.utf8 {
      if byte == UInt8(ascii: ".") {
        seenDot = true
      } else {
        take(byte, isFraction: seenDot)
      }
    }
    trim(exponent: exponent)
  }

  /// Zeros in front are not kept; behind the dot they move the point.
  private mutating func take(_ byte: UInt8, isFraction: Bool) {
    if digits.isEmpty, byte == UInt8(ascii: "0") {
      if isFraction { point &-= 1 }
      return
    }
    digits.append(byte)
    if !isFraction { point &+= 1 }
  }

  /// Drops zeros at the end, and moves the point by the exponent.
  private mutating func trim(exponent: Int) {
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    point = digits.isEmpty ? 0 : point &+ exponent
  }

  /// The exponent of the form with one digit before the dot; zero for zero.
  var scientificExponent: Int { digits.isEmpty ? 0 : point &- 1 }

  /// True if no digit stands behind the point.
  var isIntegral: Bool { digits.count <= point || digits.isEmpty }

  /// Appends the form without exponent, Go's `'f'` with precision -1.
  func appendFixed(to out: inout [UInt8]) {
    appendSign(to: &out)
    if point <= 0 {
      out.append(UInt8(ascii: "0"))
    } else {
      out.append(contentsOf: digits.prefix(point))
      out.append(UInt8(ascii: "0"), count: point &- digits.count)
    }
    guard !isIntegral else { return }
    out.append(UInt8(ascii: "."))
    out.append(UInt8(ascii: "0"), count: 0 &- point)
    out.append(contentsOf: digits.dropFirst(max(point, 0)))
  }

  /// Appends the form with exponent; Go writes at least two exponent digits.
  func appendScientific(minimumExponentDigits: Int, to out: inout [UInt8]) {
    appendSign(to: &out)
    out.append(digits.first ?? UInt8(ascii: "0"))
    if digits.count > 1 {
      out.append(UInt8(ascii: "."))
      out.append(contentsOf: digits.dropFirst())
    }
    let exponent = scientificExponent
    out.append(UInt8(ascii: "e"))
    out.append(exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
    if exponent.magnitude < 10, minimumExponentDigits > 1 { out.append(UInt8(ascii: "0")) }
    out.append(contentsOf: exponent.magnitude.description.utf8)
  }

  private func appendSign(to out: inout [UInt8]) {
    if isNegative { out.append(UInt8(ascii: "-")) }
  }
}
