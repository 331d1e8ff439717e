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

  /// Short lists are merged by a way of their own, and come out like long ones.
  @Test func aShortListComesOutLikeALongOne() throws {
    let others = (0..<20).map { "  - image: \($0)\n    name: other\($0)\n" }.joined()
    for seed in Self.seeds {
      var random = RandomPod(seed: seed)
      let (object, patch) = (random.images(), random.patchForImages())
      for object in [object, RandomPod.head] {
        let isNew = object == RandomPod.head
        let short = try? MergeFixture.merged(object, with: patch)
        let long = try? MergeFixture.merged(
          isNew ? object : object + others, with: isNew ? patch + others : patch)
        #expect(long == short.map { $0 + others })
      }
    }
  }

  /// Elements that are found through the index are those that are found by looking at all.
  @Test func anIndexFindsWhatIsThere() throws {
    for seed in Self.seeds {
      var plain = try RandomList(seed: seed, isIndexed: false)
      var indexed = try RandomList(seed: seed, isIndexed: true)
      #expect(try indexed.outcome() == plain.outcome())
    }
  }

  /// Keys that are missing are filled in through the index as they are by comparing all with all.
  @Test func anIndexFillsTheSameGaps() {
    var filledRows = 0
    for seed in Self.seeds {
      var number = seed
      var symbols = SymbolTable()
      let texts = ["", "", "x", "y", "z", "u", "v"].map { symbols.intern($0) }
      let rows = (0..<20).map { _ in
        (0...(1 + seed % 3)).map { _ in
          number = (number &* 1_103_515_245 &+ 12345) & 0x7FFF_FFFF
          return texts[number / 1024 % texts.count]
        }
      }
      var plain = rows
      MergeRows.fillGaps(of: &plain, isIndexed: false)
      var indexed = rows
      MergeRows.fillGaps(of: &indexed, isIndexed: true)
      #expect(indexed == plain)
      filledRows += zip(rows, plain).count { $0 != $1 }
    }
    #expect(filledRows > 100)
  }
}

/// A list with two keys that is changed at random.
private struct RandomList {
  private var fixture = MergeFixture()
  private var list = KeyedList(keys: [], isIndexed: false)
  private var elements: [NodeID] = []
  private var keys: [Symbol] = []

  /// Some elements lack one key or both, some are no mappings, and some are empty.
  init(seed: Int, isIndexed: Bool) throws {
    var number = seed
    var text = ""
    for _ in 0..<24 {
      number = (number &* 1_103_515_245 &+ 12345) & 0x7FFF_FFFF
      let first = number / 32 % 6 == 0 ? "" : "a: \(["x", "y", "z"][number / 1024 % 3]), "
      let second = number / 8 % 3 == 0 ? "" : "b: \(["x", "y"][number / 64 % 2]), "
      switch number / 128 % 13 {
      case 0: text += "- {}\n"
      case 1: text += "- text\n"
      default: text += "- {\(first)\(second)c: \(number)}\n"
      }
    }
    let root = try fixture.read(text)
    elements = fixture.tree.children(of: root)
    for key in ["a", "b"] { keys.append(fixture.tree.symbols.intern(key)) }
    list = KeyedList(keys: keys, isIndexed: isIndexed)
  }

  /// The elements at the end; nil after an error.
  mutating func outcome() throws -> [String]? {
    do { try change() } catch is Problem { return nil }
    let mappings = list.nodes.filter { fixture.tree.shape($0) == .mapping }
    return try mappings.map { try fixture.print($0) }
  }

  private mutating func change() throws {
    let second = fixture.tree.symbols.intern("x")
    for (index, element) in elements.enumerated() {
      let texts = ListElements.texts(of: element, keys: keys, in: &fixture.tree)
      var values = [texts.first?.text ?? .empty, index % 4 == 0 ? .empty : second]
      if index % 7 == 0 { values[0] = .empty }
      let isThere = list.first(with: values) != nil
      let isTakenOut = isThere && index % 3 == 0
      try list.set(isTakenOut ? nil : element, with: values, in: &fixture.tree)
      if index % 5 == 0 { list.append(element, texts, in: fixture.tree) }
    }
  }
}
