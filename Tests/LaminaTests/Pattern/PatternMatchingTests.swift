import Testing

@testable import Pattern

/// What patterns match. Every row agrees with Go's `regexp.MatchString`.
@Suite struct PatternMatchingTests {
  typealias Row = (pattern: String, text: String, result: Bool)

  static let literals: [Row] = [
    ("", "", true), ("", "a", true), ("a", "", false), ("b", "abc", true), ("bc$", "abc", true),
    ("^b", "abc", false), ("^abc$", "abc", true), ("^abc$", "abcd", false), ("^ab", "abc", true),
    ("a$", "ab", false), ("^$", "", true), ("^$", "a", false), ("a$b", "ab", false),
    ("a^b", "ab", false), ("^^a$$", "a", true), ("$a", "a", false), ("()a", "a", true),
    (#"a\.b"#, "a.b", true), (#"a\.b"#, "axb", false), ("a{", "a{", true), ("a{,2}", "a{,2}", true),
    ("a{01}", "a{01}", true), (#"\Qa*b\E+"#, "a*bb", true), (#"a\Q\E*$"#, "", true),
    (#"\Q(["#, "x([y", true), ("]", "]", true), ("}", "}", true), ("é", "café", true),
    ("^(?:Deployment)$", "Deployment", true), ("^(?:Deployment)$", "Deployments", false),
  ]

  static let images: [Row] = {
    let image = "^nginx(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$"
    return [
      (image, "nginx", true), (image, "nginx:1.2", true), (image, "nginx:1@sha256:abc", true),
      (image, "nginx@sha256:abc", true), (image, "nginx-x", false), (image, "xnginx", false),
      (image, "nginx:1/2", false), ("^(?:my-.*|dev-[0-9]+)$", "my-app", true),
      ("^(?:my-.*|dev-[0-9]+)$", "dev-1", true), ("^(?:my-.*|dev-[0-9]+)$", "dev-x", false),
      ("Deploy|State", "StatefulSet", true), ("^(?:)$", "a", false),
    ]
  }()

  static let classes: [Row] = [
    ("^[a-c]+$", "abc", true), ("^[^a-c]+$", "abc", false), ("^[]a]+$", "]a", true),
    ("[^]a]", "]a", false), ("^[a-]+$", "a-", true), ("^[-a]+$", "a-", true),
    (#"^[\d-z]+$"#, "1-z", true), (#"^[\d-z]+$"#, "y", false), ("^[[:alpha:]_]+$", "a_", true),
    ("^[[:^alpha:]]+$", "12", true), ("^[[:alpha]+$", "[:alph", true), ("[[:x]", ":", true),
    (#"^[\x41-\x43]+$"#, "ABC", true), ("[^a]", "\n", true), (#"\s"#, "\u{B}", false),
    ("[[:space:]]", "\u{B}", true), (#"^\w+$"#, "aZ_9", true), (#"\w"#, "é", false),
    (#"^\W\D\S$"#, "é-x", true), (#"^\pL+$"#, "aéσ漢", true), (#"^\PL+$"#, "a", false),
    (#"\p{Lu}"#, "é", false), (#"\p{Lu}"#, "É", true), (#"\p{^Lu}"#, "É", false),
    (#"\P{^Lu}"#, "É", true), (#"\p{Uppercase_Letter}"#, "É", true), (#"\p{nd}"#, "٣", true),
    (#"\p{Any}"#, "a", true), (#"\P{Assigned}"#, "a", false), (#"\p{ASCII}"#, "é", false),
    (#"[^\x00-\x{10FFFF}]"#, "a", false), (#"[\x{1F600}-\x{1F64F}]"#, "😀", true),
    (#"[\w-]"#, "-", true), ("[.]", "a", false),
  ]

  static let assertions: [Row] = [
    (".", "\n", false), ("(?s).", "\n", true), ("(?s-s).", "\n", false), ("a$", "a\n", false),
    ("(?m)a$", "a\nb", true), ("(?m)^b", "a\nb", true), ("^b", "a\nb", false),
    (#"(?m)\Ab"#, "a\nb", false), (#"(?m)a\z"#, "a\nb", false), (#"\bfoo\b"#, "a foo b", true),
    (#"\bfoo\b"#, "afoo", false), (#"\Bfoo"#, "afoo", true), (#"\b"#, "é", false),
    (#"^\B$"#, "", true), ("^*a", "ba", true), (#"(?:\b)+a"#, "a", true), ("(^|a)b", "xab", true),
    ("(^|a)b", "xb", false), ("(?m)^$", "a\n\nb", true), ("(?m)$^", "a", false),
  ]

  static let repetitions: [Row] = [
    ("^a*$", "", true), ("^a+$", "", false), ("^a+$", "aaa", true), ("^a?b$", "b", true),
    ("^a{2}$", "aa", true), ("^a{2}$", "aaa", false), ("^a{2,}$", "aaaa", true),
    ("^a{2,}$", "a", false), ("^a{2,3}$", "aaaa", false), ("^a{0,2}$", "", true),
    ("^a{0}$", "a", false), ("^(?:a{0,2}){2}$", "aaaa", true), ("^(?:a{0,2}){2}$", "aaaaa", false),
    ("^(ab|c)*?d$", "abcabd", true), ("^(?U)a+?$", "aa", true), ("^(?:a*)*$", "b", false),
    ("^(?:a|b*|)+$", "abba", true), ("^(|a)+$", "aa", true), ("^a*(?i)*$", "aa", true),
    ("^(?:){3}$", "", true), ("^(a|ab)(c|bcd)$", "abcd", true), ("^(a|ab)(c|bcd)$", "abd", false),
  ]

  static let cases: [Row] = [
    ("(?i)deployment", "DEPLOYMENT", true), ("(?i:a)b", "AB", false), ("(?i)k", "\u{212A}", true),
    ("(?i)\u{212A}", "k", true), ("(?i)s", "\u{17F}", true), ("(?i)[r-t]", "\u{17F}", true),
    ("(?i)σ", "ς", true), ("(?i)ß", "ẞ", true), ("(?i)ß", "ss", false), ("(?i)i", "İ", false),
    ("(?i)i", "ı", false), ("(?i)ǆ", "ǅ", true), ("(?i)[^a]", "A", false),
    (#"(?i)\W"#, "\u{17F}", false), (#"(?i)[^\W]"#, "\u{212A}", true), (#"(?i)\p{Lu}"#, "a", true),
    (#"(?i)\P{Lu}"#, "a", false), ("(?i)a(?-i)b", "AB", false), ("(?i)a(?-i)b", "Ab", true),
    ("((?i)a)b", "AB", false), ("(?i)[[:^upper:]]", "a", false), ("(?i)é", "É", true),
  ]

  @Test(arguments: [literals, images, classes, assertions, repetitions, cases].joined())
  func matches(row: Row) throws {
    #expect(try PatternFixture.matches(row.pattern, row.text) == row.result)
  }

  static let invalidTexts: [(pattern: String, text: [UInt8], result: Bool)] = [
    ("^.$", [0xFF], true), ("^.$", [0xC3], true), ("^..$", [0xE2, 0x82], true),
    ("^.{3}$", [0xED, 0xA0, 0x80], true), ("^.{4}$", [0xF4, 0x90, 0x80, 0x80], true),
    ("^..$", [0xC0, 0x80], true), (#"^\x{FFFD}$"#, [0xFF], true), ("^\u{FFFD}$", [0xFF], true),
    (#"^\x{FFFD}$"#, [0xEF, 0xBF, 0xBD], true), ("[^a]", [0x80], true), (#"\w"#, [0xFF], false),
    ("^ab", [0x61, 0xFF, 0x62], false), ("^a.b$", [0x61, 0xFF, 0x62], true),
  ]

  @Test(arguments: invalidTexts)
  func invalidText(row: (pattern: String, text: [UInt8], result: Bool)) throws {
    #expect(try PatternFixture.matches(row.pattern, row.text) == row.result)
  }
}
