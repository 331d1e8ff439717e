/// A key that is made of the numbers of symbols and nodes.
protocol NumberedKey: Equatable, Sendable {
  /// Takes in all that tells the key from others.
  func mix(into hash: inout NumberHash)
}

/// A hash of numbers, in one multiplication each.
struct NumberHash {
  private(set) var value: UInt64

  init(seed: UInt64) { value = seed }

  /// The halves of a product depend on all bits of both factors.
  mutating func combine(_ number: UInt64) {
    let product = (value ^ number).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    value = product.high ^ product.low
  }

  mutating func combine(_ a: Symbol, _ b: Symbol) {
    combine(UInt64(a.raw) << 32 | UInt64(b.raw))
  }
}

/// Values by keys that are numbers of the build.
///
/// In place of `Dictionary` where a build begins and where it is hot. The standard hash costs more than
/// the rest of a look-up, and the first dictionary of each type of keys makes Swift go through all
/// conformances of the program, which is a tenth of a small build. Entries are never taken out, and are
/// gone through in the order in which they came.
struct NumberTable<Key: NumberedKey, Value: Sendable>: Sendable {
  /// Tuples, because a type in here would be one whose keys Swift looks up as well.
  private var entries: ContiguousArray<(key: Key, value: Value)> = []
  /// Open addressing; 0 is a free place, n stands for entry n − 1. The size is a power of two.
  private var slots: ContiguousArray<UInt32> = []
  /// Drawn anew for each table but the smallest, so that no file can be written whose keys all collide.
  private var seed: UInt64 = 0

  var count: Int { entries.count }
  var isEmpty: Bool { entries.isEmpty }
  // A closure, since a key path is made at run time, which is a fiftieth of a small build.
  var keys: some Sequence<Key> { entries.lazy.map { $0.key } }

  subscript(key: Key) -> Value? {
    guard !slots.isEmpty else { return nil }
    let entry = slots[slot(of: key)]
    return entry == 0 ? nil : entries[Int(entry) - 1].value
  }

  /// The value of a key; a new entry has the default.
  subscript(key: Key, default value: @autoclosure () -> Value) -> Value {
    get { self[key] ?? value() }
    _modify {
      let place = place(of: key, orMaking: value())
      yield &entries[place].value
    }
  }

  /// Sets the value of a key, and returns the one that it had.
  @discardableResult
  mutating func updateValue(_ value: Value, forKey key: Key) -> Value? {
    let count = entries.count
    let place = place(of: key, orMaking: value)
    if entries.count > count { return nil }
    defer { entries[place].value = value }
    return entries[place].value
  }

  /// Gives the entry of a key another key, which must have none; its place among the others stays.
  mutating func rename(_ old: Key, to new: Key) {
    guard !slots.isEmpty else { return }
    var hole = slot(of: old)
    let entry = slots[hole]
    guard entry != 0 else { return }
    // What would not be found any more behind a free place moves up to it.
    let mask = slots.count - 1
    var next = (hole + 1) & mask
    while slots[next] != 0 {
      let home = hash(entries[Int(slots[next]) - 1].key) & mask
      if (next - home) & mask >= (next - hole) & mask {
        slots[hole] = slots[next]
        hole = next
      }
      next = (next + 1) & mask
    }
    slots[hole] = 0
    entries[Int(entry) - 1].key = new
    slots[slot(of: new)] = entry
  }

  private mutating func place(of key: Key, orMaking value: @autoclosure () -> Value) -> Int {
    if entries.count * 2 >= slots.count { grow() }
    let slot = slot(of: key)
    if slots[slot] != 0 { return Int(slots[slot]) - 1 }
    entries.append((key: key, value: value()))
    slots[slot] = UInt32(truncatingIfNeeded: entries.count)
    return entries.count - 1
  }

  /// The place of a key in `slots`, or the free one where it would be put.
  private func slot(of key: Key) -> Int {
    var slot = hash(key) & (slots.count - 1)
    while slots[slot] != 0, entries[Int(slots[slot]) - 1].key != key {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private func hash(_ key: Key) -> Int {
    var hash = NumberHash(seed: seed)
    key.mix(into: &hash)
    return Int(truncatingIfNeeded: hash.value)
  }

  private mutating func grow() {
    let isSmall = slots.isEmpty
    slots = ContiguousArray(repeating: 0, count: isSmall ? 8 : slots.count.grownSize)
    if !isSmall, seed == 0 { seed = .random(in: 1 ... .max) }
    for (index, entry) in entries.enumerated() {
      var slot = hash(entry.key) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(truncatingIfNeeded: index + 1)
    }
  }
}

extension Int {
  /// The next size of a table with this number of slots: small ones grow in few steps, large ones leave less empty.
  var grownSize: Int { self < 4096 ? self * 4 : self * 2 }
}

/// A set of keys that are numbers of the build.
struct NumberSet<Key: NumberedKey>: Sendable {
  private var table = NumberTable<Key, Bool>()

  init() {}

  init(_ keys: some Sequence<Key>) { for key in keys { insert(key) } }

  var isEmpty: Bool { table.isEmpty }

  func contains(_ key: Key) -> Bool { table[key] != nil }

  /// True where the key was not there yet.
  @discardableResult
  mutating func insert(_ key: Key) -> Bool { table.updateValue(true, forKey: key) == nil }
}
