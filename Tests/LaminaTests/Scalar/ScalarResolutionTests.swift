import Testing

@testable import Lamina

/// What go-yaml makes of plain words; numbers and timestamps have suites of their own.
@Suite struct ScalarResolutionTests {
  @Test(arguments: [
    ("true", ScalarTag.bool), ("True", .bool), ("TRUE", .bool), ("tRUE", .string),
    ("TRue", .string), ("false", .bool), ("False", .bool), ("FALSE", .bool), ("null", .null),
    ("Null", .null), ("NULL", .null), ("nuLL", .string), ("~", .null), ("~~", .string),
    ("", .null), ("yes", .string), ("no", .string), ("on", .string), ("off", .string),
    ("y", .string), ("n", .string), ("<<", .merge), ("<", .string), ("<<<", .string),
    ("truth", .string), ("nullable", .string), ("a", .string), ("é", .string),
  ])
  func resolvesWord(text: String, tag: ScalarTag) {
    let bytes = Array(text.utf8)
    #expect(ScalarTag.plain(bytes.span) == tag)
  }

  @Test(arguments: [
    ("y", ScalarTag.bool), ("Y", .bool), ("yes", .bool), ("Yes", .bool), ("YES", .bool),
    ("yES", .string), ("n", .bool), ("no", .bool), ("NO", .bool), ("on", .bool), ("On", .bool),
    ("oN", .string), ("off", .bool), ("OFF", .bool), ("true", .bool), ("null", .null),
    ("~", .null), ("", .null), ("<<", .merge), ("0o17", .integer), ("0o-17", .string),
    ("0b-1", .integer), ("12:30", .string), ("2001-01-01", .timestamp), (".inf", .float),
    ("yep", .string), ("offer", .string), ("a", .string),
  ])
  func resolvesWordOfYAML11(text: String, tag: ScalarTag) {
    let bytes = Array(text.utf8)
    #expect(ScalarTag.plainYAML11(bytes.span) == tag)
  }

  @Test(arguments: [
    ("a", true), ("<<", true), ("=", true), ("0o-17", true), ("1:60", true), ("12:3_0", true),
    ("1:", true), ("1:2:", true), ("1:2x", true), ("a1:20", true), ("", false), ("y", false),
    ("1:2", false), ("-1_0:59:5.5_", false), ("+0:0.", false), ("1", false), ("~", false),
    ("2001-01-01", false),
  ])
  func knowsWhatMayStayPlain(text: String, mayStay: Bool) {
    let bytes = Array(text.utf8)
    #expect(ScalarTag.staysStringInYAML11(bytes.span) == mayStay)
  }
}
