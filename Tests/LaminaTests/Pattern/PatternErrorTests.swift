import Testing

@testable import Pattern

/// What patterns are refused, and in which words. Every row agrees with Go's `regexp.Compile`.
@Suite struct PatternErrorTests {
  typealias Row = (pattern: String, words: String)

  static let refused: [Row] = [
    ("[", "missing closing ]: `[`"), ("x[a-", "missing closing ]: `[a-`"),
    ("[]", "missing closing ]: `[]`"), ("[^]", "missing closing ]: `[^]`"),
    ("(a", "missing closing ): `(a`"), ("x(?i", "invalid or unsupported Perl syntax: `(?i`"),
    ("a)b", "unexpected ): `a)b`"), ("*a", "missing argument to repetition operator: `*`"),
    ("a|+?", "missing argument to repetition operator: `+?`"),
    ("(?i)*", "missing argument to repetition operator: `*`"),
    ("({2}", "missing argument to repetition operator: `{2}`"),
    ("a**", "invalid nested repetition operator: `**`"),
    ("a+?{2}?", "invalid nested repetition operator: `+?{2}?`"),
    ("a{1001}", "invalid repeat count: `{1001}`"), ("a{2,1}", "invalid repeat count: `{2,1}`"),
    ("a{99999999999999999999}", "invalid repeat count: `{99999999999999999999}`"),
    ("(a{100}){11}?b", "invalid repeat count: `{11}?`"),
    ("[b-a]", "invalid character class range: `b-a`"),
    ("[[:foo:]]", "invalid character class range: `[:foo:]`"),
    (#"\pX"#, #"invalid character class range: `\pX`"#),
    (#"\p"#, #"invalid character class range: `\p`"#),
    (#"\p{}x"#, #"invalid character class range: `\p{}`"#),
    (#"\p{Lu"#, #"invalid character class range: `\p{Lu`"#),
    (#"a\"#, "trailing backslash at end of expression: ``"),
    (#"\C"#, #"invalid escape sequence: `\C`"#), (#"a\1b"#, #"invalid escape sequence: `\1`"#),
    (#"\Z"#, #"invalid escape sequence: `\Z`"#), (#"\é"#, #"invalid escape sequence: `\é`"#),
    (#"\x4"#, #"invalid escape sequence: `\x4`"#),
    (#"\x{110000}"#, #"invalid escape sequence: `\x{110000`"#),
    (#"\x{}"#, #"invalid escape sequence: `\x{}`"#),
    (#"[a-\d]"#, #"invalid escape sequence: `\d`"#), (#"[\b]"#, #"invalid escape sequence: `\b`"#),
    ("(?P<é>a)", "invalid named capture: `(?P<é>`"), ("(?<n", "invalid named capture: `(?<n`"),
    ("(?P<>a)", "invalid named capture: `(?P<>`"),
    ("(?P=n)", "invalid or unsupported Perl syntax: `(?P`"),
    ("(?=a)", "invalid or unsupported Perl syntax: `(?=`"),
    ("(?<", "invalid or unsupported Perl syntax: `(?<`"),
    ("(?i-)", "invalid or unsupported Perl syntax: `(?i-)`"),
    ("(?'n'a)", "invalid or unsupported Perl syntax: `(?'`"),
  ]

  @Test(arguments: refused)
  func refusal(row: Row) {
    #expect(PatternFixture.refusal(row.pattern) == "error parsing regexp: \(row.words)")
  }

  static let accepted = [
    "(?P<n1>a)(?<_2>b)", "(?i-s)a", "(?:a)(?U:b)(?)", #"\_\-\/\"\ "#, #"\0\08\123\777"#,
    #"\x41\x{1F600}\x{d800}"#, #"\a\f\n\r\t\v"#, "a{1000}", "(?:a{500}){2}", "(?:a{500}){0}",
    "x{2}{", "^*$+", "(|)", "a||b", "[a-c-e]", #"\Q\"#,
  ]

  @Test(arguments: accepted)
  func acceptance(pattern: String) {
    #expect(PatternFixture.refusal(pattern) == nil)
  }

  static let invalidUTF8: [[UInt8]] = [
    [0xFF], [0x61, 0xC3], [0x5B, 0xFF, 0x5D], [0x5C, 0xFF], [0x5C, 0x51, 0xFF], [0x28, 0x3F, 0xFF],
  ]

  @Test(arguments: invalidUTF8)
  func refusalOfInvalidUTF8(bytes: [UInt8]) {
    #expect(PatternFixture.refusal(bytes)?.hasPrefix("error parsing regexp: invalid UTF-8") == true)
  }

  @Test func scriptsAreRefusedWithARemark() {
    #expect(
      PatternFixture.refusal(#"\p{Greek}"#)
        == #"error parsing regexp: invalid character class range: `\p{Greek}`"#
        + " (scripts are not supported, general categories are)")
  }
}
