import Testing

@testable import Lamina

/// Patches one after the other give the same whether or not the trips before are known.
@Suite struct JSONTripsTests {
  /// Values that the first or the second trip through JSON changes.
  static let object = """
    kind: A
    numbers: [-0.0, 1e3, 0x1F, 1000000, 9007199254740993, 1.5]
    texts: ["yes", '1', 2001-12-14, !own x, !!binary aGk=, ~, "a: b"]
    block: |
      a
        b
    folded: >
      a

        b
    spaces: " a\\n  b\\n\\n"
    deep: {"on": {a: [], b: {}}, list: [{c: 1}, {}]}

    """

  /// What each of the patches that follow may do.
  static let patches = [
    "- {op: add, path: /new, value: {a: -0, b: [1e6, 'on', \"x\\ny\", {}]}}",
    "- {op: add, path: /new/b/-, value: 12345678}",
    "- {op: remove, path: /numbers/0}",
    "- {op: replace, path: /deep/on/a, value: [~, -0]}",
    "- {op: add, path: /deep/on/a/0, value: \"\\n a\\n\"}",
    "- {op: add, path: /deep/on/b/c, value: {}}\n- {op: remove, path: /deep/on/b/c}",
    "[{\"op\": \"add\", \"path\": \"/numbers/0\", \"value\": \"\\u0041\\/\"}]",
    "[{\"op\": \"add\", \"path\": \"/numbers/-\", \"value\": 1.0}]",
    "- {op: remove, path: /deep/list/0/c}",
    "- {op: add, path: /deep/list/1/d, value: ~}",
    "- {op: test, path: /kind, value: A}",
    "- {op: copy, from: /numbers, path: /deep/numbers}",
    "- {op: move, from: /block, path: /texts/-}\n- {op: add, path: /block, value: \" x\\n\"}",
    "- {op: add, path: /kind, value: B}\n- {op: add, path: /kind, value: A}",
  ]

  @Test(arguments: 1..<patches.count)
  func knownTripsChangeNothing(step: Int) throws {
    var (short, long) = (PatchFixture(), PatchFixture())
    let roots = (try short.object(Self.object), try long.object(Self.object))
    var trips = JSONTrips()
    for round in 0..<40 {
      // Removing goes on until there is nothing left to remove, which fails both ways.
      let patch = Self.patches[(round * step + round / Self.patches.count) % Self.patches.count]
      let outcomes = (
        Result { () throws(Problem) in
          try short.patch(patch)?.apply(to: roots.0, &trips, in: &short.tree)
        },
        Result { () throws(Problem) in try long.apply(patch, to: roots.1) }
      )
      guard case (.success, .success) = outcomes else {
        #expect(outcomes.0.failure?.message == outcomes.1.failure?.message, "\(patch)")
        continue
      }
      #expect(shape(of: roots.0, short.tree) == shape(of: roots.1, long.tree), "\(patch)")
      #expect(try short.printed(roots.0) == long.printed(roots.1))
    }
  }

  @Test func onlyTheFirstTripsGoThroughAll() throws {
    var fixture = PatchFixture()
    let root = try fixture.object(Self.object.replacing("spaces: \" a\\n  b\\n\\n\"", with: ""))
    var trips = JSONTrips()
    var counts: [UInt32] = []
    for number in 0..<5 {
      let before = fixture.tree.ledger.nodesInJSON
      let patch = try fixture.patch("- {op: add, path: /new\(number), value: a}")
      try patch?.apply(to: root, &trips, in: &fixture.tree)
      counts.append(fixture.tree.ledger.nodesInJSON - before)
    }
    #expect(counts[1] == counts[0] + 1)
    #expect(counts[2...] == [2, 2, 2])
  }

  /// Everything that a later step can see of the values below a node.
  private func shape(of node: NodeID, _ tree: Tree) -> [String] {
    let value = tree[node]
    let text = value.shape == .scalar ? tree.string(node) : "\(value.shape)"
    let line = "\(tree.symbols.string(value.key)) \(text) \(value.tag) \(value.flags.rawValue)"
    return [line] + tree.children(of: node).flatMap { shape(of: $0, tree) }
  }
}

extension Result {
  fileprivate var failure: Failure? {
    if case .failure(let failure) = self { failure } else { nil }
  }
}
