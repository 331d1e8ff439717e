/// What the functions that write nodes tell the ledger. Each is one branch where nothing is recorded, which
/// `Benchmarks` cannot tell from none.
extension Tree {
  /// Notes that a value is written over, before it is. A value that keeps its writer stays what it was.
  @inline(__always)
  mutating func noteWrite(to id: NodeID, by writer: Writer) {
    if ledger.records, self[id].writer != writer {
      record(.written, id, key: .empty, before: id, by: writer)
    }
  }

  /// Notes that a value is taken out of a collection.
  @inline(__always)
  mutating func noteRemoval(of child: NodeID, from parent: NodeID) {
    if ledger.records { record(.removed, parent, key: self[child].key, before: child) }
  }

  /// Notes that a value becomes part of a collection.
  @inline(__always)
  mutating func noteAddition(of child: NodeID) {
    if ledger.records { record(.added, child, key: self[child].key, before: child) }
  }

  /// Nothing is recorded while files are read: no edit is being made then.
  @inline(never)
  private mutating func record(
    _ kind: Ledger.Change.Kind, _ node: NodeID, key: Symbol, before: NodeID,
    by writer: Writer = .none
  ) {
    // A step may have begun the edits of several entries before it writes any of them.
    guard let edit = writer.edit ?? ledger.current else { return }
    let old = self[before]
    let text = old.shape == .scalar ? TextPlace(start: old.first, count: old.last) : nil
    ledger.note(
      Ledger.Change(
        kind: kind, node: node, key: key, before: old.writer, text: text, edit: edit))
  }
}
