/// Reads floating-point texts the way go-yaml decides on and decodes them.
///
/// Source: go-yaml `resolve.go` (`yamlStyleFloat` and the lookup of the `.inf` family) and Go's
/// `strconv/atof.go` for texts that start with a dot.
enum GoFloat {
  /// Gives the value of a plain scalar that go-yaml sees as a float; nil if it is none.
  ///
  /// A value too large for a double makes go-yaml keep the text as a string.
  static func parse(_ text: Span<UInt8>) -> Double? {
    guard !text.isEmpty else { return nil }
    if let special = special(text) { return special }
    if text[0] == UInt8(ascii: ".") { return parseFromDot(text) }
    guard text.contains(UInt8(ascii: "_")) else { return parseStripped(text) }
    return parseStripped(text.removingUnderscores().span)
  }

  /// Reads a number without `_` that begins with a sign or a digit.
  static func parseStripped(_ text: Span<UInt8>) -> Double? {
    isYAMLStyle(text) ? finite(text) : nil
  }

  /// Gives infinity and not-a-number in the spellings go-yaml looks up.
  static func special(_ text: Span<UInt8>) -> Double? {
    guard text.count == 4 || text.count == 5 else { return nil }
    let isSigned = text.count == 5
    guard text[isSigned ? 1 : 0] == UInt8(ascii: ".") else { return nil }
    if isSigned { return signedInfinity(text) }
    if isInfinityWord(text, from: 1) { return .infinity }
    let isNaN = text.isWord(".nan") || text.isWord(".NaN") || text.isWord(".NAN")
    return isNaN ? .nan : nil
  }

  /// `+.inf` and `-.inf`; a not-a-number has no sign.
  private static func signedInfinity(_ text: Span<UInt8>) -> Double? {
    guard isInfinityWord(text, from: 2) else { return nil }
    switch text[0] {
    case UInt8(ascii: "+"): return .infinity
    case UInt8(ascii: "-"): return -.infinity
    default: return nil
    }
  }

  /// Lower case, capitals, or one capital in front; no other mixture.
  private static func isInfinityWord(_ text: Span<UInt8>, from start: Int) -> Bool {
    let word = text.extracting(start..<text.count)
    return word.isWord("inf") || word.isWord("Inf") || word.isWord("INF")
  }

  /// Tells whether the text is a decimal float: sign, digits with one optional dot, exponent.
  static func isYAMLStyle(_ text: Span<UInt8>) -> Bool {
    var index = 0
    skipSign(text, &index)
    let whole = skipDigits(text, &index)
    if index < text.count, text[index] == UInt8(ascii: ".") {
      index &+= 1
      guard skipDigits(text, &index) > 0 || whole > 0 else { return false }
    } else if whole == 0 {
      return false
    }
    return isExponentOrEnd(text, index)
  }

  /// The end of the text, or an exponent with at least one digit.
  private static func isExponentOrEnd(_ text: Span<UInt8>, _ start: Int) -> Bool {
    guard start < text.count else { return true }
    guard text[start] | 0x20 == UInt8(ascii: "e") else { return false }
    var index = start &+ 1
    skipSign(text, &index)
    return skipDigits(text, &index) > 0 && index == text.count
  }

  private static func skipSign(_ text: Span<UInt8>, _ index: inout Int) {
    guard index < text.count else { return }
    if text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") { index &+= 1 }
  }

  @discardableResult
  private static func skipDigits(_ text: Span<UInt8>, _ index: inout Int) -> Int {
    let start = index
    while text.isDigit(at: index) { index &+= 1 }
    return index &- start
  }

  /// Reads `.5`, which go-yaml hands to `strconv.ParseFloat` with its `_` still in place.
  ///
  /// Go accepts an underscore only between two digits there.
  private static func parseFromDot(_ text: Span<UInt8>) -> Double? {
    guard text.contains(UInt8(ascii: "_")) else { return parseStripped(text) }
    guard underscoresSeparateDigits(text) else { return nil }
    return parseStripped(text.removingUnderscores().span)
  }

  /// (strconv/atoi.go `underscoreOK`.)
  private static func underscoresSeparateDigits(_ text: Span<UInt8>) -> Bool {
    for index in text.indices where text[index] == UInt8(ascii: "_") {
      guard index > 0, text.isDigit(at: index &- 1), text.isDigit(at: index &+ 1) else {
        return false
      }
    }
    return true
  }

  /// Converts a text of known shape; nil where the nearest double is infinite.
  private static func finite(_ text: Span<UInt8>) -> Double? {
    let digits = text.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    guard let value = Double(digits), value.isFinite else { return nil }
    return value
  }
}
