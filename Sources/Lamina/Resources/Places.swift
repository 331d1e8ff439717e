/// Places in a list of resources: nearly always one, which then needs no array.
struct Places: Sendable, Sequence, IteratorProtocol {
  private var only: Int32 = -1
  private var others: ArraySlice<Int32> = []

  var first: Int? { only < 0 ? nil : Int(only) }
  var count: Int { only < 0 ? 0 : others.count + 1 }
  var underestimatedCount: Int { count }

  /// Adds a place at the end, unless it stands there; true where it is the first.
  @discardableResult
  mutating func append(_ place: Int32) -> Bool {
    if only < 0 {
      only = place
      return true
    }
    if only != place, others.last != place { others.append(place) }
    return false
  }

  /// Takes a place out; true where none is left.
  mutating func remove(_ place: Int32) -> Bool {
    if only == place {
      only = others.popFirst() ?? -1
    } else {
      others.removeAll { $0 == place }
    }
    return only < 0
  }

  /// Each place once, in rising order.
  var inOrder: Places {
    if others.isEmpty { return self }
    var result = Places()
    for place in ([only] + others).sorted() { result.append(place) }
    return result
  }

  /// Takes the places out one by one, as going through them does with a copy.
  mutating func next() -> Int? {
    guard only >= 0 else { return nil }
    defer { only = others.popFirst() ?? -1 }
    return Int(only)
  }
}
