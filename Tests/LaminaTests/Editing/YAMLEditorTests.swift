import LaminaEditing
import Testing

struct YAMLEditorTests {
  private func edited(
    _ text: String, _ edit: (inout YAMLEditor) throws -> Void
  ) throws -> String {
    var editor = try YAMLEditor(Array(text.utf8))
    try edit(&editor)
    return String(decoding: editor.bytes, as: UTF8.self)
  }

  @Test(arguments: [
    ("a: x # c\n", "a: y1 # c\n"), ("a: 'x'\n", "a: 'y1'\n"), ("a: \"x\"\n", "a: \"y1\"\n"),
    ("a:\n", "a: y1\n"), ("a: # c\n", "a: y1 # c\n"), ("a: ~\n", "a: y1\n"), ("{a: x}", "{a: y1}"),
    ("{\"a\":\"x\"}\n", "{\"a\":\"y1\"}\n"), ("? a\n: x\n", "? a\n: y1\n"),
    ("'a' : x\n", "'a' : y1\n"),
    ("a: |\n  x\n# c\n", "a: y1\n# c\n"), ("a: &b x\n", "a: &b y1\n"), ("b: 1\n", "b: 1\na: y1\n"),
    ("", "a: y1\n"), ("# c", "# c\na: y1"), ("{}\n", "{a: y1}\n"), ("a: !!int 3\n", "a: y1\n"),
    ("a: [1, 2] # c\n", "a: y1 # c\n"), ("a:\n- 1\n", "a: y1\n"),
  ])
  func setsAText(_ text: String, expected: String) throws {
    #expect(try edited(text) { try $0.set(.string("y1"), at: ["a"]) } == expected)
  }

  @Test(arguments: [
    ("1.10", "\"1.10\""), ("on", "\"on\""), ("y", "\"y\""), ("null", "\"null\""), ("", "\"\""),
    ("0o7", "\"0o7\""), ("2026-01-01", "\"2026-01-01\""), ("1:30", "\"1:30\""), ("v1.10", "v1.10"),
    ("a: b", "\"a: b\""), ("a #b", "\"a #b\""), ("a#b", "a#b"), ("-x", "-x"), ("- x", "\"- x\""),
    ("*x", "\"*x\""), ("é\u{7}", "\"é\\x07\""), ("a\nb", "\"a\\nb\""), (" a", "\" a\""),
    ("=", "\"=\""),
    ("[x", "\"[x\""), ("x, y", "x, y"), ("https://x/y", "https://x/y"), ("x:", "\"x:\""),
  ])
  func quotesWhatNeedsIt(_ value: String, written: String) throws {
    #expect(
      try edited("a: plain # c\n") { try $0.set(.string(value), at: ["a"]) }
        == "a: \(written) # c\n")
  }

  @Test(arguments: [
    ("- a\n", "- a\n- w\n"), ("  - a # c\n  # d\n", "  - a # c\n  - w\n  # d\n"),
    ("-   a\n", "-   a\n-   w\n"), ("[a]", "[a, w]"), ("[]\n", "[w]\n"),
    ("- \"a\"\n", "- \"a\"\n- \"w\"\n"),
    ("[\n  a, # c\n  b # d\n]\n", "[\n  a, # c\n  b, # d\n  w\n]\n"),
    ("[\n  a,\n]\n", "[\n  a,\n  w,\n]\n"),
    ("- |\n  a", "- |-\n  a\n- w"), ("-\n- b\n", "-\n- b\n- w\n"),
    ("- [a,\n   b]\n", "- [a,\n   b]\n- w\n"),
  ])
  func appends(_ text: String, expected: String) throws {
    #expect(try edited(text) { try $0.append([.string("w")], to: []) } == expected)
  }

  @Test(arguments: [
    ("- a # x\n# c\n- b\n- c\n", 0, "# c\n- b\n- c\n"), ("[a, b, c]", 0, "[b, c]"),
    ("[a, b, c]", 1, "[a, c]"),
    ("[a, b, c]", 2, "[a, b]"), ("[a, b,]", 1, "[a,]"),
    ("- - a\n  - b\n- c\n", 1, "- - a\n  - b\n"),
    ("[\n  a, # c\n  b # d\n]\n", 1, "[\n  a # c\n]\n"), ("- a\n- b", 1, "- a"),
    ("- a\n", 0, "[]\n"),
  ])
  func removesItems(_ text: String, number: Int, expected: String) throws {
    #expect(try edited(text) { try $0.remove([.index(number)]) } == expected)
  }

  @Test(arguments: [
    ("- k: 1\n  l: 2\n", "- l: 2\n"), ("- k: 1 # c\n  # d\n  l: 2\n", "- # d\n  l: 2\n"),
    ("- {k: 1, l: 2}\n", "- {l: 2}\n"), ("- l: 2\n  k: # c\n    x: 1\n", "- l: 2\n"),
    ("- k: 1\n", "- {}\n"),
    ("- k: 1\n  l: 2\n  k: 3\n", "- l: 2\n"),
  ])
  func removesKeys(_ text: String, expected: String) throws {
    #expect(try edited(text) { try $0.remove([0, "k"]) } == expected)
  }

  @Test func writesNestedValues() throws {
    let value = YAMLValue.mapping([
      .init("text", .string("# a\n\nb\n")), .init("list", .sequence([.string("1"), .other("1")])),
      .init("map", .mapping([.init("n", .null)])), .init("none", .sequence([])),
    ])
    let text = try edited("x:\n  - y:\n      z: 1\n") { try $0.set(value, at: ["new"]) }
    #expect(
      text == """
        x:
          - y:
              z: 1
        new:
          text: |
            # a

            b
          list:
            - "1"
            - 1
          map:
            "n": null
          none: []

        """)
    #expect(try YAMLEditor(Array(text.utf8)).value["new"] == value)
  }

  @Test func renamesKeys() throws {
    #expect(
      try edited("'a': 1 # c\nb: 2\n") { try $0.rename(["a"], to: "c") } == "'c': 1 # c\nb: 2\n")
  }

  /// Users of an anchor keep the value that it had.
  @Test(arguments: [
    ("a: &x v\nb: *x\nc: *x\n", "a: &x w\nb: v\nc: v\n"),
    ("b: &x v\na: *x # c\n", "b: &x v\na: w # c\n"),
    ("d: &m {a: 1}\ne: *m\n", "d: &m {a: 1}\ne: *m\na: w\n"),
  ])
  func anchorsKeepTheirUsers(_ text: String, expected: String) throws {
    #expect(try edited(text) { try $0.set(.string("w"), at: ["a"]) } == expected)
  }

  @Test(arguments: [
    ("- z: 1\n  a: 2\n", "- z: 1\n  n1: 0\n  a: 2\n"),
    ("- a: 2\n  q: 1\n", "- a: 2\n  n1: 0\n  q: 1\n"),
    ("- q: 1\n", "- q: 1\n  n1: 0\n"),
  ])
  func keysGoBehindTheNearest(_ text: String, expected: String) throws {
    #expect(
      try edited(text) { try $0.set(.other("0"), at: [0, "n1"], order: ["a", "z", "n1", "q"]) }
        == expected)
  }

  @Test func fieldsGoBehindTheLast() throws {
    let order = ["a", "z", "n1", "q"]
    #expect(
      try edited("z: 1\na: 2 # c\nq: 3\n") { try $0.set(.other("0"), at: ["n1"], order: order) }
        == "z: 1\na: 2 # c\nn1: 0\nq: 3\n")
    #expect(
      try edited("# h\n\n# q\nq: 3\n") { try $0.set(.other("0"), at: ["n1"], order: order) }
        == "# h\n\nn1: 0\n# q\nq: 3\n")
  }

  @Test func otherDocumentsStay() throws {
    let text = "# h\n---\na: 1\n...\n---\na: 2 # x\n"
    #expect(
      try edited(text) { try $0.set(.string("w"), at: ["a"]) }
        == text.replacing("a: 1", with: "a: w"))
  }

  @Test func refusesWhatItCannotHold() throws {
    let deep = String(repeating: "- ", count: 300) + "a\n"
    #expect(throws: EditError.self) { _ = try YAMLEditor(Array(deep.utf8)) }
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<12 {
      bomb +=
        "a\(level): &a\(level) ["
        + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ") + "]\n"
    }
    #expect(throws: EditError.self) { _ = try YAMLEditor(Array(bomb.utf8)) }
    #expect(throws: EditError.self) { _ = try YAMLEditor(Array("a: &a [*a]\n".utf8)) }
  }
}
