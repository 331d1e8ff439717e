/// What became of a text that was to be printed as a number.
enum FloatOutcome {
  case written
  /// Infinity or not-a-number: JSON has no form for it, so the reference reports an error.
  case notFinite
  case notANumber
}

/// Appends an integer in decimal, false if go-yaml v3 sees no integer in the text.
///
/// The value passes through JSON and go-yaml v2, and both keep it exactly.
func appendNormalizedInteger(_ text: Span<UInt8>, to out: inout [UInt8]) -> Bool {
  guard let value = GoInteger.parse(text) else { return false }
  appendDecimal(value, to: &out)
  return true
}

/// Appends a float as it comes out behind JSON and go-yaml v2.
///
/// Whole values below 1e21 have no point or exponent in JSON, so v2 reads them back as integers
/// if they fit 64 bits (`1e3` becomes `1000`, `-0.0` becomes `0`). Whatever stays a float is
/// printed with `strconv.FormatFloat(v, 'g', -1, 64)`. Source: go-yaml v2 `resolve.go` and
/// `encode.go`, Go's `encoding/json/encode.go`.
func appendNormalizedFloat(_ text: Span<UInt8>, to out: inout [UInt8]) -> FloatOutcome {
  guard let value = floatValue(text) else { return .notANumber }
  guard value.isFinite else { return .notFinite }
  let digits = FloatDigits(value)
  if let integer = integerBehindJSON(digits) {
    appendDecimal(integer, to: &out)
  } else {
    appendGeneral(digits, to: &out)
  }
  return .written
}

/// Appends a number as it stands in the JSON that a content hash is made of.
///
/// The hasher decodes the data it has just encoded, and `encoding/json` decodes every number to a
/// double, so integers past 2^53 lose digits. `tag` has to be `.integer` or `.float`.
/// Source: kustomize `api/hasher/hasher.go` (`getNodeValues`).
func appendJSONNumber(
  _ text: Span<UInt8>, tag: ScalarTag, to out: inout [UInt8]
) -> FloatOutcome {
  let value = tag == .integer ? GoInteger.parse(text)?.asDouble : floatValue(text)
  guard let value else { return .notANumber }
  guard value.isFinite else { return .notFinite }
  appendJSONFloat(FloatDigits(value), to: &out)
  return .written
}

/// Gives the double that go-yaml v3 decodes a float to; nil if the text is no number.
///
/// An integer may stand under an explicit `!!float` and is converted then, but only if it fits
/// 64 bits with a sign. Source: go-yaml v3 `resolve.go`, the deferred check.
func floatValue(_ text: Span<UInt8>) -> Double? {
  switch GoInteger.parse(text) {
  case .signed(let value): return Double(value)
  case .unsigned: return nil
  case nil: return GoFloat.parse(text)
  }
}

/// Appends the decimal digits of an integer.
func appendDecimal(_ value: GoInteger, to out: inout [UInt8]) {
  switch value {
  case .signed(let number): out.append(contentsOf: number.description.utf8)
  case .unsigned(let number): out.append(contentsOf: number.description.utf8)
  }
}

/// Appends a double in the form of `encoding/json`.
///
/// The exponent form begins below 1e-6 and at 1e21, and drops the zero of `e-09`.
private func appendJSONFloat(_ digits: FloatDigits, to out: inout [UInt8]) {
  if hasJSONExponent(digits) {
    let shortens = digits.scientificExponent < 0
    digits.appendScientific(minimumExponentDigits: shortens ? 1 : 2, to: &out)
  } else {
    digits.appendFixed(to: &out)
  }
}

/// `encoding/json` writes an exponent for less than 1e-6 and from 1e21 on (encode.go
/// `floatEncoder`).
private func hasJSONExponent(_ digits: FloatDigits) -> Bool {
  digits.scientificExponent < -6 || digits.scientificExponent >= 21
}

/// Gives the integer that go-yaml v2 reads in the JSON text of a double, if any.
private func integerBehindJSON(_ digits: FloatDigits) -> GoInteger? {
  guard digits.isIntegral, !hasJSONExponent(digits) else { return nil }
  var text: [UInt8] = []
  digits.appendFixed(to: &text)
  return GoInteger.parseStripped(text.span, dialect: .yaml11)
}

/// Appends Go's `'g'` form with the shortest digits.
///
/// With precision -1 the exponent form begins below 1e-4 and at 1e6 (`fmt` prints up to 1e21
/// without one, but go-yaml calls `strconv` directly).
func appendGeneral(_ digits: FloatDigits, to out: inout [UInt8]) {
  if digits.scientificExponent < -4 || digits.scientificExponent >= 6 {
    digits.appendScientific(minimumExponentDigits: 2, to: &out)
  } else {
    digits.appendFixed(to: &out)
  }
}
