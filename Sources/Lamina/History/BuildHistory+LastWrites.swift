/// The last write of each value, for those who do not show the writes before it. Whole objects have thousands of
/// values; what is said of one is so kept in numbers.
extension BuildHistory {
  package struct LastWrite: Sendable {
    /// Where a file holds the value; none where it has no other place than its deed.
    package let position: ValuePosition
    package let deed: Deed
    /// How many writes came before.
    package let earlier: Int
    package let isSecret: Bool
  }

  /// A position, for `PlaceReader`.
  package struct ValuePosition: Sendable { let position: Position }

  /// What an edit does to values: of all values of one deed the same is said, but for their own places.
  package struct Deed: Hashable, Sendable {
    /// The edit that made the value itself.
    fileprivate var writer: EditID?
    fileprivate let edit: EditID?
    fileprivate let operation: UInt32
  }

  /// What happened to a value of an object last; the same as the last one of `writes(of:in:)`.
  package func lastWrite(of node: NodeID, in object: Object) -> LastWrite {
    if node != object.root, object.arrival != nil, isUntouched(node, in: object) {
      return LastWrite(
        position: ValuePosition(position: tree.position(node)),
        deed: Deed(edit: object.edit, operation: 0), earlier: 0, isSecret: isSecret(node))
    }
    if let last = onlyState(of: node) { return lastWrite(last, earlier: 0) }
    let states = states(of: node, before: .max)
    guard let last = states.last else {
      return LastWrite(
        position: ValuePosition(position: .none), deed: Deed(edit: nil, operation: 0), earlier: 0,
        isSecret: isSecret(node))
    }
    return lastWrite(last, earlier: states.count - 1)
  }

  private func lastWrite(_ state: State, earlier: Int) -> LastWrite {
    LastWrite(
      position: ValuePosition(position: state.writer.position ?? .none),
      deed: Deed(
        writer: state.writer.edit, edit: state.edit, operation: state.change?.operation ?? 0),
      earlier: earlier, isSecret: ledger.isSecret(state.writer))
  }

  /// The short way for values that were brought or made once, and took the place of no other, as nearly all: the only
  /// one of `states(of:before:)`. `HistoryTests` compares the two.
  func onlyState(of node: NodeID) -> State? {
    guard ledger.trace.predecessors.isEmpty else { return nil }
    let writer = tree.writer(node)
    var change: Ledger.Change?
    if !isUnchanged(node) {
      guard let number = onlyChange(of: node) else { return nil }
      let only = ledger.changes[number]
      guard only.kind == .added, only.other.raw == 0 || removal(before: number, like: only) == nil
      else { return nil }
      change = only
    } else if writer.edit == nil {
      change = arrival(of: node, [], before: .max)
    }
    return State(
      writer: writer, text: nil, edit: writer.edit ?? change?.edit,
      change: writer.edit == nil ? change : nil)
  }

  /// A write as those of a deed are, without a value.
  package func write(of deed: Deed) -> FieldWrite {
    makeWrite(
      writer: deed.writer.map { Writer($0) } ?? .none, edit: deed.edit, operation: deed.operation,
      text: nil)
  }
}
