/// Changing a collection in the middle.
extension Tree {
  /// A value of a collection and the one before it, which a chain needs for every change.
  struct Link {
    let node: NodeID
    let previous: NodeID?
  }

  /// The first field of this key, with its neighbour.
  func link(ofField key: Symbol, in mapping: NodeID) -> Link? {
    var previous: NodeID?
    var child = first(of: mapping)
    while let current = child {
      if self.key(current) == key { return Link(node: current, previous: previous) }
      previous = current
      child = next(after: current)
    }
    return nil
  }

  /// The value at a place of a collection, with its neighbour.
  func link(at index: Int, in collection: NodeID) -> Link? {
    var previous: NodeID?
    var child = first(of: collection)
    var place = 0
    while let current = child {
      if place == index { return Link(node: current, previous: previous) }
      place += 1
      previous = current
      child = next(after: current)
    }
    return nil
  }

  /// Takes a value out of its collection.
  mutating func detach(_ link: Link, from parent: NodeID) {
    noteRemoval(of: link.node, from: parent)
    let next = self[link.node].next
    if let previous = link.previous {
      self[writing: previous].next = next
    } else {
      self[writing: parent].first = next
    }
    if self[writing: parent].last == link.node.raw {
      self[writing: parent].last = link.previous?.raw ?? 0
    }
    self[writing: link.node].next = 0
  }

  /// Puts a node that has no parent yet behind a value of a collection, or before all of them.
  mutating func insert(_ child: NodeID, after previous: NodeID?, in parent: NodeID) {
    noteAddition(of: child, to: parent)
    guard let previous else {
      self[writing: child].next = self[parent].first
      self[writing: parent].first = child.raw
      if self[writing: parent].last == 0 { self[writing: parent].last = child.raw }
      return
    }
    self[writing: child].next = self[previous].next
    self[writing: previous].next = child.raw
    if self[writing: parent].last == previous.raw { self[writing: parent].last = child.raw }
  }

  /// Gives a mapping some of its fields in a new order; the others are no longer among them.
  mutating func arrange(_ fields: some Sequence<NodeID>, in mapping: NodeID) {
    var last: UInt32 = 0
    self[writing: mapping].first = 0
    for field in fields {
      chain(field, after: last, in: mapping)
      last = field.raw
    }
    if last != 0 { self[writing: NodeID(raw: last)].next = 0 }
    self[writing: mapping].last = last
  }

  /// Puts a node that has no parent yet in the place of a value, under the same key.
  mutating func replace(_ link: Link, with child: NodeID, in parent: NodeID) {
    self[writing: child].key = self[link.node].key
    noteReplacement(of: link.node, with: child, in: child)
    detach(link, from: parent)
    insert(child, after: link.previous, in: parent)
  }
}
