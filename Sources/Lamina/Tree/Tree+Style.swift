/// Changing how a value or its key is written. The value stays what its writer made it, so the ledger is not
/// told.
extension Tree {
  @inline(__always)
  mutating func setFlags(_ flags: Node.Flags, of id: NodeID) { self[writing: id].flags = flags }

  @inline(__always)
  mutating func addFlags(_ flags: Node.Flags, to id: NodeID) {
    self[writing: id].flags.formUnion(flags)
  }

  @inline(__always)
  mutating func removeFlags(_ flags: Node.Flags, from id: NodeID) {
    self[writing: id].flags.subtract(flags)
  }

  /// Forgets how a value was written, but not how its key was.
  mutating func keepKeyFlags(of id: NodeID) { self[writing: id].flags.formIntersection(.ofKey) }

  /// Has a collection printed as `{…}` or `[…]`, or line by line.
  mutating func setFlow(_ isFlow: Bool, of id: NodeID) {
    if isFlow { addFlags(.flow, to: id) } else { removeFlags(.flow, from: id) }
  }

  /// Says what the text of a scalar means, or that the text decides (`unresolved`).
  mutating func setTag(_ tag: ScalarTag, of id: NodeID) { self[writing: id].tag = tag }

  /// Says that kustomize has made the node anew, though it looks as before (see `Node.Flags.remade`).
  mutating func markRemade(_ id: NodeID) { addFlags(.remade, to: id) }

  /// Gives a value another key; how the old one was written is forgotten.
  ///
  /// - Parameter flags: how the key is written, of `Node.Flags.ofKey`.
  mutating func setKey(_ key: Symbol, writtenAs flags: Node.Flags = [], of id: NodeID) {
    self[writing: id].key = key
    removeFlags(.ofKey, from: id)
    addFlags(flags, to: id)
  }

  /// Gives a value another key, written as the old one.
  mutating func renameKey(_ key: Symbol, of id: NodeID) { self[writing: id].key = key }

  /// Says what a scalar is in the end, and forgets how it was written. The text stays.
  @inline(__always)
  mutating func settle(_ id: NodeID, tag: ScalarTag) {
    let node = self[id]
    // Most values are what they were: to write them again would cost more than the look.
    if node.tag == tag, node.flags.isSubset(of: .ofKey) { return }
    modify(id) { node in
      node.tag = tag
      node.flags.formIntersection(.ofKey)
    }
  }

  /// Says what a scalar is in the end, and what text its readers get.
  mutating func settle(_ id: NodeID, tag: ScalarTag, text: [UInt8]) {
    if !withText(id, { $0.isSame(as: text.span) }) {
      let place = append(text.span)
      self[writing: id].first = place.start
      self[writing: id].last = place.count
    }
    settle(id, tag: tag)
  }

  /// Says where a file holds a value that was read as a copy of another.
  mutating func setPosition(_ position: Position, of id: NodeID) {
    self[writing: id].writer = Writer(position)
  }
}
