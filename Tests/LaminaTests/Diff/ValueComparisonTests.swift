@testable import Lamina
@testable import LaminaDiff
import Testing

/// Random values and random edits: everything that differs is told, once, and nothing else.
@Suite struct ValueComparisonTests {
  @Test(arguments: 0..<40 as Range<UInt64>)
  func whatIsToldIsAllThatDiffers(seed: UInt64) {
    var random = RandomValues(seed: seed)
    for _ in 0..<50 {
      let old = random.value(depth: 4)
      #expect(ValueComparison.changes(from: old, to: old).isEmpty)
      let new = random.edited(old)
      let changes = ValueComparison.changes(from: old, to: new)
      #expect(changes.isEmpty == (old == new))
      checkEach(changes, old, new)
      // Without what is told, the two are the same.
      #expect(
        Blanked(old, changes, side: .old).value == Blanked(new, changes, side: .new).value,
        "seed \(seed): \(old) -> \(new): \(changes)")
    }
  }

  /// What a change says stands where it says.
  private func checkEach(_ changes: [FoundChange], _ old: ComparedValue, _ new: ComparedValue) {
    for change in changes {
      switch change.kind {
      case .added(let value): #expect(new.value(at: change.newPlace) == value)
      case .removed(let value): #expect(old.value(at: change.oldPlace) == value)
      case .changed(let before, let after):
        #expect(before != after)
        #expect(old.value(at: change.oldPlace) == before)
        #expect(new.value(at: change.newPlace) == after)
      case .text(let lines): #expect(!lines.hunks.isEmpty)
      case .reordered(let before, let after):
        // Elements that share a name have the same words.
        #expect(before.sorted() == after.sorted())
      }
    }
  }
}

/// A value without what changes say of it.
private struct Blanked {
  enum Side {
    case old
    case new
  }

  private let side: Side
  private var gone: Set<[FieldStep]> = []
  private var replaced: Set<[FieldStep]> = []
  private var sorted: Set<[FieldStep]> = []
  private(set) var value = ComparedValue.null

  init(_ value: ComparedValue, _ changes: [FoundChange], side: Side) {
    self.side = side
    for change in changes {
      guard let place = side == .old ? change.oldPlace : change.newPlace else { continue }
      switch change.kind {
      case .added, .removed: gone.insert(place)
      case .changed, .text: replaced.insert(place)
      case .reordered: sorted.insert(place)
      }
    }
    self.value = blanked(value, [])
  }

  private func blanked(_ value: ComparedValue, _ path: [FieldStep]) -> ComparedValue {
    if replaced.contains(path) { return .string(ByteText("replaced")) }
    switch value {
    case .mapping(let entries):
      return .mapping(
        entries.compactMap { entry in
          let below = path + [.key(entry.key.string)]
          if gone.contains(below) { return nil }
          return .init(key: entry.key, value: blanked(entry.value, below))
        })
    case .list(let list):
      var elements: [ComparedValue] = []
      for (index, element) in list.elements.enumerated()
      where !gone.contains(path + [.index(index)]) {
        elements.append(blanked(element, path + [.index(index)]))
      }
      if sorted.contains(path) { elements.sort { "\($0)" < "\($1)" } }
      return .list(.init(elements: elements, mergeKeys: list.mergeKeys))
    default: return value
    }
  }
}

extension ComparedValue {
  fileprivate func value(at path: [FieldStep]?) -> ComparedValue? {
    guard let path else { return nil }
    var value = self
    for step in path {
      switch (step, value) {
      case (.key(let key), .mapping):
        guard let next = value[key] else { return nil }
        value = next
      case (.index(let index), .list(let list)) where list.elements.indices.contains(index):
        value = list.elements[index]
      default: return nil
      }
    }
    return value
  }
}

/// Values such as manifests have, small ones.
private struct RandomValues {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  private mutating func number(_ end: Int) -> Int { Int.random(in: 0..<end, using: &random) }

  private mutating func word() -> String {
    ["a", "b", "c", "d", "1", "true", "x\ny\nz", "x\ny\nw", "é", "e\u{301}"][number(10)]
  }

  mutating func value(depth: Int) -> ComparedValue {
    switch number(depth > 0 ? 10 : 5) {
    case 0: .null
    case 1: .bool(number(2) == 0)
    case 2: .number(ByteText("\(number(3))"))
    case 3, 4: .string(ByteText(word()))
    case 5: list(of: keyed(depth: depth - 1), mergeKeys: ["name", "kind"])
    case 6: list(of: keyed(depth: depth - 1), mergeKeys: [])
    case 7: list(of: (0..<number(6)).map { _ in value(depth: depth - 1) }, mergeKeys: [])
    default: mapping(depth: depth - 1)
    }
  }

  private func list(of elements: [ComparedValue], mergeKeys: [String]) -> ComparedValue {
    .list(.init(elements: elements, mergeKeys: mergeKeys))
  }

  /// Elements that most often have a name, which most often is theirs alone.
  private mutating func keyed(depth: Int) -> [ComparedValue] {
    (0..<number(5)).map { index in
      var entries: [ComparedValue.Entry] = []
      if number(8) > 0 { entries.append(entry("name", number(6) > 0 ? "n\(index)" : "n0")) }
      if number(4) == 0 { entries.append(entry("kind", word())) }
      entries.append(.init(key: ByteText("value"), value: value(depth: depth)))
      return .mapping(entries.sorted { $0.key < $1.key })
    }
  }

  private func entry(_ key: String, _ text: String) -> ComparedValue.Entry {
    .init(key: ByteText(key), value: .string(ByteText(text)))
  }

  private mutating func mapping(depth: Int) -> ComparedValue {
    var entries: [ComparedValue.Entry] = []
    for key in ["a", "b", "k/l", "name", "value"] where number(2) == 0 {
      entries.append(.init(key: ByteText(key), value: value(depth: depth)))
    }
    return .mapping(entries)
  }

  /// The value with something else in a few places.
  mutating func edited(_ value: ComparedValue) -> ComparedValue {
    if number(12) == 0 { return self.value(depth: 2) }
    switch value {
    case .list(let list):
      var elements = list.elements
      switch number(6) {
      case 0: elements.shuffle(using: &random)
      case 1 where !elements.isEmpty: elements.remove(at: number(elements.count))
      case 2: elements.insert(self.value(depth: 1), at: number(elements.count + 1))
      case 3 where !elements.isEmpty: elements.append(elements[number(elements.count)])
      default:
        for index in elements.indices where number(2) == 0 {
          elements[index] = edited(elements[index])
        }
      }
      return .list(.init(elements: elements, mergeKeys: list.mergeKeys))
    case .mapping(var entries):
      if number(5) == 0, !entries.isEmpty { entries.remove(at: number(entries.count)) }
      return .mapping(
        entries.map { .init(key: $0.key, value: number(3) == 0 ? edited($0.value) : $0.value) })
    default: return number(3) == 0 ? self.value(depth: 1) : value
    }
  }
}
