/// Deep copies.
extension Tree {
  /// A copy of a node and all below it, without a parent. Text is shared: it never changes.
  mutating func copy(_ id: NodeID) -> NodeID {
    let before = nodes.count
    defer { copiedNodes += nodes.count - before }
    return copyAll(id)
  }

  private mutating func copyAll(_ id: NodeID) -> NodeID {
    var node = self[id]
    node.next = 0
    node.flags.remove(.twin)
    guard node.shape != .scalar, node.first != 0 else { return add(node) }
    var child = node.first
    node.first = 0
    node.last = 0
    let result = add(node)
    var last: UInt32 = 0
    while child != 0 {
      let next = nodes[Int(child)].next
      let duplicate = copyAll(NodeID(raw: child)).raw
      if last == 0 { self[result].first = duplicate } else { nodes[Int(last)].next = duplicate }
      last = duplicate
      child = next
    }
    self[result].last = last
    return result
  }

  /// The number of nodes from this one down.
  func size(of id: NodeID) -> Int {
    var total = 1
    var child = first(of: id)
    while let current = child {
      total += size(of: current)
      child = next(after: current)
    }
    return total
  }
}
