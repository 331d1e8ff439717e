import Lamina
import Testing

@testable import LaminaServer

/// Where a cursor is in a text that is being typed.
@Suite struct ManifestCursorTests {
  /// `|` is the cursor; what is expected are the keys, the other keys of the mapping, and what is typed.
  @Test(arguments: [
    ("ki|", "key ki", ""),
    ("kind: Dep|", "value kind Dep", ""),
    ("kind:|", "value kind ", ""),
    ("kind: X\nspec:\n  re|\nmetadata:\n  name: a\n", "key spec re", ""),
    ("spec:\n  a: 1\n  |\n  b: 2\n", "key spec ", "a b"),
    ("spec:\n  a: 1\n  x|: 3\n  b: 2\nkind: X\n", "key spec x", "a b"),
    ("spec:\n  containers:\n  - |\n  - name: b\n", "item spec containers ", ""),
    ("spec:\n  containers:\n  - name: a\n    im|\n  - name: b\n", "key spec containers im", "name"),
    (
      "spec:\n  containers:\n    - name: a\n    - name: b\n      im|", "key spec containers im",
      "name"
    ),
    ("spec:\n  c:\n  - im|\n    name: x\n", "item spec c im", "name"),
    ("spec:\n  c:\n  - name: x\n    r:\n      l|\n    z: 1\n", "key spec c r l", ""),
    ("spec:\n  c:\n  - name: x\n    r:\n      l:\n        cpu: 1\n  re|", "key spec re", "c"),
    ("spec:\n- - a: 1\n    b|", "key spec b", "a"),
    ("a:\n  b:\n    c: 1\n|", "key ", "a"),
    ("a: 1\n---\nb: 2\n|\n---\nc: 3\n", "key ", "b"),
    ("a:   # why\n  \"b c\": 1\n  # x: 1\n  d|", "key a d", "b c"),
    ("a: &x\n  d|", "key a d", ""),
    ("- op: add\n  pa|", "key pa", "op"),
    ("- op: add\n  path: /a/b|", "value path /a/b", "op"),
    ("- op: add\n  value:\n    x|", "key value x", ""),
    ("a: {b: 1, c|", "value a c", ""),
    ("a: \"b|\"\n", "value a b", ""),
    ("a:\r\n  b: 1\r\n  c|\r\n", "key a c", "b"),
    ("", "key ", ""), ("|", "key ", ""), ("\n\n  |", "key ", ""),
  ])
  func theKeysAreThoseAround(_ marked: String, _ expected: String, _ siblings: String) {
    let cursor = cursor(marked)
    let kind = cursor.isValue ? "value" : cursor.isItem ? "item" : "key"
    #expect("\(kind) \((cursor.keys + [cursor.text]).joined(separator: " "))" == expected)
    #expect(cursor.mappings.last?.keys.sortedTexts.joined(separator: " ") == siblings)
    #expect(cursor.block == nil)
  }

  private func cursor(_ marked: String) -> ManifestCursor {
    let bytes = Array(marked.utf8)
    let offset = bytes.firstIndex(of: UInt8(ascii: "|")) ?? 0
    return ManifestCursor(bytes.filter { $0 != UInt8(ascii: "|") }, offset)
  }

  /// `%` is the cursor.
  @Test(arguments: [
    ("patches:\n- patch: |-\n    kind: X\n    sp%\n  target: {}\n", "sp", 1),
    ("patches:\n- patch: >\n    - op: add\n      pa%", "pa", 1),
    ("patchesStrategicMerge:\n- |\n  kind: X\n  a:\n    b%\n", "a b", 1),
    ("patches:\n- target:\n    kind: X\n  patch: |2-\n    ki%", "ki", 3),
    ("patches:\n- patch: |-\n    kind: X\n  target:\n    na%", "patches target na", nil),
    ("data:\n  a: |\n    x: 1\n  b%", "data b", nil),
  ])
  func blocksAreTextsOfTheirOwn(_ marked: String, _ expected: String, _ line: Int?) {
    let bytes = Array(marked.utf8)
    let offset = bytes.firstIndex(of: UInt8(ascii: "%")) ?? 0
    let cursor = ManifestCursor(bytes.filter { $0 != UInt8(ascii: "%") }, offset)
    #expect((cursor.keys + [cursor.text]).joined(separator: " ") == expected)
    let found = cursor.block.map { block in
      bytes[..<block.lowerBound].count { $0 == UInt8(ascii: "\n") }
    }
    #expect(found == line)
  }

  @Test(arguments: [
    ("metadata:\n  name: web\nspec:\n  |", "web"),
    ("spec:\n  |\nmetadata:\n  name: 'web'\n", "web"),
    ("metadata: {name: web, labels: {}}\nspec:\n  |", "web"),
    ("spec:\n  metadata:\n    name: x\n  |", nil),
    ("metadata:\n  name: a\n---\nspec:\n  |\n", nil), ("metadata:\n  labels:\n    name: a\n|", nil),
  ])
  func theNameOfTheObjectIsKnown(_ marked: String, _ name: String?) {
    #expect(cursor(marked).objectName == name)
  }

  @Test func otherElementsAreKnown() {
    let cursor = cursor("c:\n- name: a\n  x: 1\n- name: |\n- name: b\nd:\n  name: e\n")
    #expect(cursor.otherItems.filter { $0.key == "name" }.map(\.text) == ["a", "b"])
  }

  /// Wherever the cursor is, something is found, and nothing ends the process.
  @Test func anyPlaceIsOne() {
    let text = Array("a: |-\n  - b: {c\n- - d\n\n---\r\n  \"e\": [\n# f\n : \n-\n".utf8)
    for length in 0...text.count {
      for offset in 0...length {
        let cursor = ManifestCursor(Array(text[..<length]), offset)
        #expect(cursor.word.lowerBound <= offset && offset <= cursor.word.upperBound)
      }
    }
  }
}
