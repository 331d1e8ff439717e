/// Looking at nodes.
///
/// The smallest of these are always inlined: a call would have to copy the whole `Tree`, fields by field,
/// to where the callee expects it, which is more than what is done there.
extension Tree {
  /// The node that was made last.
  var lastNode: NodeID { NodeID(raw: UInt32(truncatingIfNeeded: nodes.count - 1)) }

  package func shape(_ id: NodeID) -> Node.Shape { self[id].shape }

  func writer(_ id: NodeID) -> Writer { self[id].writer }

  /// Where the text stands that a value goes back to: the value itself in a file, or what asked for the edit
  /// that made it.
  @inline(__always)
  func position(_ id: NodeID) -> Position { ledger.position(of: self[id].writer) }

  package func key(_ id: NodeID) -> Symbol { self[id].key }

  /// The first value of a collection; nil for an empty one and for a scalar.
  @inline(__always)
  package func first(of id: NodeID) -> NodeID? {
    let node = self[id]
    guard node.shape != .scalar, node.first != 0 else { return nil }
    return NodeID(raw: node.first)
  }

  /// The value after this one in its collection.
  @inline(__always)
  package func next(after id: NodeID) -> NodeID? {
    let next = self[id].next
    return next == 0 ? nil : NodeID(raw: next)
  }

  func isAlias(_ id: NodeID) -> Bool { self[id].flags.contains(.alias) }

  @inline(__always)
  func isEmptyCollection(_ id: NodeID) -> Bool {
    self[id].shape != .scalar && self[id].first == 0
  }

  /// The value of a field; where a key stands twice, the first one, as kyaml looks fields up.
  @inline(__always)
  package func field(_ key: Symbol, of id: NodeID) -> NodeID? { nodes.field(key, of: id) }

  /// Whether a mapping has a further field of this key.
  func hasFieldTwice(_ key: Symbol, of id: NodeID) -> Bool {
    var child = field(key, of: id).flatMap { next(after: $0) }
    while let current = child {
      if self.key(current) == key { return true }
      child = next(after: current)
    }
    return false
  }

  /// The values of a collection, in order. For loops that change the collection, or that are hot,
  /// `first(of:)` and `next(after:)` do without the array.
  package func children(of id: NodeID) -> [NodeID] {
    var result: [NodeID] = []
    var child = first(of: id)
    while let current = child {
      result.append(current)
      child = next(after: current)
    }
    return result
  }

  func count(of id: NodeID) -> Int {
    var count = 0
    var child = first(of: id)
    while let current = child {
      count += 1
      child = next(after: current)
    }
    return count
  }

  /// A null: written, empty, or tagged so. kyaml asks the tag, not the text.
  @inline(__always)
  func isNull(_ id: NodeID) -> Bool {
    self[id].shape == .scalar && self[id].tag == .null
  }

  /// Null, or a collection without values (kyaml's `IsYNodeNilOrEmpty`).
  func isNullOrEmpty(_ id: NodeID) -> Bool {
    isNull(id) || isEmptyCollection(id)
  }

  /// The keys on the way from one node down to another; elements of lists have none. Empty where no way leads
  /// there.
  func keys(to wanted: NodeID, from root: NodeID) -> [Symbol] {
    var rest: [(node: NodeID, keys: [Symbol])] = [(root, [])]
    while let (node, keys) = rest.popLast() {
      if node == wanted { return keys }
      let isMapping = shape(node) == .mapping
      for child in children(of: node) {
        rest.append((child, isMapping ? keys + [key(child)] : keys))
      }
    }
    return []
  }

  /// The bytes of a scalar as they were written; nothing for a collection.
  @inline(__always)
  func textRange(_ id: NodeID) -> Range<Int> {
    let node = self[id]
    guard node.shape == .scalar else { return 0..<0 }
    return Int(node.first)..<Int(node.first &+ node.last)
  }

  /// Calls `body` with the bytes of a scalar.
  package func withText<Result>(_ id: NodeID, _ body: (Span<UInt8>) -> Result) -> Result {
    body(text.span.extracting(textRange(id)))
  }

  func bytes(_ id: NodeID) -> ArraySlice<UInt8> { ArraySlice(text[textRange(id)]) }

  /// Where the text of a scalar stands; nil for a collection.
  func textPlace(_ id: NodeID) -> TextPlace? {
    let node = self[id]
    return node.shape == .scalar ? TextPlace(start: node.first, count: node.last) : nil
  }

  /// A text that the ledger has kept.
  func bytes(_ place: TextPlace) -> ArraySlice<UInt8> {
    let end = min(Int(place.start) + Int(place.count), text.count)
    return ArraySlice(text[min(Int(place.start), end)..<end])
  }

  package func string(_ id: NodeID) -> String {
    String(decoding: text[textRange(id)], as: UTF8.self)
  }

  func textIsEmpty(_ id: NodeID) -> Bool { textRange(id).isEmpty }

  func textEquals(_ id: NodeID, _ wanted: StaticString) -> Bool {
    withText(id) { bytes in
      guard bytes.count == wanted.utf8CodeUnitCount else { return false }
      return wanted.withUTF8Buffer { buffer in
        bytes.indices.allSatisfy { bytes[$0] == buffer[$0] }
      }
    }
  }

  func text(_ id: NodeID, equals symbol: Symbol) -> Bool {
    text(at: textRange(id), equals: symbol)
  }

  func text(at range: Range<Int>, equals symbol: Symbol) -> Bool {
    symbols.withBytes(of: symbol) { text.span.extracting(range).isSame(as: $0) }
  }

  func text(_ id: NodeID, equals wanted: Span<UInt8>) -> Bool {
    text.span.extracting(textRange(id)).isSame(as: wanted)
  }

  func text(_ id: NodeID, hasPrefix wanted: Span<UInt8>) -> Bool {
    let range = textRange(id)
    guard range.count >= wanted.count else { return false }
    let text = text.span.extracting(range)
    // Backwards, since names of images and paths mostly begin alike.
    for place in wanted.indices.reversed() where text[place] != wanted[place] { return false }
    return true
  }

  /// Interns the text of a scalar; nothing and collections give the empty symbol.
  ///
  /// - Parameter likely: what it probably is.
  mutating func symbol(of id: NodeID?, likely: Symbol = .empty) -> Symbol {
    guard let id else { return .empty }
    return symbols.intern(text, textRange(id), likely: likely)
  }

  /// What the scalar is once the stream has been printed and read again, as kustomize does.
  ///
  /// A build may have changed the text of a plain scalar, so that `1` + `e3` becomes a number; where
  /// it could, the tag is `unresolved` and the text decides. (go-yaml v3 encode.go `node`, and
  /// decode.go `scalar`.) Returns nil where the tag that the file names does not fit the text.
  package func meaning(of id: NodeID) -> ScalarTag? {
    let node = self[id]
    if node.tag == .string { return .string }
    if node.flags.contains(.explicitTag), node.tag != .unresolved { return explicitMeaning(of: id) }
    if node.flags.contains(.quoted) { return .string }
    guard node.tag == .unresolved else { return node.tag == .merge ? .string : node.tag }
    let resolved = withText(id) { text in
      text.indices.contains { text[$0] == 0x0A } ? .string : ScalarTag.plain(text)
    }
    return resolved == .merge ? .string : resolved
  }

  /// A null of which nothing is to be seen in the file. Between brackets it is printed as '', and so
  /// becomes text.
  func isWrittenAsNothing(_ null: NodeID) -> Bool {
    textIsEmpty(null) && !self[null].flags.contains(.explicitTag)
  }

  private func explicitMeaning(of id: NodeID) -> ScalarTag? {
    let tag = self[id].tag
    switch tag {
    case .binary: return .binary
    case .custom, .merge, .string, .unresolved: return .string
    case .integer, .float, .bool, .null, .timestamp:
      let resolved = withText(id) { ScalarTag.plain($0) }
      return resolved == tag || (tag == .float && resolved == .integer) ? tag : nil
    }
  }
}

extension ContiguousArray<Node> {
  /// See `Tree.field`.
  fileprivate func field(_ key: Symbol, of id: NodeID) -> NodeID? {
    guard self[Int(id.raw)].shape == .mapping else { return nil }
    var child = self[Int(id.raw)].first
    while child != 0 {
      let node = self[Int(child)]
      if node.key == key { return NodeID(raw: child) }
      child = node.next
    }
    return nil
  }
}
