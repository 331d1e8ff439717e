import Testing

@testable import Lamina

/// The table does what a dictionary does that nothing is taken out of.
@Suite struct NumberTableTests {
  @Test func agreesWithADictionary() {
    var random = SystemRandomNumberGenerator()
    var table = NumberTable<Symbol, Int>()
    var dictionary: [Symbol: Int] = [:]
    for step in 0..<5000 {
      let key = Symbol(raw: .random(in: 0..<700, using: &random))
      let other = Symbol(raw: .random(in: 0..<700, using: &random))
      if step % 3 == 1, dictionary[other] == nil {
        table.rename(key, to: other)
        dictionary[other] = dictionary.removeValue(forKey: key)
        #expect(table[key] == nil)
      } else if step.isMultiple(of: 2) {
        let former = table.updateValue(step, forKey: key)
        #expect(former == dictionary.updateValue(step, forKey: key))
      } else {
        table[key, default: 7] += step
        dictionary[key, default: 7] += step
      }
    }
    #expect(table.count == dictionary.count)
    for raw in UInt32(0)..<800 {
      #expect(table[Symbol(raw: raw)] == dictionary[Symbol(raw: raw)])
    }
  }

  @Test func entriesComeInTheOrderOfTheirFirstMention() {
    var table = NumberTable<NodeID, Int>()
    #expect(table.isEmpty)
    for raw: UInt32 in [9, 3, 7, 3, 9, 1] { table.updateValue(0, forKey: NodeID(raw: raw)) }
    #expect(table.keys.map(\.raw) == [9, 3, 7, 1])
    table.rename(NodeID(raw: 3), to: NodeID(raw: 4))
    table.rename(NodeID(raw: 5), to: NodeID(raw: 6))
    #expect(table.keys.map(\.raw) == [9, 4, 7, 1])
  }

  @Test func keysOfSeveralPartsAreToldApart() {
    func key(_ kind: UInt32, _ name: UInt32, _ namespace: UInt32) -> ResourceKey {
      ResourceKey(
        type: GroupVersionKind(group: .empty, version: .v1, kind: Symbol(raw: kind)),
        name: Symbol(raw: name), namespace: Symbol(raw: namespace))
    }
    var set = NumberSet<ResourceKey>()
    for kind: UInt32 in 0..<12 {
      for name: UInt32 in 0..<12 {
        for namespace: UInt32 in 0..<12 {
          #expect(!set.contains(key(kind, name, namespace)))
          let insertions = (0..<2).map { _ in set.insert(key(kind, name, namespace)) }
          #expect(insertions == [true, false])
        }
      }
    }
  }

  @Test func aCopyIsItsOwn() {
    var one = NumberTable<Symbol, Int>()
    one.updateValue(1, forKey: .kind)
    var other = one
    other[.kind, default: 0] = 2
    other.updateValue(3, forKey: .name)
    #expect(one[.kind] == 1 && one[.name] == nil)
    #expect(other[.kind] == 2 && other[.name] == 3)
  }
}
