import Testing

@testable import Lamina

@Suite struct GoIntegerTests {
  /// As Go's `strconv.Atoi` answers.
  @Test(arguments: [
    ("0", 0), ("007", 7), ("+3", 3), ("-1", -1), ("-0", 0), ("", nil), ("-", nil), ("+", nil),
    ("1a", nil), (" 1", nil), ("0x1", nil), ("9223372036854775807", Int.max),
    ("9223372036854775808", nil), ("-9223372036854775808", Int.min),
    ("-9223372036854775809", nil), ("99999999999999999999", nil),
  ])
  func decimal(text: String, value: Int?) {
    let bytes = Array(text.utf8)
    #expect(GoInteger.decimal(bytes.span) == value)
  }
}
