import GeneratedInputs
import Testing

@testable import Lamina

/// What is wrong with a text that is not YAML, and where.
@Suite struct MalformedTextTests {
  private func diagnostic(of text: [UInt8]) -> Diagnostic? {
    var workspace = Workspace()
    let file = workspace.sources.add(path: "a", bytes: text)
    do throws(Problem) {
      _ = try YAMLReader.documents(
        ofFile: file, into: &workspace.tree, sources: workspace.sources)
      return nil
    } catch { return Diagnostic(error, in: workspace.sources) }
  }

  /// The place and the words, and the hint behind a bar.
  private func said(_ text: String) -> String {
    guard let failure = diagnostic(of: Array(text.utf8)), let location = failure.location else {
      return "nothing"
    }
    let prefix = "malformed YAML: "
    let words =
      failure.message.hasPrefix(prefix) ? failure.message.dropFirst(prefix.count) : "not malformed"
    let hint = failure.hint.map { " | \($0)" } ?? ""
    return "\(location.line):\(location.column) \(words)\(hint)"
  }

  // MARK: - Quotes

  @Test(arguments: [
    ("a: \"b\nc: d\n", "1:4 this quote is never closed"),
    ("a: b\nc: 'd\ne: f\n", "2:4 this quote is never closed"),
    ("- 'a\n- b\n", "1:3 this quote is never closed"),
    ("a: \"b\nc: \"d\"\n", "1:4 this quote is not closed on its line"),
    ("a: 'b\nc: 'd'\n", "1:4 this quote is not closed on its line"),
    ("a: [\"b, c]\nd: \"e\"\n", "1:5 this quote is not closed on its line"),
    ("{\n  \"a\": \"b,\n  \"c\": \"d\"\n}\n", "2:8 this quote is not closed on its line"),
    // A text of several lines is no mistake, nor are quotes within text.
    ("a: \"b\n  c\"\nd: [\n", "3:4 this \"[\" is never closed | add \"]\""),
    ("a: it's\nb: [c\n", "2:4 this \"[\" is never closed | add \"]\""),
    ("# it's\na: 5\" # \"\nb: [c\n", "3:4 this \"[\" is never closed | add \"]\""),
    ("a: |\n  \"b\nc: 'it''s'\nd: [e\n", "4:4 this \"[\" is never closed | add \"]\""),
    ("- a: |\n    'b\n  c: [d\n", "3:6 this \"[\" is never closed | add \"]\""),
    ("- |\n 'b\n- [d\n", "3:3 this \"[\" is never closed | add \"]\""),
    (
      "a: \"b\" c\n",
      "1:8 text follows a closing quote | write all of the value in one pair of quotes"
    ),
    (
      "a: \"\\d\"\n",
      "1:5 found unknown escape character while parsing a quoted scalar | write the backslash twice, or use single quotes"
    ),
  ])
  func quotes(text: String, words: String) {
    #expect(said(text) == words)
  }

  // MARK: - Brackets

  @Test(arguments: [
    ("a: {b: c\nd: e\n", "1:4 this \"{\" is never closed | add \"}\""),
    ("x:\n  a: {b: c\n  d: e\n", "2:6 this \"{\" is never closed | add \"}\""),
    ("a: [b, c\nd: [e]\n", "1:4 this \"[\" is never closed | add \"]\""),
    ("a: [\n  b,\n  c\nd: e\n", "1:4 this \"[\" is never closed | add \"]\""),
    ("a: [b, {c: d]\n", "1:13 expected \",\" or \"}\""),
    ("{\n  \"a\": {\"b\": 1,\n  \"c\": 2\n}\n", "2:8 this \"{\" is never closed | add \"}\""),
    ("{\n  \"a\": 1\n  \"b\": 2\n}\n", "3:3 expected \",\" or \"}\""),
    ("a: [\n  'b'\n  'c'\n]\n", "3:3 expected \",\" or \"]\""),
    ("a: ['b' 'c']\n", "1:9 expected \",\" or \"]\""),
  ])
  func brackets(text: String, words: String) {
    #expect(said(text) == words)
  }

  // MARK: - No YAML

  @Test(arguments: [
    (
      "a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> x\n",
      "2:1 a merge conflict has not been resolved | choose one side, and take out the marks"
    ),
    (
      "- a\n<<<<<<< HEAD\r\n- b\n=======\n>>>>>>> x\n",
      "2:1 a merge conflict has not been resolved | choose one side, and take out the marks"
    ),
    (
      "a: {{ .Values.b }}\n",
      "1:4 this is a template of a Helm chart, not YAML | let helm render the chart: list it under helmCharts"
    ),
    (
      "{{- if .x }}\na: b\n{{- end }}\n",
      "1:1 this is a template of a Helm chart, not YAML | let helm render the chart: list it under helmCharts"
    ),
    (
      "a: {{ x }}\n",
      "1:4 this is a template, not YAML | fill it in first, or write it in quotes to keep it as it is"
    ),
    (
      "a: b\n{% if x %}\nc: d\n",
      "2:1 this is a template, not YAML | fill it in first, or write it in quotes to keep it as it is"
    ),
    // Templates in text are none of YAML's business.
    (
      "a: \"{{ x }}\"\nb: c{{ x }}\nc: |\n  {{ x }}\nd: [e\n",
      "5:4 this \"[\" is never closed | add \"]\""
    ),
    ("a:\n\tb: c\n", "2:1 a tab cannot indent a line | use spaces"),
    ("a:\n  b: c\n \td: e\n", "3:2 a tab cannot indent a line | use spaces"),
    ("-\ta: b\n", "1:2 a tab cannot stand here | use a space"),
  ])
  func otherLanguages(text: String, words: String) {
    #expect(said(text) == words)
  }

  @Test func bytesThatAreNoText() throws {
    let failure = try #require(diagnostic(of: Array("a: b\nc: x".utf8) + [0xE9, 0x0A]))
    #expect(failure.location.map { "\($0)" } == "a:2:5")
    #expect(failure.message == "malformed YAML: the byte 0xE9 is not UTF-8")
    #expect(failure.hint == "in Latin-1 it is \"\u{e9}\"; save the file as UTF-8")
  }

  // MARK: - Fields

  @Test(arguments: [
    ("a: b\nc d\n", "2:1 \"c\" has no colon behind it | write \"c: d\""),
    ("a:\n  b 2\n  c: d\n", "2:3 \"b\" has no colon behind it | write \"b: 2\""),
    ("a: b\nc\n  d: e\n", "2:1 \"c\" has no colon behind it"),
    ("a: b\nc:d\ne: f\n", "2:1 a space is missing behind the colon | write \"c: d\""),
    ("a: b\n- c\n", "2:1 an item of a list stands among the fields of a mapping"),
    ("- a\nb: c\n", "2:1 a field stands among the items of a list"),
    ("a: b: c\n", "1:5 a value with \": \" in it must be in quotes | write \"b: c\""),
    ("- a: b\n  c: d: e\n", "2:7 a value with \": \" in it must be in quotes | write \"d: e\""),
    (
      "a: b\n  c: d\n",
      "2:3 this line is indented deeper than \"a\" above it, which has a value already"
    ),
    ("- a\n b: c\n", "2:2 this line is indented deeper than the list above it"),
    (
      "x:\n  a:\n    b: c\n   d: e\n", "4:4 this line is indented by 3, which fits no line above it"
    ),
    (
      "a: @b\n",
      "1:4 found character that cannot start any token while scanning for the next token | write the value in quotes"
    ),
    (
      "a: - b\n",
      "1:4 block sequence entries are not allowed in this context | begin the list on a line of its own"
    ),
  ])
  func fields(text: String, words: String) {
    #expect(said(text) == words)
  }

  // MARK: - Any text

  /// Each document says what is wrong with it.
  @Test func documentsFailByThemselves() throws {
    let failure = try #require(diagnostic(of: Array("a: [\n---\nb: c\n---\nd: 'e\n".utf8)))
    #expect(([failure] + failure.others).map { $0.location?.line } == [1, 5])
  }

  /// No text ends the process, and every place lies in the text.
  @Test func anyTextHasAPlace() throws {
    let samples = [
      "a: {b: [c, 'd'], \"e\": f}\r\n- g: |\n    h\n  i: >-\n   j\n# k\nl: *m\n{{ n }}\n\tq\n",
      "<<<<<<< a\n=======\n>>>>>>> b\n\"c\": 'd''e'\n%f: @g\n\u{feff}h: \u{e9}\u{2028}i: ]}\n",
      "{\n  \"a\": [1, {\"b\": \"c\\\"d\"}],\n  \"e\": null\n}\n---\nf: &g !h i\n? j\n: k\n",
    ]
    let pieces = Array("\n \t:-?'\"[]{},#|>&*!%{{}}\\\r\u{e9}".utf8)
    var random = SeededGenerator(seed: 11)
    var failures = 0
    for _ in 0..<6000 {
      var text = Array(samples[Int.random(in: 0..<samples.count, using: &random)].utf8)
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let index = Int.random(in: 0...text.count, using: &random)
        let end = min(index + Int.random(in: 0...8, using: &random), text.count)
        let new = (0..<Int.random(in: 0...3, using: &random)).map { _ in
          pieces[Int.random(in: 0..<pieces.count, using: &random)]
        }
        text.replaceSubrange(index..<end, with: new)
      }
      guard let failure = diagnostic(of: text) else { continue }
      failures += 1
      for diagnostic in [failure] + failure.notes + failure.others {
        let location = try #require(diagnostic.location)
        #expect(location.line >= 1 && location.column >= 1)
        #expect(diagnostic.excerpt != nil)
      }
    }
    #expect(failures > 1000)
  }
}
