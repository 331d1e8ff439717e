/// Making and changing nodes. Every edit says on whose behalf it happens (`at:`).
extension Tree {
  mutating func addScalar(
    _ bytes: Span<UInt8>, tag: ScalarTag, flags: Node.Flags = [], at position: Position
  ) -> NodeID {
    let place = append(bytes)
    return add(
      Node(
        shape: .scalar, tag: tag, flags: flags, key: .empty, position: position, next: 0,
        first: place.start, last: place.count))
  }

  mutating func addScalar(_ string: String, tag: ScalarTag, at position: Position) -> NodeID {
    let bytes = Array(string.utf8)
    return addScalar(bytes.span, tag: tag, at: position)
  }

  mutating func addMapping(at position: Position) -> NodeID {
    addCollection(.mapping, at: position)
  }

  mutating func addSequence(at position: Position) -> NodeID {
    addCollection(.sequence, at: position)
  }

  mutating func addCollection(_ shape: Node.Shape, at position: Position) -> NodeID {
    add(
      Node(
        shape: shape, tag: .unresolved, flags: [], key: .empty, position: position, next: 0,
        first: 0, last: 0))
  }

  /// Puts a node that has no parent yet behind the last value of a collection.
  mutating func append(_ child: NodeID, to parent: NodeID) {
    self[child].next = 0
    let last = self[parent].last
    if last == 0 {
      self[parent].first = child.raw
    } else {
      nodes[Int(last)].next = child.raw
    }
    self[parent].last = child.raw
  }

  /// Puts a node that has no parent yet into a mapping as a new field.
  ///
  /// kyaml makes the keys of new fields without a tag, so that a key such as `123` is read back as a
  /// number, which JSON cannot have as a key: kustomize then fails when it prints (fns.go
  /// `FieldSetter`).
  mutating func appendField(_ key: Symbol, _ value: NodeID, to mapping: NodeID) {
    self[value].key = key
    self[value].flags.subtract(.ofKey)
    let tag = symbols.withBytes(of: key) { ScalarTag.plain($0) }
    if tag != .string { self[value].flags.insert(.keyIsNotText) }
    if tag == .null { self[value].flags.insert(.keyIsNull) }
    append(value, to: mapping)
  }

  /// Takes the first field of this key out of a mapping.
  mutating func removeField(_ key: Symbol, of mapping: NodeID) {
    guard self[mapping].shape == .mapping else { return }
    var previous: UInt32 = 0
    var child = self[mapping].first
    while child != 0 {
      let next = nodes[Int(child)].next
      if nodes[Int(child)].key == key {
        unlink(child, after: previous, of: mapping)
        return
      }
      previous = child
      child = next
    }
  }

  /// Takes out of a collection every value that the condition holds for.
  mutating func removeChildren(of parent: NodeID, where holds: (Tree, NodeID) -> Bool) {
    var previous: UInt32 = 0
    var child = self[parent].shape == .scalar ? 0 : self[parent].first
    while child != 0 {
      let next = nodes[Int(child)].next
      if holds(self, NodeID(raw: child)) {
        unlink(child, after: previous, of: parent)
      } else {
        previous = child
      }
      child = next
    }
  }

  /// Makes a collection empty.
  mutating func removeAllChildren(of parent: NodeID) {
    guard self[parent].shape != .scalar else { return }
    self[parent].first = 0
    self[parent].last = 0
  }

  /// Gives a scalar (or what takes its place) another text, and keeps the way it was quoted.
  ///
  /// `unresolved` lets the text decide what the value is, as kyaml's `FieldSetter` does with a value
  /// that has no tag.
  mutating func setScalar(
    _ id: NodeID, _ bytes: Span<UInt8>, tag: ScalarTag, at position: Position
  ) {
    setWithTwins(id, append(bytes), tag: tag, at: position)
  }

  /// Gives a scalar the text of a symbol. Where it has that already, as names nearly always do that are
  /// written anew, there is nothing to put behind all text.
  mutating func setScalar(_ id: NodeID, _ symbol: Symbol, tag: ScalarTag, at position: Position) {
    if shape(id) == .scalar, text(id, equals: symbol) {
      let node = self[id]
      let place = TextPlace(start: node.first, count: node.last)
      return setWithTwins(id, place, tag: tag, at: position)
    }
    let start = text.count
    if hasRoom(forText: symbols.length(of: symbol)) { symbols.append(symbol, to: &text) }
    let place = TextPlace(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: text.count - start))
    setWithTwins(id, place, tag: tag, at: position)
  }

  private mutating func setWithTwins(
    _ id: NodeID, _ place: TextPlace, tag: ScalarTag, at position: Position
  ) {
    setScalar(id, place, tag: tag, at: position)
    guard self[id].flags.contains(.twin) else { return }
    for twin in otherTwins(of: id) {
      self[twin].flags = self[twin].flags.intersection(.ofKey.union(.twin))
        .union(self[id].flags.subtracting(.ofKey))
      setScalar(twin, place, tag: tag, at: position)
    }
  }

  mutating func setScalar(
    _ id: NodeID, _ string: String, tag: ScalarTag, at position: Position
  ) {
    let bytes = Array(string.utf8)
    setScalar(id, bytes.span, tag: tag, at: position)
  }

  private mutating func setScalar(
    _ id: NodeID, _ place: TextPlace, tag: ScalarTag, at position: Position
  ) {
    self[id].shape = .scalar
    self[id].tag = tag
    self[id].first = place.start
    self[id].last = place.count
    self[id].position = position
  }

  /// Turns a node into an empty collection, in its place.
  mutating func setCollection(_ id: NodeID, _ shape: Node.Shape, at position: Position) {
    self[id].shape = shape
    self[id].tag = .unresolved
    self[id].first = 0
    self[id].last = 0
    self[id].position = position
  }

  mutating func add(_ node: Node) -> NodeID {
    nodes.append(node)
    return NodeID(raw: UInt32(truncatingIfNeeded: nodes.count - 1))
  }

  private mutating func unlink(_ child: UInt32, after previous: UInt32, of parent: NodeID) {
    let next = nodes[Int(child)].next
    if previous == 0 { self[parent].first = next } else { nodes[Int(previous)].next = next }
    if self[parent].last == child { self[parent].last = previous }
    nodes[Int(child)].next = 0
  }
}
