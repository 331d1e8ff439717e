/// Deep copies.
extension Tree {
  /// A copy of a node and all below it, without a parent. Text is shared: it never changes.
  ///
  /// - Parameter position: on whose behalf, should the tree become too large.
  mutating func copy(_ id: NodeID, for position: Position) throws(Problem) -> NodeID {
    let before = nodes.count
    defer { copiedNodes &+= UInt32(truncatingIfNeeded: nodes.count - before) }
    let result = try addDeepCopy(of: id, for: position)
    noteCopy(of: id, from: before)
    return result
  }

  @inline(__always)
  private mutating func addDeepCopy(
    of id: NodeID, for position: Position
  ) throws(Problem) -> NodeID {
    let result = addCopy(of: id.raw)
    guard let first = first(of: id) else { return result }
    // The collections around the one that is being copied: what comes behind it, and what it is put into.
    var outer: ContiguousArray<(next: UInt32, parent: UInt32)> = []
    outer.reserveCapacity(12)
    var (child, parent, last) = (first.raw, result.raw, UInt32(0))
    while true {
      guard child != 0 else {
        nodes[Int(parent)].last = last
        guard let around = outer.popLast() else { return result }
        (child, parent, last) = (around.next, around.parent, parent)
        continue
      }
      let (next, inner) = (nodes[Int(child)].next, self.first(of: NodeID(raw: child)))
      let duplicate = addCopy(of: child).raw
      if last == 0 {
        nodes[Int(parent)].first = duplicate
      } else {
        nodes[Int(last)].next = duplicate
      }
      if let inner {
        try checkSize(at: position)
        outer.append((next, parent))
        (child, parent, last) = (inner.raw, duplicate, 0)
      } else {
        (child, last) = (next, duplicate)
      }
    }
  }

  /// A copy of a scalar or of an empty collection; of another one, what its children are put into.
  @inline(__always)
  private mutating func addCopy(of raw: UInt32) -> NodeID {
    var node = nodes[Int(raw)]
    node.next = 0
    node.flags.remove(.twin)
    if node.shape != .scalar { (node.first, node.last) = (0, 0) }
    return add(node)
  }
}
