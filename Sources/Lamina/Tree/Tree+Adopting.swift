/// Taking over what another tree holds.
extension Tree {
  /// Copies all nodes of a tree that was read from one file, and returns where some of them are now.
  ///
  /// - Parameter base: the first position of the file in this build, where the other tree has 1.
  mutating func adopt(_ other: Tree, _ roots: [NodeID], base: UInt32) -> [NodeID] {
    let keys = symbols.adopt(other.symbols)
    // Node 0 is the null node and is not copied.
    let shift = UInt32(truncatingIfNeeded: nodes.count - 1)
    let textShift = UInt32(truncatingIfNeeded: text.count)
    func moved(_ node: UInt32) -> UInt32 { node == 0 ? 0 : node &+ shift }
    let start = nodes.count
    nodes.append(contentsOf: other.nodes.dropFirst())
    nodes.withUnsafeMutableBufferPointer { nodes in
      for index in start..<nodes.count {
        var node = nodes[index]
        node.key = keys[Int(node.key.raw)]
        node.next = moved(node.next)
        if node.shape == .scalar {
          node.first &+= textShift
        } else {
          node.first = moved(node.first)
          node.last = moved(node.last)
        }
        // The tree of one file holds what was read, and knows no edits.
        if node.writer != .none {
          node.writer = Writer(Position(raw: node.writer.raw &- 1 &+ base))
        }
        nodes[index] = node
      }
    }
    text.append(contentsOf: other.text)
    copiedNodes &+= other.copiedNodes
    ledger.addTrips(of: other.ledger)
    return roots.map { NodeID(raw: moved($0.raw)) }
  }
}

extension SymbolTable {
  /// Interns all symbols of another table; returns them by their numbers there.
  fileprivate mutating func adopt(_ other: SymbolTable) -> ContiguousArray<Symbol> {
    var result: ContiguousArray<Symbol> = []
    result.reserveCapacity(other.count)
    for raw in Self.common { result.append(Symbol(raw: raw)) }
    for raw in Self.common.upperBound..<UInt32(truncatingIfNeeded: other.count) {
      result.append(other.withBytes(of: Symbol(raw: raw)) { intern($0) })
    }
    return result
  }
}
