import Testing

@testable import Lamina

@Suite struct SourceMapTests {
  @Test func positionsOfSeveralFilesStayApart() {
    var sources = SourceMap()
    let first = sources.add(path: "one", bytes: Array("a\nbc\n".utf8))
    let second = sources.add(path: "two", bytes: Array("d".utf8))
    let end = sources.lines(ofFile: first).position(line: 1, column: 2)
    let start = sources.lines(ofFile: second).position(line: 0, column: 0)
    #expect(sources.place(of: end) == Place(path: "one", line: 2, column: 3))
    #expect(sources.place(of: start) == Place(path: "two", line: 1, column: 1))
    #expect(sources.excerpt(at: end)?.text == "bc")
    #expect(sources.place(of: .none) == nil)
  }

  @Test func inlineTextIsPlacedInItsFile() {
    var sources = SourceMap()
    _ = sources.add(
      path: "kustomization.yaml",
      bytes: Array("# 1\npatches:\n- patch: |-\n    a:\n      b: 1\n".utf8))
    let inline = sources.add(
      path: "kustomization.yaml", bytes: Array("a:\n  b: 1\n".utf8), firstLine: 3, indent: 4)
    let position = sources.lines(ofFile: inline).position(line: 1, column: 5)
    #expect(sources.place(of: position) == Place(path: "kustomization.yaml", line: 5, column: 10))
    #expect(sources.excerpt(at: position)?.text == "      b: 1")
  }

  /// Where a block text keeps its line breaks, the end is that of its last line.
  @Test(arguments: ["\n", "\r\n"])
  func anEndIsNeverBehindALineBreak(lineBreak: String) {
    var sources = SourceMap()
    let text = ["a: |+", "   keep", "", "b: |", "  one", "c: 1", ""].joined(separator: lineBreak)
    let file = sources.add(path: "one", bytes: Array(text.utf8))
    let lines = sources.lines(ofFile: file)
    for (line, column) in [(0, 3), (3, 3), (5, 3)] {
      let end = sources.end(of: lines.position(line: line, column: column))
      #expect(
        end.map { $0.column <= 8 && $0.line <= 6 } == true, "\(line): \(String(describing: end))")
    }
    let one = sources.end(of: lines.position(line: 3, column: 3))
    #expect(one == Place(path: "one", line: 5, column: 6))
  }

  /// A mark in front of a document is no character of its line, and none of the document.
  @Test(arguments: ["", "---\n", "a: b\n---\n", "a: b\n--- # why\n"])
  func marksInFrontOfDocuments(before: String) throws {
    var sources = SourceMap()
    let text = before + "\u{FEFF}{first: 1, second: [x]}\n"
    let bytes = Array(text.utf8)
    let file = sources.add(path: "one", bytes: bytes)
    let line = before.count { $0 == "\n" }
    let value = sources.lines(ofFile: file).position(line: line, column: 19)
    #expect(sources.byteOffset(of: value) == before.utf8.count + 3 + 19)
    let key = sources.position(ofKey: "second", before: value)
    #expect(sources.place(of: key) == Place(path: "one", line: line + 1, column: 12))
    #expect(sources.end(of: key) == Place(path: "one", line: line + 1, column: 18))
    let excerpt = try #require(sources.excerpt(at: key))
    #expect(excerpt.text == "\u{FEFF}{first: 1, second: [x]}")
    let place = Diagnostic.Location(file: "one", line: line + 1, column: 12)
    let rows = Excerpt(of: excerpt.text, from: excerpt.start, at: place, columns: 80)
      .lines(hint: nil)
    let mark = try #require(rows[1].firstIndex(of: "^"))
    #expect(
      rows[0][
        rows[0].index(
          rows[0].startIndex, offsetBy: rows[1].distance(from: rows[1].startIndex, to: mark))...
      ].hasPrefix("second"))
  }

  @Test func keysAreFoundBeforeTheirValue() {
    var sources = SourceMap()
    let file = sources.add(path: "one", bytes: Array("first: 1\nsecond:\n  - x\n".utf8))
    let value = sources.lines(ofFile: file).position(line: 2, column: 2)
    let key = sources.position(ofKey: "second", before: value)
    #expect(sources.place(of: key) == Place(path: "one", line: 2, column: 1))
  }

  @Test(arguments: [
    ("namePrefx", "namePrefix"), ("resource", "resources"), ("patchs", "patches"),
    ("somethingElse", nil),
  ])
  func suggestsWhatIsNear(word: String, expected: String?) {
    let fields = ["namePrefix", "resources", "patches", "labels"]
    #expect(Suggestion.nearest(to: word, among: fields) == expected)
  }
}
