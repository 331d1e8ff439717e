/// What happens to the way a value was written when another one takes its place.
extension Tree {
  /// Says who made the nodes that have been read since the tree had so many.
  mutating func claim(nodesFrom first: Int, by writer: Writer) {
    for index in nodes.indices.dropFirst(first) {
      self[writing: NodeID(raw: UInt32(truncatingIfNeeded: index))].writer = writer
    }
  }

  /// Says who made a node, which stays as it is.
  mutating func claim(_ node: NodeID, by writer: Writer) { self[writing: node].writer = writer }

  /// Puts a value in the place of another, whose key and style stay (kyaml fns.go `FieldSetter`): a
  /// number that takes the place of text in quotes so becomes text.
  ///
  /// The two share their text or their children from then on, so the other node is not to be used any
  /// more.
  mutating func overwrite(_ id: NodeID, with other: NodeID) {
    let value = self[other]
    var node = self[id]
    if node.shape != .scalar { noteReplacement(of: id, with: other, in: id, by: other) }
    if value.shape != .scalar, node.shape == .scalar { node.flags.subtract(.ofScalar) }
    node.flags = node.flags.subtracting(.remade).union(value.flags.intersection(.remade))
    node.shape = value.shape
    node.tag = value.tag
    node.first = value.first
    node.last = value.last
    node.writer = value.writer
    if node.flags.contains(.tagOfValue) { node.flags.subtract([.explicitTag, .tagOfValue]) }
    if needsTag(other), !node.flags.contains(.explicitTag) {
      node.flags.formUnion([.explicitTag, .tagOfValue])
    }
    noteWrite(to: id, by: value.writer)
    self[writing: id] = node
    guard node.flags.contains(.twin), node.shape == .scalar else { return }
    for twin in otherTwins(of: id) {
      var copy = node
      copy.key = self[twin].key
      copy.next = self[twin].next
      copy.flags.subtract(.ofKey)
      copy.flags.formUnion(self[twin].flags.intersection(.ofKey))
      if ledger.traces { noteWrite(to: twin, by: value.writer) }
      self[writing: twin] = copy
    }
  }

  /// Gives a scalar another text and nothing else: what it is stays, even where the text does not
  /// fit. kustomize then prints the tag, and cannot read what it printed.
  mutating func replaceText(of node: NodeID, with text: [UInt8], by writer: Writer) {
    let tag = self[node].tag
    switch tag {
    case .integer, .float, .bool, .null, .timestamp, .binary, .merge:
      if ScalarTag.plain(text.span) != tag { addFlags(.explicitTag, to: node) }
    case .unresolved, .string, .custom: break
    }
    setScalar(node, text.span, tag: tag, by: writer)
  }

  /// Makes of a node a copy of another one, style and all; its key stays.
  mutating func assign(_ node: NodeID, copyOf other: NodeID, by writer: Writer) throws(Problem) {
    let start = nodes.count
    let copy = try self.copy(other, for: ledger.position(of: writer))
    // What is copied from a Secret says so in each of its parts, wherever later copies of them go.
    if ledger.isSecret(writer) { claim(nodesFrom: start, by: writer) }
    noteReplacement(of: node, with: copy, in: node)
    noteWrite(to: node, by: writer)
    var new = self[copy]
    let kept = self[node].flags.intersection(.ofKey.union(.twin))
    new.flags = new.flags.subtracting(.ofKey).union(kept)
    new.key = self[node].key
    new.next = self[node].next
    new.writer = writer
    self[writing: node] = new
  }

  /// Makes of a scalar what a copy of another one in its place would be; false where either is none, or where the
  /// ledger keeps the numbers of nodes, and nothing is done.
  mutating func assignScalar(_ node: NodeID, likeCopyOf other: NodeID) -> Bool {
    guard shape(node) == .scalar, shape(other) == .scalar, !ledger.records, !ledger.traces,
      ledger.repetitions.isEmpty
    else { return false }
    var new = self[other]
    new.flags.remove(.twin)
    new.key = self[node].key
    new.next = self[node].next
    self[writing: node] = new
    return true
  }

  /// Gives a collection the children of another one, which is not used any more.
  mutating func takeChildren(of other: NodeID, into id: NodeID) {
    noteReplacement(of: id, with: other, in: id)
    noteWrite(to: id, by: self[other].writer)
    self[writing: id].shape = self[other].shape
    self[writing: id].first = self[other].first
    self[writing: id].last = self[other].last
  }

  /// Gives a value all that another says of the way it was written, but for its key.
  mutating func adoptFlags(of other: NodeID, for id: NodeID) {
    let ofKey = self[id].flags.intersection(.ofKey)
    self[writing: id].flags = self[other].flags.subtracting(.ofKey).union(ofKey)
  }

  /// The tag is not the one that the text would have without it, so that it has to be written.
  private func needsTag(_ id: NodeID) -> Bool {
    let node = self[id]
    guard node.shape == .scalar, node.flags.contains(.explicitTag), node.tag != .string else {
      return false
    }
    return withText(id) { ScalarTag.plain($0) } != node.tag
  }

  /// Lets an empty collection look like the one that is merged into it (merge2.go `SetStyle`).
  mutating func adoptStyle(of other: NodeID, for id: NodeID) {
    guard isEmptyCollection(id) else { return }
    let isFlow = self[other].shape != .scalar && self[other].flags.contains(.flow)
    setFlow(isFlow, of: id)
  }

  /// Puts text in quotes that a reader of YAML 1.1 would not take for text, such as `yes`. kyaml does
  /// so with every field it sets, even to what it was; it shows when a number comes later.
  mutating func quoteAmbiguousText(_ id: NodeID) {
    let node = self[id]
    guard node.shape == .scalar, node.tag == .string || node.tag == .unresolved, node.last != 0,
      node.flags.isDisjoint(with: .ofScalar)
    else { return }
    if !withText(id, { Self.isPlainlyText($0) }) { self[writing: id].flags.insert(.quoted) }
  }

  /// How a text is written that is put where there was none: steps that write over it keep that, so that a
  /// number in the place of `"1"` is text (kyaml/yaml/fns.go `FieldSetter`).
  func flags(ofNewText text: Span<UInt8>) -> Node.Flags {
    text.isEmpty || Self.isPlainlyText(text) ? [] : .quoted
  }

  /// The same of a text that is made a string first, which puts several lines into a block (kyaml/yaml/rnode.go
  /// `NewStringRNode`, kyaml/yaml/datamap.go).
  func flags(ofNewString text: Span<UInt8>) -> Node.Flags {
    text.contains(UInt8(ascii: "\n")) ? [.quoted, .literal] : flags(ofNewText: text)
  }

  /// Whether a text that is not empty is one without quotes as well.
  private static func isPlainlyText(_ text: Span<UInt8>) -> Bool {
    var colons = 0
    // Letters come behind the colon, and are most of a text.
    for index in text.indices where text[index] <= UInt8(ascii: ":") {
      if text[index] == UInt8(ascii: "\n") { return true }
      let isColon = text[index] == UInt8(ascii: ":")
      if isColon, index == text.count - 1 || text[index + 1] == UInt8(ascii: " ") { colons += 1 }
    }
    if colons != 1, beginsLikeAWord(text[0]) { return true }
    if looksLikeCollection(text, colons: colons) { return false }
    switch ScalarTag.plainYAML11(text) {
    case .string, .timestamp, .merge: return true
    default: return false
    }
  }

  /// A letter that neither a collection nor a word with a meaning of YAML 1.1 begins with.
  private static func beginsLikeAWord(_ byte: UInt8) -> Bool {
    switch byte | 0x20 {
    case UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "o"), UInt8(ascii: "t"),
      UInt8(ascii: "y"):
      false
    case UInt8(ascii: "a")...UInt8(ascii: "z"): true
    default: false
    }
  }

  /// Whether a line of text would be read as a list, a mapping or a comment. Such text stands without
  /// quotes where it took the place of text that did.
  ///
  /// - Parameter colons: how often a colon stands before a space or at the end.
  private static func looksLikeCollection(_ text: Span<UInt8>, colons: Int) -> Bool {
    let last = text[text.count - 1]
    switch text[0] {
    case UInt8(ascii: "#"): return true
    case UInt8(ascii: "["): return last == UInt8(ascii: "]")
    case UInt8(ascii: "{"): return last == UInt8(ascii: "}")
    case UInt8(ascii: "-"), UInt8(ascii: "?"):
      if text.count == 1 || text[1] == UInt8(ascii: " ") { return true }
    case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "|"), UInt8(ascii: ">"): return false
    default: break
    }
    // One colon makes a mapping, two make an error.
    return colons == 1
  }
}

extension Node.Flags {
  /// How a scalar was written.
  fileprivate static let ofScalar: Node.Flags = [
    .quoted, .singleQuoted, .literal, .folded, .explicitTag, .tagOfValue,
  ]
}
