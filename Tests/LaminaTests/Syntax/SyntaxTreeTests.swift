import LaminaSyntax
import Testing

struct SyntaxTreeTests {
  /// The tokens of a text, put together, are the text.
  static func text(of tree: SyntaxTree) -> [UInt8] {
    var next = 0
    for token in tree.tokens {
      guard token.range.lowerBound == next, !token.range.isEmpty else { return [] }
      next = token.range.upperBound
    }
    return next == tree.bytes.count ? tree.bytes : []
  }

  @Test(arguments: [
    "", "# only\n", "a: b", "\u{FEFF}a: ñ # é\r\nb: [x, 'y', {z: 1}]\r\n", "---\n...\n---\na: 1\n",
    "%YAML 1.1\n--- # start\n&x !!map a: &y *x1\n".replacing("*x1", with: "v"),
    "- - a\n  - b\n-\n- ? k\n  : v\n", "a: |+\n  x\n\n\nb: >-\n  y\n\n# end",
    "{\"a\":1,\"b\":[1,2,],c}", "[a: b, ? c : d, {e: f}: g]", "a:\n- 1 # one\n\n- 2\n",
    "a: &b !!str\nc: *b\n", "\ta: 1\n".replacing("\t", with: ""), "a: 1 #\tx\n  \n", "? a\n? b\n",
  ])
  func tokensCoverTheText(_ text: String) throws {
    let bytes = Array(text.utf8)
    #expect(Self.text(of: try SyntaxTree(bytes)) == bytes)
  }

  @Test func rangesAreThoseOfTheText() throws {
    let text = "# ü\r\nimages:\r\n- name: &n \"app\" # ours\r\n  newTag: 'v1'\r\nx: *n\r\n"
    let tree = try SyntaxTree(Array(text.utf8))
    func shown(_ path: [String]) -> String? {
      tree.node(at: path, in: tree.documents[0]).map {
        String(decoding: tree[tree[$0].range], as: UTF8.self)
      }
    }
    #expect(shown(["images", "0", "name"]) == "\"app\"")
    #expect(shown(["images", "0", "newTag"]) == "'v1'")
    #expect(shown(["images"]) == "- name: &n \"app\" # ours\r\n  newTag: 'v1'")
    #expect(shown(["x"]) == "*n")
    let name = try #require(tree.node(at: ["images", "0", "name"], in: tree.documents[0]))
    #expect(tree[name].anchor.map { String(decoding: tree[$0], as: UTF8.self) } == "&n")
    #expect(tree.text(of: try #require(tree.node(at: ["x"], in: tree.documents[0]))) == "app")
    let offset = try #require(tree.offset(line: 3, column: 18))
    #expect(tree.token(at: offset)?.kind == .comment)
  }

  @Test func blockTextEndsWithItsLastLine() throws {
    let text = "a: |\n  x # no comment\n\n# comment\nb: |+\n  y\n\n"
    let tree = try SyntaxTree(Array(text.utf8))
    func shown(_ key: String) -> String? {
      tree.entry(key, of: tree.documents[0].root).map {
        String(decoding: tree[tree[$0.value].range], as: UTF8.self)
      }
    }
    #expect(shown("a") == "|\n  x # no comment")
    #expect(shown("b") == "|+\n  y\n")
    #expect(tree.tokens.filter { $0.kind == .comment }.count == 1)
  }

  @Test func documentsHaveTheirRanges() throws {
    let text = "# head\n---\na: 1\n# tail\n...\n# two\n---\nb: 2\n"
    let tree = try SyntaxTree(Array(text.utf8))
    #expect(tree.documents.count == 2)
    #expect(String(decoding: tree[tree.documents[0].range], as: UTF8.self) == "\na: 1\n# tail\n")
    #expect(String(decoding: tree[tree.documents[1].range], as: UTF8.self) == "\nb: 2\n")
  }

  @Test(arguments: [
    ("a: [b", 2, 1), ("a: b: c", 1, 5), ("a: *x\n", 1, 4), ("a: \u{FEFF}\n", 1, 4),
  ])
  func mistakesHaveTheirPlace(_ text: String, line: Int, column: Int) {
    let error = #expect(throws: SyntaxError.self) { _ = try SyntaxTree(Array(text.utf8)) }
    #expect(error?.line == line)
    #expect(error?.column == column)
  }

  @Test func deepNestingEndsNothing() throws {
    let brackets = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    #expect(throws: SyntaxError.self) { _ = try SyntaxTree(brackets) }
    let dashes = [UInt8](String(repeating: "- ", count: 100_000).utf8)
    #expect(throws: SyntaxError.self) { _ = try SyntaxTree(dashes) }
    let deep = [UInt8](String(repeating: "- ", count: 900).utf8)
    #expect(Self.text(of: try SyntaxTree(deep)) == deep)
  }

  @Test func tokensCoverPublicFiles() throws {
    for (path, bytes) in KustomizationSamples.all {
      guard let tree = try? SyntaxTree(bytes) else { continue }
      #expect(Self.text(of: tree) == bytes, "\(path)")
    }
  }
}
