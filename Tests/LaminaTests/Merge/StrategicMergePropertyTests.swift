import Testing

@testable import Lamina

/// What holds whatever the object and the patch are.
@Suite struct StrategicMergePropertyTests {
  private static let seeds = 1...200

  @Test func aPatchThatSaysNothingChangesNothing() throws {
    for seed in Self.seeds {
      var random = RandomPod(seed: seed)
      let pod = random.tidy()
      var fixture = MergeFixture()
      let root = try fixture.read(pod)
      let before = try fixture.print(root)
      #expect(try MergeFixture.merged(pod, with: RandomPod.head) == before)
    }
  }

  @Test func thePatchIsNotTouched() throws {
    for seed in Self.seeds {
      var random = RandomPod(seed: seed)
      var fixture = MergeFixture()
      let target = try fixture.read(random.tidy())
      let patch = try fixture.read(random.patch())
      let before = try fixture.print(patch)
      _ = try fixture.merge(patch, into: target)
      #expect(try fixture.print(patch) == before)
      // Nor does a change of the object reach it.
      for child in fixture.tree.children(of: target) {
        fixture.tree.removeAllChildren(of: child)
      }
      #expect(try fixture.print(patch) == before)
    }
  }

  @Test func theSameFilesGiveTheSameBytes() throws {
    for seed in Self.seeds {
      var random = RandomPod(seed: seed)
      let pod = random.tidy()
      let patch = random.patch()
      let once = try MergeFixture.merged(pod, with: patch)
      #expect(try MergeFixture.merged(pod, with: patch) == once)
      var fixture = MergeFixture()
      let root = try fixture.read(once)
      #expect(try fixture.print(root) == once)
    }
  }

  @Test func newNodesKeepThePositionsOfThePatch() throws {
    var fixture = MergeFixture()
    let target = try fixture.read(RandomPod.head + "spec:\n  nodeName: a\n")
    let patch = try fixture.read(RandomPod.head + "spec:\n  nodeName: b\n  subdomain: c\n")
    _ = try fixture.merge(patch, into: target)
    let spec = try #require(fixture.tree.field(.spec, of: target))
    let patchSpec = try #require(fixture.tree.field(.spec, of: patch))
    #expect(
      fixture.tree.children(of: spec).map { fixture.tree.position($0) }
        == fixture.tree.children(of: patchSpec).map { fixture.tree.position($0) })
  }

  /// Elements that are found through the index are those that are found by looking at all.
  @Test func anIndexFindsWhatIsThere() throws {
    for seed in Self.seeds {
      var plain = try RandomList(seed: seed, indexedKey: nil)
      let expected = try plain.outcome()
      for key in 0...1 {
        var indexed = try RandomList(seed: seed, indexedKey: key)
        #expect(try indexed.outcome() == expected)
      }
    }
  }
}

/// A list with two keys that is changed at random.
private struct RandomList {
  private var fixture = MergeFixture()
  private var list = KeyedList(keys: [], indexedKey: nil)
  private var elements: [NodeID] = []
  private var keys: [Symbol] = []

  /// Some elements lack one key or both, some are no mappings, and some are empty.
  init(seed: Int, indexedKey: Int?) throws {
    var number = seed
    var text = ""
    for _ in 0..<24 {
      number = (number &* 1_103_515_245 &+ 12345) & 0x7FFF_FFFF
      let first = number / 32 % 6 == 0 ? "" : "a: \(["x", "y", "z"][number / 1024 % 3]), "
      let second = number / 8 % 3 == 0 ? "" : "b: \(["x", "y"][number / 64 % 2]), "
      text += number % 11 == 0 ? "- {}\n" : "- {\(first)\(second)c: \(number)}\n"
    }
    let root = try fixture.read(text)
    elements = fixture.tree.children(of: root)
    for key in ["a", "b"] { keys.append(fixture.tree.symbols.intern(key)) }
    list = KeyedList(keys: keys, indexedKey: indexedKey)
  }

  mutating func outcome() throws -> [String] {
    let second = fixture.tree.symbols.intern("x")
    for (index, element) in elements.enumerated() {
      let texts = ListElements.texts(of: element, keys: keys, in: &fixture.tree)
      let values = [texts.first?.text ?? .empty, index % 4 == 0 ? .empty : second]
      let isThere = list.first(with: values) != nil
      let isTakenOut = isThere && index % 3 == 0
      try list.set(isTakenOut ? nil : element, with: values, in: &fixture.tree)
      if index % 5 == 0 { list.append(element, texts, in: fixture.tree) }
    }
    return try list.nodes.map { try fixture.print($0) }
  }
}
