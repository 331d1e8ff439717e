/// How often objects went through JSON since anything but a JSON patch has written to them.
///
/// Every JSON patch takes its object through JSON. The first trip changes much, the second little (`-0.0` becomes `-0`,
/// and that `0`); after that only what a patch has put there still changes. So a thousand patches of one object need
/// not go through all of it a thousand times. `JSONTripsTests` holds the short way to the long one.
struct JSONTrips: Sendable {
  /// What is known of an object.
  struct Record: Sendable {
    /// How many trips it took, two at most; 0 also where the last one has left a text that the next one changes.
    var count = 0
    /// What the last patch has put into an object that took two: that took one itself.
    var fresh: NodeID?

    /// A trip changes nothing but what is fresh.
    var isSteady: Bool { count == 2 }

    /// What is known after one more trip.
    ///
    /// - Parameters:
    ///   - isSettled: no text is left that another trip changes again.
    ///   - change: what the patch did; nil where that is not all that it did.
    func next(isSettled: Bool, _ change: JSONTrip.Change?) -> Record {
      guard isSettled else { return Record() }
      guard count > 0, let change else { return Record(count: 1) }
      return Record(count: 2, fresh: change.value)
    }
  }

  private var records = NumberTable<NodeID, Record>()

  func record(of root: NodeID) -> Record { records[root] ?? Record() }

  mutating func note(_ record: Record, of root: NodeID) {
    records.updateValue(record, forKey: root)
  }

  /// An object is written to by something else than a JSON patch.
  mutating func forget(_ root: NodeID) {
    if record(of: root).count > 0 { note(Record(), of: root) }
  }

  /// All objects may be written to.
  mutating func forgetAll() { if !records.isEmpty { records = NumberTable() } }
}

extension JSONTrip {
  /// What an operation has done to an object in JSON form.
  struct Change {
    /// The collection that something was put into or taken from.
    let parent: NodeID
    /// What was put there.
    let value: NodeID?
  }

  /// Makes of a steady object what `unmarshal` makes of all of it.
  ///
  /// - Parameter fresh: what alone was brought into JSON form, since the operation reads no values.
  static func unmarshal(
    _ root: NodeID, _ fresh: NodeID?, _ change: Change, in tree: inout Tree
  ) throws(Problem) -> Bool {
    var isSettled = true
    for value in [fresh, change.value].compactMap({ $0 }) {
      if try !unmarshalValue(value, in: &tree) { isSettled = false }
    }
    tree.setFlags(tree.isEmptyCollection(change.parent) ? .flow : [], of: change.parent)
    tree.markRemade(root)
    return isSettled
  }
}
