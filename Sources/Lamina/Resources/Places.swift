/// Places in a list of resources: nearly always one, which then needs no array.
struct Places: Sendable, Sequence, IteratorProtocol {
  private var only: Int32 = -1
  /// How many of the others have been taken out from the front.
  private var taken: Int32 = 0
  private var others: ContiguousArray<Int32> = []

  var first: Int? { only < 0 ? nil : Int(only) }
  var count: Int { only < 0 ? 0 : others.count - Int(taken) + 1 }
  var underestimatedCount: Int { count }

  /// Adds a place at the end, unless it stands there.
  mutating func append(_ place: Int32) {
    if only < 0 {
      only = place
    } else if only != place, others.last != place {
      others.append(place)
    }
  }

  /// Takes a place out.
  mutating func remove(_ place: Int32) {
    if only == place {
      moveOn()
    } else if !others.isEmpty {
      others.removeFirst(Int(taken))
      taken = 0
      others.removeAll { $0 == place }
    }
  }

  /// Each place once, in rising order.
  var inOrder: Places {
    if others.isEmpty { return self }
    var result = Places()
    for place in self.sorted() { result.append(Int32(place)) }
    return result
  }

  /// Takes the places out one by one, as going through them does with a copy.
  mutating func next() -> Int? {
    guard only >= 0 else { return nil }
    defer { moveOn() }
    return Int(only)
  }

  private mutating func moveOn() {
    if Int(taken) < others.count {
      only = others[Int(taken)]
      taken += 1
    } else {
      only = -1
      taken = 0
      others = []
    }
  }
}
