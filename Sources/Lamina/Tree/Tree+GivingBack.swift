/// Giving back the nodes of a copy that was used up.
extension Tree {
  /// How many nodes there are, to give back those that come after them.
  struct Mark {
    fileprivate let nodes: UInt32
    fileprivate let remarks: Int
  }

  /// Begins what may be given back; nil where the ledger keeps the numbers of nodes.
  func mark() -> Mark? {
    if ledger.records || ledger.traces || !ledger.repetitions.isEmpty { return nil }
    return Mark(
      nodes: UInt32(truncatingIfNeeded: nodes.count), remarks: ledger.remarks.count)
  }

  /// Drops the nodes that were added since a mark, but for those that an object has taken in, which move
  /// together and get other numbers. Nobody else may know any of them.
  ///
  /// A patch for many objects is copied for each, and an object takes in little of its copy: without this a
  /// thousand patches for a thousand objects would keep a million copies. It costs a walk through the object,
  /// which is small beside the merge.
  mutating func giveBack(since mark: Mark?, exceptIn root: NodeID) {
    guard let mark, ledger.remarks.count == mark.remarks, ledger.repetitions.isEmpty,
      nodes.count > Int(mark.nodes)
    else { return }
    let found = findNodes(from: mark.nodes, in: root)
    if !found.kept.isEmpty { move(found, to: mark.nodes) }
    dropNodes(from: Int(mark.nodes) + found.kept.count)
  }

  private struct Found {
    /// Nodes of the object from a number on, in rising order once all are found.
    var kept: ContiguousArray<UInt32> = []
    /// The nodes that name one of them.
    var naming: ContiguousArray<UInt32> = []
  }

  private func findNodes(from start: UInt32, in root: NodeID) -> Found {
    var found = Found()
    /// What follows the collections that are being looked at.
    var rest: ContiguousArray<UInt32> = []
    var current = root.raw
    while current != 0 {
      let node = nodes[Int(current)]
      let isCollection = node.shape != .scalar
      if current >= start { found.kept.append(current) }
      if node.next >= start || isCollection && max(node.first, node.last) >= start {
        found.naming.append(current)
      }
      if isCollection, node.first != 0 {
        if node.next != 0, current != root.raw { rest.append(node.next) }
        current = node.first
      } else {
        current = current == root.raw || node.next == 0 ? rest.popLast() ?? 0 : node.next
      }
    }
    found.kept.sort()
    return found
  }

  private mutating func move(_ found: Found, to start: UInt32) {
    func moved(_ raw: UInt32) -> UInt32 {
      if raw < start { return raw }
      var (low, high) = (0, found.kept.count)
      while low < high {
        let middle = (low + high) / 2
        if found.kept[middle] < raw { low = middle + 1 } else { high = middle }
      }
      return start + UInt32(truncatingIfNeeded: low)
    }
    for raw in found.naming {
      nodes[Int(raw)].next = moved(nodes[Int(raw)].next)
      if nodes[Int(raw)].shape == .scalar { continue }
      nodes[Int(raw)].first = moved(nodes[Int(raw)].first)
      nodes[Int(raw)].last = moved(nodes[Int(raw)].last)
    }
    // Each goes to a number that is not larger than its own, and nothing is written over that still moves.
    for (place, raw) in found.kept.enumerated() { nodes[Int(start) + place] = nodes[Int(raw)] }
  }
}
