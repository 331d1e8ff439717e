extension Pattern.Parser {
  /// Reads what begins with a backslash outside a bracket class.
  ///
  /// `\C`, a single byte, is refused as by Go.
  mutating func parseBackslash() throws(PatternError) {
    if let next = peek(1) {
      if let assertion = Self.assertion(escapedBy: next) {
        position += 2
        try append(.assertion(assertion))
        return
      }
      switch next {
      case UInt8(ascii: "C"): throw failure(.invalidEscape, from: position, to: position + 2)
      case UInt8(ascii: "Q"): return try parseQuotation()
      default: break
      }
    }
    if let member = try parseClassEscape() {
      try append(Pattern.ScalarSet(members: [member], isFolded: flags.foldsCase))
    } else {
      try appendLiteral(parseEscape())
    }
  }

  /// The condition that an escaped letter stands for, if it does.
  private static func assertion(escapedBy letter: UInt8) -> Pattern.Assertion? {
    switch letter {
    case UInt8(ascii: "A"): .beginText
    case UInt8(ascii: "z"): .endText
    case UInt8(ascii: "b"): .wordBoundary
    case UInt8(ascii: "B"): .notWordBoundary
    default: nil
    }
  }

  /// Reads `\Q`, literal text, and `\E` or the end of the expression.
  private mutating func parseQuotation() throws(PatternError) {
    position += 2
    let end = findQuotationEnd()
    while position < end { try appendLiteral(nextScalar(before: end)) }
    position = min(end + 2, source.count)
  }

  /// The offset of the next `\E`, or of the end of the expression.
  private func findQuotationEnd() -> Int {
    var offset = position
    while offset + 1 < source.count {
      if source[offset] == UInt8(ascii: "\\") && source[offset + 1] == UInt8(ascii: "E") {
        return offset
      }
      offset += 1
    }
    return source.count
  }
}

extension Pattern.Parser {
  /// Reads an escape that stands for one code point.
  ///
  /// ASCII punctuation stands for itself; a letter or digit has to have a meaning. There are no
  /// back references. Source: Go regexp/syntax, escape sequences.
  mutating func parseEscape() throws(PatternError) -> UInt32 {
    let start = position
    position += 1
    guard position < source.count else {
      throw PatternError(reason: .trailingBackslash, expression: [])
    }
    let code = try nextScalar()
    if let control = Self.control(escapedBy: code) { return control }
    let value: UInt32?
    switch code {
    case 0x30...0x37: value = readOctal(first: code)
    case UInt32(UInt8(ascii: "x")): value = try readHexadecimal()
    default: value = code < 0x80 && !Pattern.isAlphanumeric(code) ? code : nil
    }
    guard let value else { throw failure(.invalidEscape, from: start, to: position) }
    return value
  }

  /// The control character that an escaped letter stands for, if it does.
  private static func control(escapedBy letter: UInt32) -> UInt32? {
    switch Unicode.Scalar(letter) {
    case "a": 0x07
    case "t": 0x09
    case "n": 0x0A
    case "v": 0x0B
    case "f": 0x0C
    case "r": 0x0D
    default: nil
    }
  }

  /// Reads up to two more octal digits; a lone digit other than 0 would be a back reference.
  private mutating func readOctal(first: UInt32) -> UInt32? {
    var value = first & 7
    var count = 1
    while count < 3, let byte = peek(), byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "7") {
      value = value * 8 + UInt32(byte & 7)
      position += 1
      count += 1
    }
    return count == 1 && value != 0 ? nil : value
  }

  /// Reads two hexadecimal digits, or any number of them between braces.
  private mutating func readHexadecimal() throws(PatternError) -> UInt32? {
    guard position < source.count else { return nil }
    let first = try nextScalar()
    if first == UInt32(UInt8(ascii: "{")) { return try readBracedHexadecimal() }
    let second = try nextScalar()
    guard let high = Self.digit(first), let low = Self.digit(second) else { return nil }
    return high * 16 + low
  }

  /// Reads hexadecimal digits up to a closing brace; at least one, and no more than Unicode has.
  private mutating func readBracedHexadecimal() throws(PatternError) -> UInt32? {
    var value: UInt32 = 0
    var hasDigits = false
    while position < source.count {
      let code = try nextScalar()
      if code == UInt32(UInt8(ascii: "}")) { return hasDigits ? value : nil }
      guard let digit = Self.digit(code) else { return nil }
      value = value * 16 + digit
      guard value <= Pattern.maximumCode else { return nil }
      hasDigits = true
    }
    return nil
  }

  /// The value of a hexadecimal digit.
  private static func digit(_ code: UInt32) -> UInt32? {
    switch code {
    case 0x30...0x39: code - 0x30
    case 0x41...0x46: code - 0x41 + 10
    case 0x61...0x66: code - 0x61 + 10
    default: nil
    }
  }
}
