/// Moving objects from the tree of a small build into that of a large one (`PartialBuild`).
extension Tree {
  /// Copies the nodes of some objects from a tree whose symbols begin with those of this tree.
  ///
  /// The nodes come in the order that they have there, which decides where keys stand twice; scalars that change
  /// together do so here.
  ///
  /// - Parameters:
  ///   - symbols: those of the other tree, which take the place of this tree's.
  ///   - writer: what a writer of the other tree is called here; nil where that is not known.
  /// - Returns: the objects here; nil where the writer of one of their values is not known.
  mutating func transplant(
    _ roots: [NodeID], from other: Tree, _ writer: (Writer) -> Writer?
  ) -> [NodeID]? {
    var found: [NodeID] = []
    var rest = roots
    while let node = rest.popLast() {
      found.append(node)
      if other.shape(node) != .scalar { rest += other.children(of: node) }
    }
    found.sort { $0.raw < $1.raw }
    var places = NumberTable<NodeID, NodeID>()
    for (offset, node) in found.enumerated() {
      places.updateValue(
        NodeID(raw: UInt32(truncatingIfNeeded: nodes.count + offset)), forKey: node)
    }
    func moved(_ raw: UInt32) -> UInt32 { raw == 0 ? 0 : places[NodeID(raw: raw)]?.raw ?? 0 }
    for id in found {
      var node = other[id]
      guard let known = writer(node.writer) else { return nil }
      node.writer = known
      // An object that is moved is the last of the list that held it.
      node.next = moved(node.next)
      if node.shape == .scalar {
        let start = UInt32(truncatingIfNeeded: text.count)
        text.append(contentsOf: other.text[other.textRange(id)])
        node.first = start
      } else {
        node.first = moved(node.first)
        node.last = moved(node.last)
      }
      nodes.append(node)
    }
    for id in found where other[id].flags.contains(.twin) {
      guard let new = places[id] else { continue }
      // Twins that belong to no object any more stay behind.
      let next = ([id] + other.otherTwins(of: id)).dropFirst().lazy.compactMap { places[$0] }.first
      if let next {
        twinAfter.updateValue(next, forKey: new)
      } else {
        self[writing: new].flags.remove(.twin)
      }
    }
    symbols = other.symbols
    return roots.compactMap { places[$0] }
  }
}
