/// What the text becomes in the tree.
///
/// Nodes are made as `YAMLReader` makes them: it and this file share the functions that decide tags
/// and flags.
extension BlockText {
  /// Takes a key; its value comes next.
  mutating func setKey(_ scalar: BlockLine.Scalar, in tree: inout Tree) throws(Unusual) {
    let text = Text(rebasing: lines.text[scalar.content]).span
    key = tree.symbols.intern(text)
    // Without quotes it would be a merge key, and with them kyaml has an opinion on it.
    if key == .mergeKey { throw Unusual() }
    let tag = scalar.style == .plain ? ScalarTag.plain(text) : .string
    keyFlags = YAMLReader.keyFlags(tag, scalar.style)
  }

  /// Adds a text of one line as the value that comes next.
  mutating func addScalar(_ scalar: BlockLine.Scalar, to tree: inout Tree) {
    let first = content.count
    content.append(Text(rebasing: lines.text[scalar.content]))
    addScalar(from: first, scalar.style, at: line.place(scalar.start), to: &tree)
  }

  /// Makes a scalar of the end of `content`.
  mutating func addScalar(
    from first: Int, _ style: YAMLEvents.ScalarStyle, at place: Place, to tree: inout Tree
  ) {
    let text = Text(rebasing: content.bytes[first...])
    let (tag, flags) = YAMLReader.tag(of: text.span, style)
    add(
      Node(
        shape: .scalar, tag: tag, flags: flags.union(keyFlags), key: key,
        writer: Writer(position(of: place)), next: 0,
        first: UInt32(truncatingIfNeeded: contentStart + first),
        last: UInt32(truncatingIfNeeded: text.count)),
      to: &tree)
  }

  /// Adds a collection in block style, which the lines that follow fill.
  mutating func open(isMapping: Bool, at first: Int, into tree: inout Tree) throws(Unusual) {
    let place = line.place(first)
    try addCollection(isMapping: isMapping, isFlow: false, at: place, to: &tree)
    collections.append(
      Collection(column: place.column, isMapping: isMapping, node: tree.lastNode))
  }

  /// The innermost collection is complete: the tree learns its last value, which it did not keep up
  /// to date before.
  mutating func close(in tree: inout Tree) {
    guard let collection = collections.popLast() else { return }
    tree.close(collection.node, after: collection.last)
  }

  /// - Throws: `Unusual` where libyaml's reader would refuse the depth with a message.
  mutating func addCollection(
    isMapping: Bool, isFlow: Bool, at place: Place, to tree: inout Tree
  ) throws(Unusual) {
    if collections.count >= YAMLReader.maximumDepth { throw Unusual() }
    add(
      Node(
        shape: isMapping ? .mapping : .sequence, tag: .unresolved,
        flags: isFlow ? keyFlags.union(.flow) : keyFlags, key: key,
        writer: Writer(position(of: place)),
        next: 0, first: 0, last: 0),
      to: &tree)
  }

  /// Puts a node behind the last one of the innermost collection.
  private mutating func add(_ node: Node, to tree: inout Tree) {
    let id = tree.add(node)
    key = .empty
    keyFlags = []
    let innermost = collections.count - 1
    guard innermost >= 0 else { return root = id }
    let collection = collections[innermost]
    tree.chain(id, after: collection.last, in: collection.node)
    collections[innermost].last = id.raw
  }
}
