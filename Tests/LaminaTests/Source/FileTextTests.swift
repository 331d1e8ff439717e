import Testing

@testable import Lamina

/// Where what messages are about ends, document by document.
@Suite struct FileTextTests {
  /// What stands from a word to the end that the file says.
  private func node(_ word: String, in text: FileText) -> String? {
    guard let start = Self.offset(of: word, in: text), let end = text.end(ofNodeAt: start) else {
      return nil
    }
    return String(decoding: text.bytes[start..<end], as: UTF8.self)
  }

  private static func offset(of word: String, in text: FileText) -> Int? {
    let wanted = Array(word.utf8)
    return text.bytes.indices.first { text.bytes[$0...].starts(with: wanted) }
  }

  /// More documents than are kept, asked for in two orders.
  @Test func everyDocumentIsKnown() {
    let documents = (100..<140).map { "key\($0): 'value \($0)'\nlist:\n- a\($0): x\n" }
    let text = FileText(Array(documents.joined(separator: "---\n").utf8))
    for number in [Array(100..<140), (100..<140).reversed(), Array(100..<140)].joined() {
      #expect(node("'value \(number)", in: text) == "'value \(number)'")
      #expect(node("key\(number)", in: text) == "key\(number)")
    }
    for number in 100..<140 {
      let value = Self.offset(of: "x", in: FileText(Array(documents[number - 100].utf8)))
      let before = documents[..<(number - 100)].reduce(0) { $0 + $1.utf8.count + 4 }
      #expect(
        text.start(ofKey: "a\(number)", before: before + (value ?? 0))
          == Self.offset(of: "a\(number)", in: text))
      // The key of another document is none of this one.
      #expect(text.start(ofKey: "a99", before: before + (value ?? 0)) == nil)
      #expect(text.end(ofAllAt: before) == before + documents[number - 100].utf8.count - 1)
    }
  }

  /// What is wrong with one document says nothing about the others.
  @Test func documentsThatCannotBeRead() {
    let text = FileText(
      Array("a: 'one'\n---\nb: [\n---\r\nc: 'two'\r\n--- # last\nd: 'three'".utf8))
    #expect(node("'one", in: text) == "'one'")
    #expect(node("b", in: text) == nil)
    #expect(node("'two", in: text) == "'two'")
    #expect(node("'three", in: text) == "'three'")
    #expect(node("d", in: text) == "d")
  }

  /// A dash more, a word behind, and a text that is indented begin no document.
  @Test func linesThatBeginNoDocument() {
    let text = FileText(
      Array("a: |\n  x\n  ---\n  y\n---b: 'c'\n----: 'd'\ne: 'f'\n".utf8))
    #expect(node("|", in: text) == "|\n  x\n  ---\n  y")
    #expect(node("'d", in: text) == "'d'")
    #expect(node("'f", in: text) == "'f'")
  }

  /// The directives of a document say what its tags mean.
  @Test func directives() {
    let text = FileText(
      Array("%TAG !e! tag:example.com,2000:\n---\na: !e!b 'one'\n---\nc: 'two'\n".utf8))
    #expect(node("'one", in: text) == "'one'")
    #expect(node("!e!b 'o", in: text) == "!e!b 'one'")
    #expect(text.end(ofNodeAt: text.bytes.count) == nil)
    #expect(FileText([]).end(ofNodeAt: 0) == nil)
  }
}
