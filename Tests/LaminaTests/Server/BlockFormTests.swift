import Testing

@testable import LaminaServer

/// What stands between braces, written as lines for those who read indentation.
@Suite struct BlockFormTests {
  /// `|` is the place.
  @Test(arguments: [
    ("a: {b: 1, c|}\n", "a:\n  b: 1\n  c|\n"),
    ("a: {|", "a:\n  |"),
    ("a: {b: |}", "a:\n  b: |"),
    ("a: {b|: 1, c: 2}\nd: 1\n", "a:\n  b|: 1\n  c: 2\nd: 1\n"),
    ("x:\n- {name: web, po|}\n- {name: b}\n", "x:\n- name: web\n  po|\n- {name: b}\n"),
    (
      "s:\n  - {n: web, ports: [{na|: x, p: 1}, {q: 2}], z: 3}\n",
      "s:\n  - n: web\n    ports:\n      - na|: x\n        p: 1\n      - q: 2\n    z: 3\n"
    ),
    ("a: [|", "a:\n  - |"), ("a: [b, |]", "a:\n  - b\n  - |"), ("a: [b|, c]", "a:\n  - b|\n  - c"),
    ("a: {b: {c: 1}, |", "a:\n  b:\n    c: 1\n  |"),
    ("a: {\n  b: 1,\n  c|\n}\nd: 1\n", "a:\n  b: 1\n  c|\n}\nd: 1\n"),
    ("{\"a\":{\"b|\":1}}", "\"a\":\n  \"b|\": 1"),
    ("{\"a\": [{\"b\": \"|\"}]}", "\"a\":\n  - \"b\": \"|\""),
    ("a: {b: 'x}, y', c|}", "a:\n  b: 'x}, y'\n  c|"),
    ("a: {b: \"x\\\"}\", c|}", "a:\n  b: \"x\\\"}\"\n  c|"),
    ("a: {b: it's, c|}", "a:\n  b: it's\n  c|"),
    ("- [a, [b|", "- - a\n  - - b|"), ("s: [{a{\n]b|c\n", "s:\n  - a b|c\n"),
    ("{a: {b: 1},\n  c: {d|}}\n", "a:\n  b: 1\nc:\n  d|\n"),
  ])
  func entriesAreLines(_ marked: String, _ expected: String) throws {
    let bytes = Array(marked.utf8)
    let mark = UInt8(ascii: "|")
    let offset = try #require(bytes.firstIndex(of: mark))
    let form = try #require(BlockForm(bytes.filter { $0 != mark }, offset))
    var shown = form.bytes
    shown.insert(mark, at: form.offset)
    #expect(String(decoding: shown, as: UTF8.self) == expected)
  }

  @Test(arguments: [
    "a: {b: 1}|", "a: |{b: 1}", "a: 'x {y|'", "a: |", "- b|", "a: {b: 1}\nc|", "a: b {c|",
    "{a: 1}\n\n|",
    "# {a|", "a: \"[b|",
  ])
  func otherPlacesHaveNone(_ marked: String) throws {
    let bytes = Array(marked.utf8)
    let mark = UInt8(ascii: "|")
    let offset = try #require(bytes.firstIndex(of: mark))
    #expect(BlockForm(bytes.filter { $0 != mark }, offset) == nil)
  }

  /// Each level is written deeper, so that there must be an end.
  @Test func deepCollectionsHaveNone() {
    let text = Array("a: ".utf8) + Array(repeating: UInt8(ascii: "["), count: 20_000)
    #expect(BlockForm(text, text.count) == nil)
    #expect(BlockForm(Array(text[..<100]), 100) != nil)
  }

  /// Wherever the place is, and wherever the text ends, the word around it stays what it was.
  @Test func wordsStayWhatTheyWere() {
    let text = Array("a: {b: [c, {\"d\":'e'}],\n f: g,\r\n  h: {i, j}}\n- [{k: [l], \"m\n".utf8)
    for length in 0...text.count {
      for offset in 0...length {
        let cut = Array(text[..<length])
        guard let form = BlockForm(cut, offset) else { continue }
        func letters(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
          Array(bytes.prefix { (0x61...0x7A).contains($0) })
        }
        #expect(
          letters(cut[offset...]) == letters(form.bytes[form.offset...]), "\(length) \(offset)")
        #expect(
          letters(ArraySlice(cut[..<offset].reversed()))
            == letters(ArraySlice(form.bytes[..<form.offset].reversed())), "\(length) \(offset)")
      }
    }
  }
}
