/// Taking over what another tree holds.
extension Tree {
  /// Copies all nodes of a tree that was read from one file, and returns where some of them are now.
  ///
  /// - Parameters:
  ///   - symbols: those of the other tree by their numbers there.
  ///   - base: the first position of the file in this build, where the other tree has 1.
  mutating func adopt(
    _ other: Tree, _ roots: [NodeID], _ symbols: ContiguousArray<Symbol>, base: UInt32
  ) -> [NodeID] {
    addCounts(of: other)
    // Node 0 is the null node and is not copied.
    let all = TreePart(to: other.end)
    return adopt(all, of: other, roots, symbols, movedBy: base &- 1)
  }

  /// Copies the nodes of one of the texts that a tree was read from, and returns where some of them are now.
  ///
  /// - Parameters:
  ///   - symbols: those of the other tree by their numbers there.
  ///   - positions: how far positions are from those of the other tree.
  mutating func adopt(
    _ part: TreePart, of other: Tree, _ roots: [NodeID], _ symbols: ContiguousArray<Symbol>,
    movedBy positions: UInt32
  ) -> [NodeID] {
    let shift = UInt32(truncatingIfNeeded: nodes.count - part.start.node)
    let textShift = UInt32(truncatingIfNeeded: text.count - part.start.text)
    func moved(_ node: UInt32) -> UInt32 { node == 0 ? 0 : node &+ shift }
    let start = nodes.count
    other.nodes.withUnsafeBufferPointer {
      nodes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[part.start.node..<part.end.node]))
    }
    nodes.withUnsafeMutableBufferPointer { nodes in
      for index in start..<nodes.count {
        var node = nodes[index]
        node.key = symbols[Int(node.key.raw)]
        node.next = moved(node.next)
        if node.shape == .scalar {
          node.first &+= textShift
        } else {
          node.first = moved(node.first)
          node.last = moved(node.last)
        }
        // What was read knows no edits.
        if node.writer != .none {
          node.writer = Writer(Position(raw: node.writer.raw &+ positions))
        }
        nodes[index] = node
      }
    }
    other.text.withUnsafeBufferPointer {
      text.append(contentsOf: UnsafeBufferPointer(rebasing: $0[part.start.text..<part.end.text]))
    }
    return roots.map { NodeID(raw: moved($0.raw)) }
  }

  /// Counts what has been done to another tree as done to this one.
  mutating func addCounts(of other: Tree) {
    copiedNodes &+= other.copiedNodes
    ledger.addTrips(of: other.ledger)
  }

  /// Where the next text that is read begins.
  var end: TreePart.End { TreePart.End(node: nodes.count, text: text.count) }
}

/// What a tree has of one of several texts, which name nothing of each other.
struct TreePart: Sendable {
  /// A place among the nodes and one among the bytes of scalars.
  struct End: Sendable {
    var node = 1
    var text = 0
  }

  fileprivate let start: End
  fileprivate let end: End

  init(from start: End = End(), to end: End = End()) {
    self.start = start
    self.end = end
  }
}

extension SymbolTable {
  /// Interns the symbols of another table from a number on, and puts them behind those before, so that all are known
  /// by their numbers there.
  mutating func adopt(
    _ other: SymbolTable, upTo end: Int, behind known: inout ContiguousArray<Symbol>
  ) {
    while known.count < end {
      let symbol = Symbol(raw: UInt32(truncatingIfNeeded: known.count))
      known.append(other.withBytes(of: symbol) { intern($0) })
    }
  }
}
