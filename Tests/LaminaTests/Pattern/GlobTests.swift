import Testing

@testable import Pattern

/// What globs match, in texts without parts and in paths.
@Suite struct GlobTests {
  typealias Row = (glob: String, matching: [String], other: [String])

  static let texts: [Row] = [
    ("", [""], ["a"]),
    ("ab", ["ab"], ["a", "abc", "AB", "xab"]),
    ("*", ["", "a", "a/b"], []),
    ("**", ["", "a/b"], []),
    ("a*", ["a", "ab", "a/b"], ["ba", ""]),
    ("*a", ["a", "ba"], ["ab"]),
    ("a*a", ["aa", "aba", "aaa"], ["a", "ab"]),
    ("a*b*c", ["abc", "aXbYc"], ["acb", "ab"]),
    ("a*bc*c", ["abcbc", "abcc"], ["abc"]),
    ("checksum/*", ["checksum/config", "checksum/"], ["checksum", "x/checksum/a"]),
    ("?", ["a", "é", "/"], ["", "ab"]),
    ("a?c*", ["abc", "aécd"], ["ac", "abd"]),
    (#"\*"#, ["*"], ["x", #"\*"#]),
    (#"\?"#, ["?"], ["x"]),
    (#"\\"#, [#"\"#], [#"\\"#]),
    (#"\a"#, ["a"], [#"\a"#]),
    (#"a\"#, [#"a\"#], ["a"]),
    ("[a].{b}", ["[a].{b}"], ["a.b"]),
    // The same to a reader, but not the same code points.
    ("é", ["\u{E9}"], ["e\u{301}"]),
  ]

  @Test(arguments: texts)
  func text(row: Row) {
    for text in row.matching { #expect(Glob(row.glob).matches(text), "\(row.glob) and \(text)") }
    for text in row.other { #expect(!Glob(row.glob).matches(text), "\(row.glob) and \(text)") }
  }

  static let paths: [Row] = [
    ("a/b", ["a/b"], ["a", "a/b/c", "b"]),
    ("*", ["a", "."], ["a/b"]),
    ("a/*", ["a/b"], ["a", "a/b/c"]),
    ("a?c", ["abc"], ["a/c"]),
    ("overlays/*/web-?", ["overlays/prod/web-1"], ["overlays/web-1", "overlays/a/b/web-1"]),
    ("**", ["a", "a/b/c"], []),
    ("a/**", ["a/b", "a/b/c"], ["a", "b/a"]),
    ("**/b", ["b", "a/b", "a/a/b"], ["a/b/c", "ab"]),
    ("a/**/b", ["a/b", "a/x/b", "a/x/y/b", "a/b/b"], ["a/x", "a/b/x", "ab"]),
    ("**/a/**/b", ["a/b", "x/a/y/b"], ["x/b", "a/x"]),
    ("a/**/**", ["a/b"], ["a"]),
    ("a**b", ["ab", "axb"], ["a/b"]),
    (#"a\*/b"#, ["a*/b"], ["ax/b"]),
    ("a\nb/*", ["a\nb/c"], ["a"]),
  ]

  @Test(arguments: paths)
  func path(row: Row) {
    let glob = Glob(row.glob, separator: "/")
    for text in row.matching { #expect(glob.matches(text), "\(row.glob) and \(text)") }
    for text in row.other { #expect(!glob.matches(text), "\(row.glob) and \(text)") }
  }

  /// With a star for each letter, trying all ways of sharing the text out would take years.
  @Test func manyStarsTakeNoLongTime() {
    let glob = Glob(String(repeating: "a*", count: 200) + "b")
    #expect(!glob.matches(String(repeating: "a", count: 2000)))
    let path = Glob(String(repeating: "**/a/", count: 50) + "b", separator: "/")
    #expect(!path.matches(String(repeating: "a/", count: 500) + "c"))
  }
}
