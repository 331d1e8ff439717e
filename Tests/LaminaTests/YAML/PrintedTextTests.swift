import Testing

@testable import Lamina

/// What is printed reads back as what it was, also where texts are looked at eight bytes at a time and
/// where lines are folded.
@Suite struct PrintedTextTests {
  @Test(arguments: [
    ": ", " #", ":", "#", "  ", " ", "\n", " \n", "\n ", "\t", "'", "é", "é ", "\"",
  ])
  func readsBack(_ odd: String) throws {
    for count in [1, 2, 7, 8, 9, 15, 16, 17, 24, 75, 79, 80, 81, 82, 83, 160, 170] {
      for place in 0...count where place < 20 || place > 65 {
        let letters = Array(repeating: UInt8(ascii: "k"), count: count)
        let text = letters[..<place] + Array(odd.utf8) + letters[place...]
        try expectToReadBack(Array(text))
      }
    }
  }

  /// Words of all lengths, so that spaces stand wherever a line may end.
  @Test(arguments: 1..<30)
  func readsBackSentences(_ width: Int) throws {
    let word = String(repeating: "w", count: width)
    for separator in [" ", "  ", " é ", ": "] {
      let words = Array(repeating: word, count: 240 / width + 2)
      try expectToReadBack(Array(words.joined(separator: separator).utf8))
    }
  }

  /// Lines end at the first space behind column 80, which counts characters.
  @Test func foldsBehindTheWidth() {
    for (letter, count) in [("a", 74), ("a", 75), ("a", 76), ("é", 74), ("é", 75), ("é", 76)] {
      let long = String(repeating: letter, count: count)
      var out: [UInt8] = []
      ScalarWriter.appendValue(Array("\(long) b c".utf8).span, indent: 0, column: 5, to: &out)
      let breaksFirst = count + 6 > 80
      let expected = breaksFirst ? " \(long)\n  b c\n" : " \(long) b\n  c\n"
      let fits = count + 8 <= 80
      #expect(String(decoding: out, as: UTF8.self) == (fits ? " \(long) b c\n" : expected))
    }
  }

  private func expectToReadBack(_ text: [UInt8]) throws {
    var tree = Tree()
    let root = tree.addMapping(at: .none)
    let value = tree.addScalar(text.span, tag: .string, at: .none)
    tree.appendField(.data, value, to: root)
    let printed = try tree.printed(root)
    var sources = SourceMap()
    let file = sources.add(path: "a.yaml", bytes: printed)
    let roots = try YAMLReader.documents(
      ofFile: file, into: &tree, sources: sources, onlyWithLibyaml: true)
    let read = roots.first.flatMap { tree.field(.data, of: $0) }.map { Array(tree.bytes($0)) }
    #expect(read == text, "of \(String(decoding: printed, as: UTF8.self))")
  }
}
