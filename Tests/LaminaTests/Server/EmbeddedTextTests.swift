import LaminaSyntax
import Testing

@testable import LaminaServer

/// The way from a text in a scalar back to the bytes of the file.
@Suite struct EmbeddedTextTests {
  /// `@` stands before and behind what the file has of the word.
  @Test(arguments: [
    "a: |\n  kind: X\n  name: @web@\n",
    "a: |-\n    kind: X\n\n    # größer\n    name: @web@",
    "a: |+\n  name: @web@\n\n\nb: 1\n",
    "a: |2\n    deeper: 1\n    name: @web@\n",
    "a: |\n\n  \n  name: @web@\n",
    "a: |\r\n  kind: X\r\n  name: @web@\r\n",
    "a: |-\n  list:\n    - name: @\"web\"@\n",
    "a: >-\n  [{\"op\": \"add\",\n  \"value\": @\"web\"@},\n  {}]\n",
    "a: >\n  kind: X\n\n  name: @web@\n",
    "a: >\n  list:\n    - x\n    - @web@\n",
    "a: '[{\"value\": @\"web\"@}]'\n",
    "a: '[{value: @''web''@}]'\n",
    "a: '[{a: b,\n  value: @web@}]'\n",
    "a: \"[{\\\"value\\\": @\\\"web\\\"@}]\"\n",
    "a: \"kind: X\\nname: @web@\\n\"\n",
    "a: \"kind: \\u00fc\\x20\\\n  x\\nname: @web@\\n\"\n",
    "a: \"kind: X\n\n\n  name: @web@\"\n",
    "a: @web@\n", "a:\n  {}\nb: @web@\n", "a: x\n  y @web@\n",
  ])
  func theWordIsFound(_ marked: String) throws {
    let parts = marked.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
    try #require(parts.count == 3)
    let expected = parts[0].utf8.count..<parts[0].utf8.count + parts[1].utf8.count
    let file = try SyntaxTree(Array(parts.joined().utf8))
    let texts = file.allNodes.compactMap { id, _ in EmbeddedText(id, in: file) }
    let found = texts.flatMap { text in
      text.tree.allNodes.compactMap { id, node -> Range<Int>? in
        guard let word = text.tree.text(of: id), word.hasSuffix("web"), !word.contains("\n") else {
          return nil
        }
        let range = text.fileRange(node.range)
        // A plain word of several lines is one scalar.
        return word == "web" ? range : range.upperBound - 3..<range.upperBound
      }
    }
    #expect(found == [expected])
  }

  /// Each byte of the text has its bytes in the file, in order.
  @Test func spansAreInOrder() throws {
    let bytes = Array("a: |\n  x: [1,\n    2]\n\n  ü: 😀\nb: \"\\t\\\"\\u00fc\"\n".utf8)
    let file = try SyntaxTree(bytes)
    for (id, _) in file.allNodes {
      guard let text = EmbeddedText(id, in: file) else { continue }
      var last = 0
      for index in text.tree.bytes.indices {
        let range = text.fileRange(index..<index + 1)
        #expect(range.lowerBound >= last)
        last = range.lowerBound
        if range.count == 1, bytes[range.lowerBound] != 0x0A {
          #expect(bytes[range.lowerBound] == text.tree.bytes[index])
          #expect(text.offset(inFile: range.lowerBound) == index)
        }
      }
    }
  }

  @Test(arguments: [
    ("/spec/template/spec", ["spec", "template", "spec"]), ("/a~1b/c~0d/~2", ["a/b", "c~d", "~2"]),
    ("/spec/containers/0/image", ["spec", "containers", "image"]), ("/args/-", ["args"]),
    ("", []), ("/", [""]), ("/a~", ["a~"]),
  ])
  func pointersHaveKeys(_ pointer: String, _ keys: [String]) {
    #expect(PatchPointer.keys(pointer).filter { !$0.isEmpty } == keys.filter { !$0.isEmpty })
  }
}
