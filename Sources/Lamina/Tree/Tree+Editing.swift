/// Making and changing nodes. Every write says what made it (`by:`).
extension Tree {
  mutating func addScalar(
    _ bytes: Span<UInt8>, tag: ScalarTag, flags: Node.Flags = [], by writer: Writer
  ) -> NodeID {
    let place = append(bytes)
    return add(
      Node(
        shape: .scalar, tag: tag, flags: flags, key: .empty, writer: writer, next: 0,
        first: place.start, last: place.count))
  }

  mutating func addScalar(_ string: String, tag: ScalarTag, by writer: Writer) -> NodeID {
    let bytes = Array(string.utf8)
    return addScalar(bytes.span, tag: tag, by: writer)
  }

  mutating func addMapping(by writer: Writer) -> NodeID {
    addCollection(.mapping, by: writer)
  }

  mutating func addSequence(by writer: Writer) -> NodeID {
    addCollection(.sequence, by: writer)
  }

  mutating func addCollection(_ shape: Node.Shape, by writer: Writer) -> NodeID {
    add(
      Node(
        shape: shape, tag: .unresolved, flags: [], key: .empty, writer: writer, next: 0,
        first: 0, last: 0))
  }

  // MARK: - Values as they are read

  mutating func addScalar(
    _ bytes: Span<UInt8>, tag: ScalarTag, flags: Node.Flags = [], at position: Position
  ) -> NodeID {
    addScalar(bytes, tag: tag, flags: flags, by: Writer(position))
  }

  mutating func addScalar(_ string: String, tag: ScalarTag, at position: Position) -> NodeID {
    addScalar(string, tag: tag, by: Writer(position))
  }

  mutating func addMapping(at position: Position) -> NodeID { addMapping(by: Writer(position)) }

  mutating func addSequence(at position: Position) -> NodeID { addSequence(by: Writer(position)) }

  mutating func addCollection(_ shape: Node.Shape, at position: Position) -> NodeID {
    addCollection(shape, by: Writer(position))
  }

  // MARK: - Collections

  /// Puts a node that has no parent yet behind the last value of a collection.
  mutating func append(_ child: NodeID, to parent: NodeID) {
    noteAddition(of: child, to: parent)
    put(child, behindAllOf: parent)
  }

  /// The same with an element that a merge puts together a list of, and notes itself (`noteElements`).
  @inline(__always)
  mutating func put(_ child: NodeID, behindAllOf parent: NodeID) {
    self[writing: child].next = 0
    let last = self[parent].last
    if last == 0 {
      self[writing: parent].first = child.raw
    } else {
      nodes[Int(last)].next = child.raw
    }
    self[writing: parent].last = child.raw
  }

  /// Puts a node that has no parent yet into a mapping as a new field.
  ///
  /// kyaml makes the keys of new fields without a tag, so that a key such as `123` is read back as a
  /// number, which JSON cannot have as a key: kustomize then fails when it prints (fns.go
  /// `FieldSetter`).
  mutating func appendField(_ key: Symbol, _ value: NodeID, to mapping: NodeID) {
    self[writing: value].key = key
    self[writing: value].flags.subtract(.ofKey)
    let tag = symbols.withBytes(of: key) { ScalarTag.plain($0) }
    if tag != .string { self[writing: value].flags.insert(.keyIsNotText) }
    if tag == .null { self[writing: value].flags.insert(.keyIsNull) }
    append(value, to: mapping)
  }

  /// Takes the first field of this key out of a mapping.
  mutating func removeField(_ key: Symbol, of mapping: NodeID) {
    guard self[writing: mapping].shape == .mapping else { return }
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
    var child = self[writing: parent].shape == .scalar ? 0 : self[parent].first
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

  // MARK: - Values that are there

  /// Makes a collection empty.
  mutating func removeAllChildren(of parent: NodeID) {
    guard self[parent].shape != .scalar else { return }
    self[writing: parent].first = 0
    self[writing: parent].last = 0
  }

  /// Gives a scalar (or what takes its place) another text, and keeps the way it was quoted.
  ///
  /// `unresolved` lets the text decide what the value is, as kyaml's `FieldSetter` does with a value
  /// that has no tag.
  mutating func setScalar(
    _ id: NodeID, _ bytes: Span<UInt8>, tag: ScalarTag, by writer: Writer
  ) {
    setWithTwins(id, append(bytes), tag: tag, by: writer)
  }

  /// Gives a scalar the text of a symbol. Where it has that already, as names nearly always do that are
  /// written anew, there is nothing to put behind all text.
  ///
  /// - Parameter known: another place where the text may stand.
  mutating func setScalar(
    _ id: NodeID, _ symbol: Symbol, standingAt known: TextPlace? = nil, tag: ScalarTag,
    by writer: Writer
  ) {
    if let place = textPlace(id), text(id, equals: symbol) {
      return setWithTwins(id, place, tag: tag, by: writer)
    }
    if let known, text(at: known.range, equals: symbol) {
      return setWithTwins(id, known, tag: tag, by: writer)
    }
    let start = text.count
    if hasRoom(forText: symbols.length(of: symbol)) { symbols.append(symbol, to: &text) }
    let place = TextPlace(
      start: UInt32(truncatingIfNeeded: start),
      count: UInt32(truncatingIfNeeded: text.count - start))
    setWithTwins(id, place, tag: tag, by: writer)
  }

  private mutating func setWithTwins(
    _ id: NodeID, _ place: TextPlace, tag: ScalarTag, by writer: Writer
  ) {
    setScalar(id, place, tag: tag, by: writer)
    guard self[id].flags.contains(.twin) else { return }
    for twin in otherTwins(of: id) {
      self[writing: twin].flags = self[twin].flags.intersection(.ofKey.union(.twin))
        .union(self[writing: id].flags.subtracting(.ofKey))
      setScalar(twin, place, tag: tag, by: writer)
    }
  }

  mutating func setScalar(
    _ id: NodeID, _ string: String, tag: ScalarTag, by writer: Writer
  ) {
    let bytes = Array(string.utf8)
    setScalar(id, bytes.span, tag: tag, by: writer)
  }

  private mutating func setScalar(
    _ id: NodeID, _ place: TextPlace, tag: ScalarTag, by writer: Writer
  ) {
    noteWrite(to: id, by: writer)
    modify(id) { node in
      node.shape = .scalar
      node.tag = tag
      node.first = place.start
      node.last = place.count
      node.writer = writer
    }
  }

  /// Turns a node into an empty collection, in its place.
  mutating func setCollection(_ id: NodeID, _ shape: Node.Shape, by writer: Writer) {
    noteWrite(to: id, by: writer)
    modify(id) { node in
      node.shape = shape
      node.tag = .unresolved
      node.first = 0
      node.last = 0
      node.writer = writer
    }
  }

  /// Puts a node behind the last one of a collection that is being read, whose end the reader knows.
  ///
  /// - Parameter last: the number of that node; 0 if the collection is empty.
  @inline(__always)
  mutating func chain(_ child: NodeID, after last: UInt32, in parent: NodeID) {
    if last == 0 {
      self[writing: parent].first = child.raw
    } else {
      nodes[Int(last)].next = child.raw
    }
  }

  /// Ends a collection that was read with `chain`.
  @inline(__always)
  mutating func close(_ parent: NodeID, after last: UInt32) { self[writing: parent].last = last }

  mutating func add(_ node: Node) -> NodeID {
    nodes.append(node)
    return NodeID(raw: UInt32(truncatingIfNeeded: nodes.count - 1))
  }

  private mutating func unlink(_ child: UInt32, after previous: UInt32, of parent: NodeID) {
    noteRemoval(of: NodeID(raw: child), from: parent)
    let next = nodes[Int(child)].next
    if previous == 0 {
      self[writing: parent].first = next
    } else {
      nodes[Int(previous)].next = next
    }
    if self[writing: parent].last == child { self[writing: parent].last = previous }
    nodes[Int(child)].next = 0
  }
}
