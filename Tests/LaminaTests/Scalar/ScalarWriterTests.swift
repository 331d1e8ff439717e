import Testing

@testable import Lamina

/// Strings as the reference printed them behind `v:` in a mapping at column 2.
@Suite struct ScalarWriterTests {
  /// No other meaning, no character in the way.
  static let plain: [(text: String, printed: String)] = [
    ("word", " word\n"),
    ("a", " a\n"),
    ("a-b", " a-b\n"),
    ("a.b/c_d", " a.b/c_d\n"),
    ("yEs", " yEs\n"),
    ("tRUE", " tRUE\n"),
    ("nope", " nope\n"),
    ("Offer", " Offer\n"),
    ("yesterday", " yesterday\n"),
    ("a b", " a b\n"),
    ("a  b", " a  b\n"),
    ("a:b", " a:b\n"),
    ("a :b", " a :b\n"),
    ("a#b", " a#b\n"),
    ("-a", " -a\n"),
    ("?a", " ?a\n"),
    (":a", " :a\n"),
    ("..", " ..\n"),
    ("=", " =\n"),
    ("<<", " <<\n"),
    ("a\\b", " a\\b\n"),
    ("a\"b", " a\"b\n"),
    ("it's", " it's\n"),
    ("$a", " $a\n"),
    ("1.2.3", " 1.2.3\n"),
    ("10.0.0.1", " 10.0.0.1\n"),
    ("0o-7", " 0o-7\n"),
    ("0xg", " 0xg\n"),
    ("1e400", " 1e400\n"),
    ("8080/tcp", " 8080/tcp\n"),
    ("100m", " 100m\n"),
    ("._5", " ._5\n"),
    (".5_", " .5_\n"),
    ("1:60", " 1:60\n"),
    ("12:30:45x", " 12:30:45x\n"),
    ("2001-02-29", " 2001-02-29\n"),
    ("2001-01", " 2001-01\n"),
    ("é", " é\n"),
    ("日本語", " 日本語\n"),
    ("\u{FFFD}", " \u{FFFD}\n"),
    ("\u{E000}", " \u{E000}\n"),
    ("\u{200B}", " \u{200B}\n"),
  ]

  /// Texts that YAML 1.1 reads as something else.
  static let doubleQuotedWords: [(text: String, printed: String)] = [
    ("", " \"\"\n"),
    ("y", " \"y\"\n"),
    ("Y", " \"Y\"\n"),
    ("yes", " \"yes\"\n"),
    ("YES", " \"YES\"\n"),
    ("no", " \"no\"\n"),
    ("On", " \"On\"\n"),
    ("off", " \"off\"\n"),
    ("n", " \"n\"\n"),
    ("N", " \"N\"\n"),
    ("true", " \"true\"\n"),
    ("FALSE", " \"FALSE\"\n"),
    ("null", " \"null\"\n"),
    ("Null", " \"Null\"\n"),
    ("~", " \"~\"\n"),
    ("0", " \"0\"\n"),
    ("-1", " \"-1\"\n"),
    ("+1", " \"+1\"\n"),
    ("017", " \"017\"\n"),
    ("08", " \"08\"\n"),
    ("0x1F", " \"0x1F\"\n"),
    ("0o17", " \"0o17\"\n"),
    ("0b11", " \"0b11\"\n"),
    ("0b-1", " \"0b-1\"\n"),
    ("1_000", " \"1_000\"\n"),
    ("1.5", " \"1.5\"\n"),
    (".5", " \".5\"\n"),
    (".5_0", " \".5_0\"\n"),
    ("1e3", " \"1e3\"\n"),
    (".inf", " \".inf\"\n"),
    ("-.Inf", " \"-.Inf\"\n"),
    ("+.INF", " \"+.INF\"\n"),
    (".NaN", " \".NaN\"\n"),
    ("12:30", " \"12:30\"\n"),
    ("-1:30.5", " \"-1:30.5\"\n"),
    ("1_0:59", " \"1_0:59\"\n"),
    ("2001-01-01", " \"2001-01-01\"\n"),
    ("2001-1-1", " \"2001-1-1\"\n"),
    ("2001-01-01T00:00:00Z", " \"2001-01-01T00:00:00Z\"\n"),
    ("2001-01-01 1:2:3", " \"2001-01-01 1:2:3\"\n"),
    ("18446744073709551616", " \"18446744073709551616\"\n"),
  ]

  /// Texts whose characters would mean something else.
  static let singleQuoted: [(text: String, printed: String)] = [
    ("-", " '-'\n"),
    ("- a", " '- a'\n"),
    ("---", " '---'\n"),
    ("--- a", " '--- a'\n"),
    ("---a", " '---a'\n"),
    ("...", " '...'\n"),
    ("?", " '?'\n"),
    ("? a", " '? a'\n"),
    (":", " ':'\n"),
    ("a:", " 'a:'\n"),
    ("a: b", " 'a: b'\n"),
    ("#", " '#'\n"),
    ("# a", " '# a'\n"),
    ("a #b", " 'a #b'\n"),
    (",a", " ',a'\n"),
    ("[a", " '[a'\n"),
    ("{}", " '{}'\n"),
    ("&a", " '&a'\n"),
    ("*a", " '*a'\n"),
    ("!a", " '!a'\n"),
    ("|", " '|'\n"),
    (">", " '>'\n"),
    ("'a'", " '''a'''\n"),
    ("\"a\"", " '\"a\"'\n"),
    ("%a", " '%a'\n"),
    ("@a", " '@a'\n"),
    ("`a", " '`a'\n"),
    (" ", " ' '\n"),
    ("  ", " '  '\n"),
    (" a", " ' a'\n"),
    ("a ", " 'a '\n"),
    ("a\u{2028}b", " 'a\u{2028}    b'\n"),
    ("\u{2028}", " '\u{2028}'\n"),
    ("a\u{2028}", " 'a\u{2028}'\n"),
    ("é: b", " 'é: b'\n"),
    ("2001-01-01 ", " '2001-01-01 '\n"),
  ]

  /// Texts with characters that only double quotes can hold.
  static let escaped: [(text: String, printed: String)] = [
    ("a\tb", " \"a\\tb\"\n"),
    ("\t", " \"\\t\"\n"),
    ("\u{0}", " \"\\0\"\n"),
    ("\u{7}\u{8}\u{B}\u{C}\r\u{1B}\u{1F}", " \"\\a\\b\\v\\f\\r\\e\\x1F\"\n"),
    ("\u{1F600}", " \"\\U0001F600\"\n"),
    ("\u{10FFFF}", " \"\\U0010FFFF\"\n"),
    ("\u{FEFF}", " \"\\uFEFF\"\n"),
    ("\u{FEFF}a b", " \"\\uFEFF\\x61\\x20\\x62\"\n"),
    ("a\u{FEFF}b", " \"a\\uFEFFb\"\n"),
    ("a \u{2028}b", " \"a \\Lb\"\n"),
    ("\u{2028} a", " \"\\L a\"\n"),
    ("a \nb", " \"a \\nb\"\n"),
    ("a\n ", " \"a\\n \"\n"),
    ("a\rb\nc", " \"a\\rb\\nc\"\n"),
    ("\u{1F600}\n", " \"\\U0001F600\\n\"\n"),
  ]

  /// Texts with line feeds.
  static let literal: [(text: String, printed: String)] = [
    ("a\nb", " |-\n    a\n    b\n"),
    ("a\nb\n", " |\n    a\n    b\n"),
    ("a\n\n", " |+\n    a\n\n"),
    ("\n", " |2+\n\n"),
    ("\n\n", " |2+\n\n\n"),
    ("\na", " |2-\n\n    a\n"),
    (" a\nb", " |2-\n     a\n    b\n"),
    ("a\n b", " |-\n    a\n     b\n"),
    ("a\n\n\nb\n\n", " |+\n    a\n\n\n    b\n\n"),
    ("# a\nb", " |-\n    # a\n    b\n"),
    ("a\n\u{2028}b", " |-\n    a\n\u{2028}    b\n"),
    ("é\n日\n", " |\n    é\n    日\n"),
  ]

  /// Texts longer than a line; `«a×3»` stands for `aaa`.
  static let folded: [(text: String, printed: String)] = [
    ("«word ×23»word", " «word ×15»word\n    word word word word word word word word\n"),
    ("«a×76» b c", " «a×76»\n    b c\n"),
    ("«a×77» b c", " «a×77»\n    b c\n"),
    ("«a×78»  b c", " «a×78»  b\n    c\n"),
    ("«é×77» b c", " «é×77»\n    b c\n"),
    ("«a×90»", " «a×90»\n"),
    (" «a×75» b", " ' «a×75»\n    b'\n"),
    (" «a×74» b", " ' «a×74»\n    b'\n"),
    ("# «word ×24»", " '# «word ×14»word\n    word word word word word word word word word '\n"),
    ("«'×39» b '", " «'×79»\n    b '''\n"),
    (" «a×80» ", " ' «a×80» '\n"),
    ("\u{2028}«a ×45»b", " '\u{2028}    «a ×38»a\n    a a a a a a b'\n"),
    (
      "\t«word ×23»word",
      " \"\\t«word ×14»word\n    word word word word word word word word word\"\n"
    ),
    ("\t«a×73» b", " \"\\t«a×73»\n    b\"\n"),
    ("\t«a×72» b", " \"\\t«a×72» b\"\n"),
    ("\t«a×80»   b", " \"\\t«a×80»\n    \\  b\"\n"),
    ("\t«a×80» ", " \"\\t«a×80» \"\n"),
    ("«\u{1}×19»  b c", " \"«\\x01×19»\n    \\ b c\"\n"),
  ]

  @Test(arguments: plain + doubleQuotedWords + singleQuoted)
  func printsShortText(text: String, printed: String) {
    #expect(value(text) == printed)
  }

  @Test(arguments: escaped + literal)
  func printsOddText(text: String, printed: String) {
    #expect(value(text) == printed)
  }

  @Test(arguments: folded)
  func foldsLongText(text: String, printed: String) {
    #expect(value(expanded(text)) == expanded(printed))
  }

  /// Where a value stands decides where its further lines begin and when it is folded.
  @Test func followsIndentAndColumn() {
    #expect(value("a\nb", indent: 0, column: 1) == " |-\n  a\n  b\n")
    #expect(value(" a\nb\n", indent: 8, column: 9) == " |2\n           a\n          b\n")
    let text = String(repeating: "a", count: 60) + " b c"
    let folded = String(repeating: "a", count: 60) + " b\n                      c"
    #expect(value(text, indent: 20, column: 17) == " \(text)\n")
    #expect(value(text, indent: 20, column: 18) == " \(folded)\n")
  }

  @Test(arguments: [
    ("a", "a"),
    ("", "\"\""),
    ("yes", "\"yes\""),
    ("1", "\"1\""),
    ("- a", "'- a'"),
    ("a: b", "'a: b'"),
    ("a ", "'a '"),
    ("a\tb", "\"a\\tb\""),
    ("\u{1F600}", "\"\\U0001F600\""),
    ("é", "é"),
    ("\"a\"", "'\"a\"'"),
    ("it's", "it's"),
    (
      "\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"",
      "'\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"'"
    ),
    (
      "word word word word word word word word word word word word ",
      "'word word word word word word word word word word word word '"
    ),
  ])
  func printsSimpleKey(key: String, printed: String) {
    let bytes = Array(key.utf8)
    var out: [UInt8] = []
    ScalarWriter.appendSimpleKey(bytes.span, to: &out)
    #expect(String(decoding: out, as: UTF8.self) == printed)
    let isSimple = ScalarWriter.isSimpleKey(bytes.span)
    #expect(isSimple)
  }

  @Test func refusesLongKeysAndKeysOfSeveralLines() {
    let keys = [
      String(repeating: "k", count: 129), String(repeating: "é", count: 65), "a\nb", "a\u{2028}b",
      "a\r",
    ]
    for key in keys {
      let bytes = Array(key.utf8)
      let isSimple = ScalarWriter.isSimpleKey(bytes.span)
      #expect(!isSimple, "\(key)")
    }
  }

  /// Bytes that are no UTF-8 become U+FFFD each, and U+0085 is folded like a line break.
  @Test func printsWhatJSONLeaves() {
    #expect(value(bytes: [0x61, 0xFF, 0xE2, 0x82, 0x62]) == " a\u{FFFD}\u{FFFD}\u{FFFD}b\n")
    #expect(value("a\u{85}b") == " a b\n")
    #expect(value("a \u{85} \u{85} b") == " |-\n    a\n    b\n")
  }

  private func expanded(_ text: String) -> String {
    var out = ""
    for piece in text.split(separator: "«", omittingEmptySubsequences: false) {
      let parts = piece.split(separator: "»", maxSplits: 1, omittingEmptySubsequences: false)
      let run = parts[0].split(separator: "×")
      if parts.count == 2, run.count == 2 {
        out += String(repeating: String(run[0]), count: Int(run[1]) ?? 0) + parts[1]
      } else {
        out += piece
      }
    }
    return out
  }

  private func value(_ text: String, indent: Int = 2, column: Int = 4) -> String {
    value(bytes: Array(text.utf8), indent: indent, column: column)
  }

  private func value(bytes: [UInt8], indent: Int = 2, column: Int = 4) -> String {
    var out: [UInt8] = []
    ScalarWriter.appendValue(bytes.span, indent: indent, column: column, to: &out)
    return String(decoding: out, as: UTF8.self)
  }
}
