import Testing

@testable import Lamina

/// What a tree holds once it is settled, and that the short way to settle a scalar is no other than the long
/// one.
@Suite struct SettlingTests {
  /// Texts that are nearly of the short kind.
  private static let texts = [
    "", "a", "abc", "a b", "a-b", "-a", "a:", "a: b", "a #b", "a#b", "yes", "no", "on", "y", "n",
    "true", "True", "null", "~", "Null", "0", "1", "12", "012", "0x1", "1_000", "1e3", "1.5", ".5",
    "1.", "-1", "+1", "99999999999999999", "123456789012345678", "2026-08-01",
    "2026-08-01T10:00:00Z", "12:30", "=", "<<", "*a", "&a", "!a", "%a", "@a", "`a", "a\n", "a\tb",
    " a", "a ", "a\n\nb\n", "{a", "[a", "a]", "{}", "a,b", "\"a\"", "'a'", "|", ">", "é", "“a”",
    "\u{85}", "?", "? a", "---", "--- a", "...", "a\\b", ".inf", "0o17", "0b1", "1__0", "_1",
    "a_b", "A.B", "1.2.3",
  ]

  private static let tags: [ScalarTag] = [
    .string, .unresolved, .integer, .float, .bool, .null, .timestamp,
  ]
  private static let flags: [Node.Flags] = [
    [], .quoted, [.quoted, .singleQuoted], [.quoted, .literal], [.quoted, .folded], .explicitTag,
  ]

  @Test func theShortWaySaysWhatTheLongOneSays() throws {
    var shortCount = 0
    for text in Self.texts {
      for tag in Self.tags {
        for flags in Self.flags {
          var tree = Tree()
          let bytes = Array(text.utf8)
          let node = tree.addScalar(bytes.span, tag: tag, flags: flags, at: .none)
          guard let short = SettledScalar.tagIfShort(node, of: tree) else { continue }
          shortCount += 1
          for (isInFlow, isBlock) in [(false, true), (false, false), (true, false)] {
            var settled: [UInt8] = []
            let long = try SettledScalar.tag(
              node, of: tree, isInFlow: isInFlow, isBlock: isBlock, text: &settled)
            #expect(long == short, "\(text.debugDescription) \(tag) \(flags)")
            #expect(settled == bytes, "\(text.debugDescription) \(tag) \(flags)")
          }
        }
      }
    }
    #expect(shortCount > 80)
  }

  /// What keeps its text is a string, and of the other strings the text changes or cannot be printed.
  @Test func textsThatAreKeptAreThoseThatStay() throws {
    var keptCount = 0
    for text in Self.texts + ["\t a\nb\n", "a\n\n  b\n", "a \nb\n", "\u{7F}"] {
      for flags in Self.flags {
        for isBlock in [true, false] {
          var tree = Tree()
          let bytes = Array(text.utf8)
          let node = tree.addScalar(bytes.span, tag: .string, flags: flags, at: .none)
          var settled: [UInt8] = []
          let tag = try? SettledScalar.tag(
            node, of: tree, isInFlow: false, isBlock: isBlock, text: &settled)
          let isKept = (try? SettledScalar.keepsText(node, of: tree, isBlock: isBlock)) ?? false
          let stays = tag == .string && settled == bytes
          // Most folded text is read again to find that it stays.
          let mayBeReread = stays && isBlock && flags.contains(.folded)
          #expect(
            isKept == stays || mayBeReread && !isKept, "\(text.debugDescription) \(flags)")
          if isKept { keptCount += 1 }
        }
      }
    }
    #expect(keptCount > 200)
  }

  private static let object = """
    b: {y: 1, x: [~, '', yes, 0x10, 1e3]}
    a: "1"
    d: 2026-08-01
    c: !!binary YQ==
    e: |
      text
    2: two
    """

  private func settled(_ text: String) throws -> (tree: Tree, root: NodeID) {
    var tree = Tree()
    var sources = SourceMap()
    let file = sources.add(path: "a.yaml", bytes: Array(text.utf8))
    let root = try #require(
      try YAMLReader.firstDocument(ofFile: file, into: &tree, sources: sources))
    return (try tree.settled(root), root)
  }

  @Test func theTreeIsTheOutput() throws {
    let (tree, root) = try settled(Self.object)
    #expect(
      String(decoding: JSONWriter.bytes(of: root, in: tree), as: UTF8.self)
        == ##"{"2":"two","a":"1","b":{"x":[null,"","yes",16,1000],"y":1},"c":"a","##
        + ##""d":"2026-08-01T00:00:00Z","e":"text\n"}"##)
    #expect(
      tree.children(of: root).map { tree.symbols.string(tree.key($0)) } == [
        "2", "a", "b", "c", "d", "e",
      ])
  }

  @Test func settlingTwiceIsSettlingOnce() throws {
    let (tree, root) = try settled(Self.object)
    let again = try tree.settled(root)
    #expect(try again.printed(root) == tree.printed(root))
    #expect(
      JSONWriter.bytes(of: root, in: again) == JSONWriter.bytes(of: root, in: tree))
  }

  /// No flag, tag or order is left that a reader of the tree would have to know of.
  @Test func nothingIsLeftToInterpret() throws {
    let (tree, root) = try settled(Self.object)
    func check(_ node: NodeID) {
      #expect(tree[node].flags.isSubset(of: .ofKey))
      switch tree.shape(node) {
      case .scalar: #expect([.string, .null, .bool, .integer, .float].contains(tree[node].tag))
      case .mapping, .sequence: for child in tree.children(of: node) { check(child) }
      }
    }
    check(root)
  }

  @Test func valuesKeepTheirWriters() throws {
    let (tree, root) = try settled(Self.object)
    let b = try #require(tree.children(of: root).first { tree.symbols.string(tree.key($0)) == "b" })
    #expect(tree.position(b).raw == 4)
  }
}
