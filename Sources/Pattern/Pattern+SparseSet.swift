extension Pattern.Program {
  /// A set of small numbers that is emptied in constant time.
  ///
  /// A number is in the set when its slot points at a place among the members that holds it.
  ///
  /// What the slots hold from before need not be cleared, for a place must hold the number as well.
  struct SparseSet {
    private var slots: [UInt32]
    private var members: [UInt32] = []

    /// Makes an empty set for numbers below a capacity.
    init(capacity: Int) {
      slots = Array(repeating: 0, count: capacity)
    }

    /// Adds a number, and tells whether it was missing.
    mutating func insert(_ number: UInt32) -> Bool {
      let slot = Int(slots[Int(number)])
      if slot < members.count && members[slot] == number { return false }
      slots[Int(number)] = UInt32(members.count)
      members.append(number)
      return true
    }

    /// Empties the set, keeping its storage.
    mutating func removeAll() {
      members.removeAll(keepingCapacity: true)
    }
  }
}
