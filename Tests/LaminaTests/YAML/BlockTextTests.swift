import GeneratedInputs
import Testing

@testable import Lamina

/// `BlockText` reads what libyaml reads, or leaves it to libyaml: the trees are the same to the last flag.
@Suite struct BlockTextTests {
  @Test(arguments: [
    "a: b\n", "a:\n", "a:\n- b\n", "a:\n  - b\nc: d\n", "- a: b\n  c:\n  - d\n  -\n  e: f\n",
    "- - a\n  - b\n-\n  - c\n", "---\na: b\n", "---\n", "# a\n", "a: b # c\n", "a: b#c\n",
    "a: 'b' # c\n",
    "a: 'b'# c\n", "a: ''\n'b': \"\"\n", "a: 'it''s'\n", "a: \"\\n\"\n",
    "a: |\n  b\n   c\n\n\n  d\n\ne: f\n",
    "a: |-\n\n  b\n  \nc: |\n   d\n", "a: |+\n  b\n\n", "a: |\n    \n  b\n", "a: |\nb: c\n",
    "a: >\n  b\n",
    "- |\n b\n- c\n", "a: b\n  c\n", "a:\n  b\n", "a: b: c\n", "a : b\n", "a: [b]\n",
    "a: {}\nb: [] # c\n",
    "a: {}b\n", "a: &b c\n", "a: *b\n", "a: !!str b\n", "<<: a\n", "? a\n", "a: - b\n", "a\n",
    "- a\nb: c\n",
    "a: b\n- c\n", "  a: b\n  c: d\n", "  a: b\nc: d\n", "a:\n    b: c\n  d: e\n", "a: b\n...\n",
    "a: ...\n", "...\na: b\n", "...\n", "...\n- a\n",
    "%a: b\n", "a: \u{e9}\n", "a:\tb\n", "a: b", "a: -\n", "a: -b\n", "a: b:c\n", "a: b :c\n",
    "a:b\n",
    "a:\n-\nb: c\n", "a:\n- b\n c: d\n", "-\n-\n", "- # a\n  b: c\n", "a: # b\n  c: d\n",
    "a: b\n  c\n\n  d\ne: f\n", "a: b # c\n  d\n", "a: b\n  # c\n  d\n",
    "a: b\n  c: d\n", "a: b\n  c:\n", "a: b\n  - c\n", "a:\n  b\n  c\nd: e\n", "a:\n  b # c\n  d\n",
    "- a\n  b\n- c\n", "a:\n- b\n  c\n- d\n", "a: 'b\n  c'\n", "a: 'b  \n\n   c\n  '\nd: e\n",
    "a: '\n  b'\n", "a: 'b\nc'\n", "a: 'b\n c': d\n", "'a\n b': c\n", "a: 'it''s' # b\n",
    "a: ''''\n",
    "a: 'b\n  # c'\n", "a:\n  'b'\n", "a:\n  \"b\"\n", "a: b\n\n\n", "a: b\n \n  c\n",
    "a: 'b\n---\n'\n",
    "1: 2\n~: null\n", "'<<': a\n", "\"<<\":\n  a: b\n",
    "a: b\r\n---\r\nc: |\r\n  d\r\n\r\n--- # e\n# \u{e9}\nf: g\n---\nh: i\n",
    "a: \u{85}b\n---\nc: d\n---\n---\ne: f\n", "a: b\r---\rc: d\n", "a: b\n---", "a: b\n---\n",
    "\u{e9}: \u{4e2d}\u{6587}\n- x\n", "- \u{e9}: b\n  c: d\n", "- \u{e9}: \u{1f600} # \u{2713}\n",
    "'\u{e9}': \"\u{201c}b\u{201d}\"\n'x\u{2026}':\n  y: z\n", "a: b\u{a0}\n \u{a0}c\n",
    "\u{a0}a: b\n",
    "a: |\n  \u{e9}\n   \u{e8}\n\nb: c\n", "a: 'it''s \u{e9}\n\n  \u{e9} '\n",
    "\u{e9}:\n  - b\n\u{e8}:\n",
    "a: b\u{2028}c\n", "a: b # \u{2029}\n", "a: b\u{85}\n", "\u{feff}a: b\n", "a: b\u{feff}\n",
    "a: \u{fffe}\n", "a: \u{ffff}\n", "a: \u{fffd}\n", "a: \u{7f}\n", "a: \u{9f}\n",
    "a: \u{10ffff}\n",
    "# \u{e9}\na: b\n---\nc: \u{e9}d\n  \u{e9}\n", "\u{e9}\u{e9}: {}\n\u{e8}: [] # \n", "\u{e9}:\n",
    "a: [ ]\nb: { } # c\n", "a: [b, 'c d', \"e, f\"]\nc: d\n",
    "- {op: add, path: /a/-, value: --b}\n",
    "a: {b: [c, {d: e}], 'f': {}}\n", "a: [b,c]\n", "a: [b, ]\n", "a: [, b]\n", "a: [b\n  , c]\n",
    "a: {b}\n", "a: {b:}\n", "a: {b: }\n", "a: {b:c}\n", "a: {b: c, b: d}\n", "a: [b: c]\n",
    "a: [b]]\n", "a: [b] c\n", "a: [b]: c\n", "a: [b]# c\n", "a: [b] # c\n", "a: [-, b]\n",
    "a: [- b]\n",
    "a: [-b, --c, -1, ~, null, 1.5, true]\n", "a: ['b''c']\n", "a: [\"b\\n\"]\n", "a: [\"b\" c]\n",
    "a: ['b'c]\n", "a: [b c  d , e ]\n", "a: [b: ]\n", "a: [?, b]\n", "a: [b?]\n", "a: [a:b]\n",
    "a: [&b c]\n", "a: [*b]\n", "a: [!!str b]\n", "a: {<<: b}\n", "a: {'<<': b}\n",
    "a: {\u{e9}: \u{e8}, b: c}\n",
    "a: [[b, c], [d]]\n- e\n", "- [a]\n- b: [c]\n  d: e\n", "a: [b#c]\n", "a: [b #c]\n",
    "a: {\"b\":c}\n",
    "a: {\"b\": c}\n", "a: [b}\n", "a: {b: c]\n", "a: [b", "a: [", "a: [b]", "[a]\n", "{a: b}\n",
    "- [a]: b\n",
    "a: {b: 'c', \"d\": 1, 2: e, ~: f, yes: no}\n", "a: [b;c]\n", "a: [b\\c]\n",
    "a: [b, # c\n  d]\n",
    "a: \"b\\\"c\\\\d\\ne\\tf\\rg\"\n", "a: \"b\\/c\"\n", "a: \"\\x41\"\n", "a: \"b\\\n  c\"\n",
    "a: \"b \\\n  c\"\n",
    "a: \"b \\\n\n\n  c\"\n", "a: \"b\n  c  \n\n  d\"\n", "a: \"b\\ \n  c\"\n",
    "a: \"b\\  \n  \\ c\"\n", "a: \"b\\\n\"\n",
    "a: \"\n  b\"\n", "a: \"b\nc\"\n", "\"a\\\"b\": c\n", "- \"a\\\"b\": c\n", "\"a\n b\": c\n",
    "a: \"b\\\"\n", "a: \"b\n",
    "a: \"b\\", "a: \"it''s\"\n", "a: \"b\" \"c\"\n", "a: \"b\n  # c\"\n",
    "a:\n  \"b\\n\n  c\"\nd: e\n", "a: \"\\\"\"\n",
    "a: b # c", "a: 'b'", "a: 'b", "a:", "-", "- a", "a: |\n  b", "a: |-\n  b", "a: |\n  b\n ",
    "a: |\n  b\n  ",
    "a: |", "a: b\n  c", "a: b\n ", "# a", "a: {}", "a: b\n---\nc: d", "---", "--- ", "...", " ",
    "a: b\n...",
    "---\n---\na: b\n", "a: \"b # c: d\" # e\n", "a: b#c #d\n", "a: b::c\n", "a: 12345678 # c\n",
    "a: 12345678: c\n", "a: |\n  b\n      \n  c\n", "a: |\n  b\n \n", "a: |\n      \n  b\n",
  ])
  func readsWhatLibyamlReads(_ text: String) { expectSameTree(Array(text.utf8)) }

  /// Bytes that are no characters are for libyaml to complain of.
  @Test(arguments: [
    [0xC3], [0xC3, 0x28], [0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xC0, 0xAF], [0xF5, 0x80],
    [0xF4, 0x90, 0x80, 0x80], [0xE0, 0x80, 0xAF], [0xFF],
  ])
  func leavesWhatIsNoTextToLibyaml(_ bytes: [UInt8]) {
    expectSameTree(Array("a: b".utf8) + bytes + Array("\nc: d\n".utf8))
  }

  /// The comparison would hold as well if all were left to libyaml.
  @Test(arguments: [
    "a: b", "a: 'it''s'\n", "a: |-\n  b\nc: d", "\u{e9}: \u{201c}b\u{201d} \u{1f600}\n",
    "a: [b, 'c', {d: -e}]\n",
    "- {op: add, path: /a/-, value: \"b\"}\n", "a: \"b \\\"c\\\"\n  d\\\n  \\ e\\n\"\n",
    "a: [ ]\nb: { }\n",
  ])
  func needsNoLibyaml(_ text: String) throws {
    #expect(try readWithoutLibyaml(Array(text.utf8)) != nil)
  }

  /// What the fast reader makes of the first document of a text; throws where it leaves it to libyaml.
  private func readWithoutLibyaml(_ bytes: [UInt8]) throws -> NodeID? {
    var tree = Tree()
    var sources = SourceMap()
    let file = sources.add(path: "a.yaml", bytes: bytes)
    let source = sources.lines(ofFile: file)
    return try bytes.withUnsafeBufferPointer { text in
      try source.starts.withUnsafeBufferPointer { starts in
        var reader = BlockText(BlockLines(text, at: 0, starts: starts), firstLine: 0, of: source)
        return try reader.read(into: &tree)
      }
    }
  }

  @Test func readsGeneratedInputs() {
    for (_, text) in Inputs.shop(resources: 8).files + Inputs.definitions(bytes: 20_000).files {
      expectSameTree(Array(text.utf8))
    }
  }

  /// Small changes make text that is nearly right, which is where two readers might differ.
  @Test(arguments: 0..<4)
  func readsChangedText(_ seed: UInt64) {
    var changes = TextChanges(seed: seed)
    let texts = Inputs.shop(resources: 4).files.map(\.text) + [Self.sample]
    var takenCount = 0
    for _ in 0..<400 {
      for text in texts {
        let changed = changes.apply(to: text)
        expectSameTree(changed)
        if (try? readWithoutLibyaml(changed)) != nil { takenCount += 1 }
      }
    }
    // Left to libyaml, a text is compared with itself. Of the first document of each text some hundred
    // are left to it.
    #expect(takenCount > 400 * texts.count / 3, "took \(takenCount) of \(400 * texts.count)")
  }

  /// A sample that no reader takes would make all its changes compare an error with itself.
  @Test func theSampleNeedsNoLibyaml() throws {
    #expect(try readWithoutLibyaml(Array(Self.sample.utf8)) != nil)
    #expect(!outcome(Array(Self.sample.utf8), onlyWithLibyaml: true).contains("error"))
  }

  private static let sample = """
    # comment
    kind: List
    'items':
    - name: "a"   # one
      empty:
      text: |
        one

          two
      stripped: |-
         three
      list:
        - 1
        -
          - x: {}
            y: []
        - - b
    -
      key with spaces: value with:colon
    - {x: y}
    other: it's
    long: one two
      three:four

      five
    below:
      six
      seven # eight
    quoted: 'it''s
      nine


      ten '
    folded:
      text over
      several lines
    list: [one, 'two', "three four", [], {a: -b}]   # five
    patch: {op: replace, path: /spec/x, value: "y"}
    escaped: "one \\"two\\"
      three\\n \\
      \\ four

      five"
    last:

    """

  private func expectSameTree(_ text: [UInt8]) {
    let (mine, theirs) = (outcome(text), outcome(text, onlyWithLibyaml: true))
    #expect(mine == theirs, "of \(String(decoding: text, as: UTF8.self).debugDescription)")
  }

  /// What is read, in words.
  private func outcome(_ text: [UInt8], onlyWithLibyaml: Bool = false) -> String {
    var tree = Tree()
    var sources = SourceMap()
    let file = sources.add(path: "a.yaml", bytes: text)
    do {
      let roots = try YAMLReader.documents(
        ofFile: file, into: &tree, sources: sources, onlyWithLibyaml: onlyWithLibyaml)
      let nodes = tree.nodes.map { node in
        "\(node.shape) \(node.tag) \(node.flags.rawValue) \(tree.symbols.string(node.key)) "
          + "\(node.writer.raw) \(node.next) \(node.first) \(node.last)"
      }
      return "\(roots.map(\.raw)) \(nodes) \(String(decoding: tree.text, as: UTF8.self))"
    } catch { return "\(Diagnostic(error, in: sources))" }
  }
}

/// Small changes of texts, the same for the same seed.
private struct TextChanges {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  private mutating func number(below limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(max(limit, 1)))
  }

  mutating func apply(to text: String) -> [UInt8] {
    var bytes = Array(text.utf8)
    for _ in 0...number(below: 3) { change(&bytes) }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    let alphabet = Array(" \n-:#'\"|{}[]&*!?,.>%~ab\t  \n\n- ::".utf8)
    let characters = [
      "\u{e9}", "\u{201c}", "\u{4e2d}", "\u{1f600}", "\u{a0}", "\u{85}", "\u{2028}",
    ]
    let place = number(below: bytes.count)
    let other = alphabet[number(below: alphabet.count)]
    switch number(below: 8) {
    case 0 where !bytes.isEmpty: bytes.remove(at: place)
    case 1: bytes.insert(other, at: place)
    case 2 where !bytes.isEmpty: bytes[place] = other
    case 3, 4:
      bytes.insert(contentsOf: characters[number(below: characters.count)].utf8, at: place)
    default: changeLine(&bytes)
    }
  }

  private mutating func changeLine(_ bytes: inout [UInt8]) {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
    let place = number(below: lines.count)
    switch number(below: 5) {
    case 0: lines.remove(at: place)
    case 1: lines.insert(lines[number(below: lines.count)], at: place)
    case 2: lines[place].insert(contentsOf: " ".utf8, at: 0)
    case 3: lines[place].insert(contentsOf: "  ".utf8, at: 0)
    default: lines[place].removeFirst(min(lines[place].count, 1 + number(below: 2)))
    }
    bytes = Array(lines.joined(separator: [0x0A]))
  }
}
