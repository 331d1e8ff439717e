import Testing

@testable import Lamina

/// What a merge did not take in is given back, and nothing else.
@Suite struct GivingBackTests {
  /// A pod and patches for it: mappings, lists with keys, lists that are replaced, nulls, directives.
  private struct Patches {
    var random: SeededGenerator

    mutating func pod(isPatch: Bool) -> String {
      var text = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: app\n"
      text +=
        mapping("labels", indent: 2, isPatch) + "spec:\n"
        + mapping("nodeSelector", indent: 2, isPatch)
      if chance(4) {
        text += "  containers:\n"
        for number in 0..<Int.random(in: 1...4, using: &random) {
          text +=
            "  - name: c\(isPatch ? Int.random(in: 0...5, using: &random) * 10 + number : number)\n"
          if isPatch, chance(8) { text += "    $patch: \(chance(2) ? "delete" : "replace")\n" }
          if chance(2) { text += "    args: [a\(Int.random(in: 0...9, using: &random)), b]\n" }
          if chance(2) {
            text += "    env:\n"
            for name in 0..<Int.random(in: 1...30, using: &random) {
              text +=
                "    - {name: E\(name * (isPatch ? 2 : 1)), value: v\(Int.random(in: 0...9, using: &random))}\n"
            }
          }
        }
      }
      return text
    }

    private mutating func mapping(_ name: String, indent: Int, _ isPatch: Bool) -> String {
      let spaces = String(repeating: " ", count: indent)
      if isPatch, chance(10) { return "\(spaces)\(name): null\n" }
      var text = "\(spaces)\(name):\n"
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let key = "k\(Int.random(in: 0...9, using: &random))"
        if text.contains("\(key):") { continue }
        text +=
          "\(spaces)  \(key): \(isPatch && chance(5) ? "null" : "v\(Int.random(in: 0...9, using: &random))")\n"
      }
      return text
    }

    private mutating func chance(_ count: Int) -> Bool {
      Int.random(in: 0..<count, using: &random) == 0
    }
  }

  @Test(arguments: 0..<300)
  func mergesAsWithoutGivingBack(seed: Int) throws {
    var patches = Patches(random: SeededGenerator(seed: UInt64(seed)))
    let object = patches.pod(isPatch: false)
    let changes = (0..<6).map { _ in patches.pod(isPatch: true) }
    var (lavish, thrifty) = (MergeFixture(), MergeFixture())
    let targets = (try lavish.read(object), try thrifty.read(object))
    // What another object has must stay what it is.
    let other = try thrifty.read(object)
    for change in changes {
      _ = try lavish.merge(try lavish.read(change), into: targets.0)
      let patch = try thrifty.read(change)
      let mark = thrifty.tree.mark()
      _ = try thrifty.merge(patch, into: targets.1)
      thrifty.tree.giveBack(since: mark, exceptIn: targets.1)
      #expect(try thrifty.print(targets.1) == lavish.print(targets.0))
      #expect(try thrifty.print(patch) == MergeFixture.printed(change))
    }
    #expect(try thrifty.print(other) == MergeFixture.printed(object))
    #expect(thrifty.tree.nodes.count < lavish.tree.nodes.count)
  }

  /// A patch that changes values and adds none leaves no node behind.
  @Test func nothingIsLeftOfWhatOnlyOverwrites() throws {
    var fixture = MergeFixture()
    let target = try fixture.read("kind: A\nmetadata: {name: a, labels: {x: a}}\n")
    let patch = try fixture.read("metadata: {labels: {x: b}}\n")
    let count = fixture.tree.nodes.count
    let mark = fixture.tree.mark()
    _ = try fixture.merge(patch, into: target)
    fixture.tree.giveBack(since: mark, exceptIn: target)
    #expect(fixture.tree.nodes.count == count)
    #expect(try fixture.print(target) == "kind: A\nmetadata:\n  labels:\n    x: b\n  name: a\n")
  }

  /// The ledger of a build that is to be explained names nodes by their numbers.
  @Test func recordedBuildsKeepAll() throws {
    var tree = Tree()
    tree.ledger.records = true
    #expect(tree.mark() == nil)
    tree.ledger.records = false
    tree.ledger.traces = true
    #expect(tree.mark() == nil)
  }
}

extension MergeFixture {
  /// A text as it is printed.
  fileprivate static func printed(_ text: String) throws -> String {
    var fixture = MergeFixture()
    return try fixture.print(try fixture.read(text))
  }
}
