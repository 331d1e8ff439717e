import Testing

@testable import Lamina

/// Numbers as the reference printed them.
@Suite struct NumberTextTests {
  /// Everything go-yaml v3 reads as an integer.
  static let integers: [(text: String, printed: String)] = [
    ("0", "0"),
    ("-0", "0"),
    ("+0", "0"),
    ("00", "0"),
    ("1", "1"),
    ("+1", "1"),
    ("-1", "-1"),
    ("007", "7"),
    ("017", "15"),
    ("-017", "-15"),
    ("0o17", "15"),
    ("-0o17", "-15"),
    ("0o-17", "-15"),
    ("0o+17", "15"),
    ("0O17", "15"),
    ("0x1F", "31"),
    ("0X1f", "31"),
    ("-0x1F", "-31"),
    ("0b101", "5"),
    ("0B101", "5"),
    ("-0b101", "-5"),
    ("0b-101", "-5"),
    ("1_000", "1000"),
    ("1__0_", "10"),
    ("0_x1F", "31"),
    ("9223372036854775807", "9223372036854775807"),
    ("9223372036854775808", "9223372036854775808"),
    ("18446744073709551615", "18446744073709551615"),
    ("-9223372036854775808", "-9223372036854775808"),
    ("+9223372036854775807", "9223372036854775807"),
    ("0777777777777777777777", "9223372036854775807"),
    ("0xffff_ffff_ffff_ffff", "18446744073709551615"),
  ]

  /// Everything it reads as a float; some become integers behind JSON.
  static let floats: [(text: String, printed: String)] = [
    ("0.0", "0"),
    ("-0.0", "0"),
    ("1.0", "1"),
    ("1.", "1"),
    (".5", "0.5"),
    ("+.5", "0.5"),
    ("-.5", "-0.5"),
    ("1.5", "1.5"),
    ("1.50", "1.5"),
    ("1_0.5", "10.5"),
    (".5_0", "0.5"),
    ("08", "8"),
    ("1e3", "1000"),
    ("1E+3", "1000"),
    ("1e-3", "0.001"),
    ("-1e3", "-1000"),
    ("1e20", "1e+20"),
    ("1e21", "1e+21"),
    ("1e19", "10000000000000000000"),
    ("-1e19", "-1e+19"),
    ("1.8446744073709552e19", "1.8446744073709552e+19"),
    ("1.2345678901234567e19", "12345678901234567000"),
    ("1.5e300", "1.5e+300"),
    ("1.7976931348623157e308", "1.7976931348623157e+308"),
    ("5e-324", "5e-324"),
    ("1e-400", "0"),
    ("1e-6", "1e-06"),
    ("1e-7", "1e-07"),
    ("0.0001", "0.0001"),
    ("0.00001", "1e-05"),
    ("100000.5", "100000.5"),
    ("1234567.5", "1.2345675e+06"),
    ("123456789.123456789", "1.2345678912345679e+08"),
    ("3.14159265358979323846", "3.141592653589793"),
    ("18446744073709551616", "1.8446744073709552e+19"),
    ("+9223372036854775808", "9223372036854776000"),
    ("-9223372036854775809", "-9.223372036854776e+18"),
    ("0777777777777777777777777", "7.777777777777778e+23"),
    ("0.000001234", "1.234e-06"),
    ("12345678.0", "12345678"),
    ("1e15", "1000000000000000"),
    ("123456789012345678901234567890", "1.2345678901234568e+29"),
  ]

  /// What looks like a number but is text.
  static let words = [
    "0b", "0x", "0o8", "0b2", "0xg", "+-1", "-0b-1",
    "0b1111111111111111111111111111111111111111111111111111111111111111111",
    "-0xffffffffffffffff", "1e400", "-1e400", "1e", "1e+", ".", ".e1", ".5__0", ".5_", "._5",
    "..5", "1.2.3", "0x1p4", "+.nan", "-.nan", "infinity", "nan", "+", "-", "+_", "1e3x",
    ".5e400", "1,5", "0x-1",
  ]

  @Test(arguments: integers)
  func printsInteger(text: String, printed: String) {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    #expect(ScalarTag.plain(bytes.span) == .integer)
    let isWritten = appendNormalizedInteger(bytes.span, to: &out)
    #expect(isWritten)
    #expect(String(decoding: out, as: UTF8.self) == printed)
  }

  @Test(arguments: floats)
  func printsFloat(text: String, printed: String) {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    #expect(ScalarTag.plain(bytes.span) == .float)
    #expect(appendNormalizedFloat(bytes.span, to: &out) == .written)
    #expect(String(decoding: out, as: UTF8.self) == printed)
  }

  @Test(arguments: words)
  func leavesText(text: String) {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    #expect(ScalarTag.plain(bytes.span) == .string)
    let isInteger = appendNormalizedInteger(bytes.span, to: &out)
    #expect(!isInteger)
    #expect(appendNormalizedFloat(bytes.span, to: &out) == .notANumber)
    #expect(out.isEmpty)
  }

  @Test(arguments: [".inf", ".Inf", ".INF", "+.inf", "-.Inf", ".nan", ".NaN", ".NAN"])
  func refusesWhatJSONCannotHold(text: String) {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    #expect(ScalarTag.plain(bytes.span) == .float)
    #expect(appendNormalizedFloat(bytes.span, to: &out) == .notFinite)
    #expect(appendJSONNumber(bytes.span, tag: .float, to: &out) == .notFinite)
    #expect(out.isEmpty)
  }

  /// An integer under `!!float` becomes a double, unless it needs all 64 bits.
  @Test func convertsIntegerToFloat() {
    let hex = Array("0x10".utf8)
    let large = Array("18446744073709551615".utf8)
    #expect(floatValue(hex.span) == 16)
    #expect(floatValue(large.span) == nil)
  }

  @Test(arguments: [
    ("1", ScalarTag.integer, "1"),
    ("0x10", .integer, "16"),
    ("-0", .integer, "0"),
    ("9007199254740993", .integer, "9007199254740992"),
    ("18446744073709551615", .integer, "18446744073709552000"),
    ("1.50", .float, "1.5"),
    ("-0.0", .float, "-0"),
    ("1e20", .float, "100000000000000000000"),
    ("1e21", .float, "1e+21"),
    ("0.000001", .float, "0.000001"),
    ("0.0000001", .float, "1e-7"),
    ("1.5e-10", .float, "1.5e-10"),
    ("1e-324", .float, "0"),
  ])
  func printsJSONNumber(text: String, tag: ScalarTag, printed: String) {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    #expect(appendJSONNumber(bytes.span, tag: tag, to: &out) == .written)
    #expect(String(decoding: out, as: UTF8.self) == printed)
  }
}
