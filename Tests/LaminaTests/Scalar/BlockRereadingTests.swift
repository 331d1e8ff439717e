import Testing

@testable import Lamina

/// What `BlockRereading` works out is what printing a block and reading that gives.
@Suite struct BlockRereadingTests {
  /// Lines and their ends decide; a few letters do.
  private static let pieces = [
    "a", "b c", "é", " ", "  ", "\t", "\n", "\n", "\n", "\n\n", "#", ":", "- a", "...", "\u{7f}",
    "\"",
  ]

  @Test(arguments: [false, true])
  func isPrintingAndReading(isFolded: Bool) throws {
    var random = SeededGenerator(seed: 1)
    var (unchanged, changed, unreadable) = (0, 0, 0)
    for _ in 0..<4000 {
      let text = Array(
        (0..<Int.random(in: 1...9, using: &random)).map { _ in
          Self.pieces[Int.random(in: Self.pieces.indices, using: &random)]
        }.joined().utf8)
      let expected = Self.reread(text, isFolded: isFolded)
      let shown = String(decoding: text, as: UTF8.self).debugDescription
      switch BlockRereading.outcome(of: text.span, isFolded: isFolded) {
      case .unchanged:
        unchanged += 1
        #expect(expected == text, "\(shown)")
      case .changed(let new):
        if new != text { changed += 1 }
        #expect(expected == new, "\(shown)")
      case .unreadable:
        unreadable += 1
        #expect(expected == nil, "\(shown)")
      }
    }
    #expect(unchanged > 400)
    #expect(isFolded ? changed > 100 : changed == 0)
    #expect(unreadable > 40)
  }

  /// What a reader makes of the text once it is printed as a block; nil where it finds a mistake.
  private static func reread(_ text: [UInt8], isFolded: Bool) -> [UInt8]? {
    var printed = Array("a: ".utf8)
    EmbeddedScalar(text.span).append(
      isFolded ? .folded : .literal, text.span, isInFlow: false, isKey: false, indent: 0,
      to: &printed)
    var tree = Tree()
    var sources = SourceMap()
    let file = sources.add(path: "a.yaml", bytes: printed)
    let root = try? YAMLReader.documents(
      ofFile: file, into: &tree, sources: sources, onlyWithLibyaml: true
    ).first
    return root.flatMap { tree.first(of: $0) }.map { Array(tree.bytes($0)) }
  }
}
