/// Makes explicit what values mean once kustomize has printed them, so that the tree is the output.
///
/// kustomize prints a node tree as YAML, reads that into Go values, prints these as JSON, reads the JSON as
/// YAML, and prints that (resource/resource.go `AsYAML`). What the passes do to a value is decided here, node by
/// node, in the walk that prints (`TreePrinter`): a walk of its own would cost a large build 3 % of its
/// instructions. Of what has been printed,
///
/// - the fields of a mapping stand in the order in which they are printed, each once, under a key that is text;
/// - the tag of a scalar is string, null, bool, integer or float, and its text is what a reader gets;
/// - no flag of a value says anything.
///
/// Whoever reads such a tree (`JSONWriter`, `ResourceContent`, `ObjectReader`) needs no other rules, and nothing
/// is read from printed bytes. The writers of values stay. To settle a value twice changes nothing.
struct Settling {
  /// What a value goes through before it is printed.
  enum Passes {
    /// All four, as resources do.
    case all
    /// Go values, JSON and YAML: the tree was never printed before.
    case json
  }

  private let passes: Passes
  private(set) var ranks: KeyRanks
  /// The fields of the mappings that are being sorted, one run for each level.
  private var fields: ContiguousArray<Field> = []
  /// The number of collections around the value that are written in brackets or braces.
  private var flowDepth = 0
  /// Where scalars are put together that need more than a look.
  private var scratch: [UInt8] = []

  /// `rank` is 0 for a key without a fixed place.
  private struct Field {
    let rank: UInt32
    let key: Symbol
    let node: NodeID
  }

  init(_ ranks: KeyRanks, passes: Passes) {
    self.passes = passes
    self.ranks = ranks
  }

  // MARK: - Collections

  /// Begins with a collection.
  ///
  /// - Returns: what `leave` takes: 1 if it is written in brackets, which count where the tree is printed with
  ///   them, else 0.
  @inline(__always)
  mutating func enter(_ collection: NodeID, in tree: inout Tree) -> Int {
    let flags = tree[collection].flags
    if flags.isSubset(of: .ofKey) { return 0 }
    tree.keepKeyFlags(of: collection)
    let brackets = passes == .all && flags.contains(.flow) ? 1 : 0
    flowDepth += brackets
    return brackets
  }

  /// Ends a collection.
  @inline(__always)
  mutating func leave(_ brackets: Int) { flowDepth -= brackets }

  /// Brings the fields of a mapping into the order in which they are printed.
  ///
  /// - Throws: a problem where kustomize cannot print the mapping: a key is no text, has control characters, or
  ///   stands twice.
  @inline(__always)
  mutating func arrangeFields(
    of mapping: NodeID, isRoot: Bool, in tree: inout Tree
  ) throws(Problem) {
    if !Self.isInOrder(mapping, of: tree, ranks) {
      try sortFields(of: mapping, isRoot: isRoot, in: &tree)
    }
  }

  /// Nothing needs to be put in order, and nothing is wrong. Most mappings are like that.
  private static func isInOrder(
    _ mapping: NodeID, of tree: borrowing Tree, _ ranks: borrowing KeyRanks
  ) -> Bool {
    var last: UInt32 = 0
    var child = tree.first(of: mapping)
    while let current = child {
      let node = tree[current]
      let rank = ranks[node.key].rank
      // Keys without a rank have 0, those among them that cannot be printed.
      if rank <= last || node.flags.contains(.keyIsNotText) { return false }
      last = rank
      child = tree.next(after: current)
    }
    return true
  }

  /// Sorts the fields and refuses what cannot be printed. One run at the end of `fields` is used,
  /// so that inner mappings can use the rest.
  private mutating func sortFields(
    of mapping: NodeID, isRoot: Bool, in tree: inout Tree
  ) throws(Problem) {
    let start = fields.count
    defer { fields.removeLast(fields.count - start) }
    var hasUnranked = false
    var child = tree.first(of: mapping)
    while let current = child {
      child = tree.next(after: current)
      let node = tree[current]
      if node.flags.contains(.keyIsNotText) {
        // Go reads the fields of an object itself as strings, and leaves out a null key.
        guard isRoot else {
          throw .keyIsNotText(
            .printedKeyNotText, tree.symbols.string(node.key), of: node, at: tree.position(current))
        }
        if node.flags.contains(.keyIsNull) { continue }
      }
      if !ranks[node.key].isSimple, passes == .all, flowDepth == 0 {
        try tree.rereadKey(of: current, else: .printedTextStartsWithTab)
        ranks.addKeys(of: tree.symbols)
      }
      let key = tree.key(current)
      let rank = ranks[key].rank
      hasUnranked = hasUnranked || rank == 0
      fields.append(Field(rank: rank, key: key, node: current))
    }
    if hasUnranked {
      try compareFields(from: start, in: tree)
    } else {
      sortFields(from: start)
      for index in fields.indices.dropFirst(start + 1)
      where fields[index].key == fields[index - 1].key {
        throw duplicate(fields[index - 1], fields[index], in: tree)
      }
    }
    for field in fields[start...] where !ranks[field.key].isReadable {
      throw .controlCharacter(at: tree.position(field.node))
    }
    tree.arrange(fields[start...].lazy.map(\.node), in: mapping)
  }

  /// Files mostly are in order or nearly so, and most mappings are short.
  ///
  /// By rank, equal ones by their place in the tree, so that of a repeated key the first comes
  /// first. Up to 32 fields are inserted one by one, which is faster for what is nearly in order.
  private mutating func sortFields(from start: Int) {
    if fields.count - start > 32 {
      return fields[start...].sort { ($0.rank, $0.node.raw) < ($1.rank, $1.node.raw) }
    }
    for index in fields.indices.dropFirst(start + 1) {
      let field = fields[index]
      var place = index
      while place > start, fields[place - 1].rank > field.rank {
        fields[place] = fields[place - 1]
        place -= 1
      }
      fields[place] = field
    }
  }

  /// Sorts a mapping with keys that have no rank.
  ///
  /// Keys are compared by their texts here, which is slower; few mappings need it.
  private mutating func compareFields(from start: Int, in tree: Tree) throws(Problem) {
    var seen: [Symbol: Field] = [:]
    for field in fields[start...] {
      if let first = seen.updateValue(field, forKey: field.key) {
        throw duplicate(first, field, in: tree)
      }
    }
    let sorted = fields[start...].sorted { ranks.precedes($0.key, $1.key, in: tree.symbols) }
    fields.replaceSubrange(start..., with: sorted)
  }

  /// kustomize fails on it when it reads what it has printed.
  private func duplicate(_ first: Field, _ second: Field, in tree: Tree) -> Problem {
    .duplicateKey(
      tree.symbols.string(second.key), at: tree.position(second.node),
      first: tree.position(first.node))
  }

  // MARK: - Scalars

  /// Settles a scalar.
  ///
  /// - Returns: whether it is ordinary: printed as it is written, on the line where it stands.
  /// - Throws: a problem where kustomize cannot print the scalar: a text with control characters, a tag that does
  ///   not fit its text.
  @inline(__always)
  mutating func settleScalar(_ node: NodeID, in tree: inout Tree) throws(Problem) -> Bool {
    if let tag = SettledScalar.tagIfShort(node, of: tree) {
      tree.settle(node, tag: tag)
      return true
    }
    try settleLongScalar(node, in: &tree)
    return false
  }

  /// For the scalars that `tagIfShort` has no answer for.
  private mutating func settleLongScalar(_ node: NodeID, in tree: inout Tree) throws(Problem) {
    // Brackets count at any depth: within them, nothing is printed as a block.
    let isInFlow = flowDepth > 0
    // Between brackets a block is printed in double quotes, which keep it as it is.
    let isBlock = passes == .all && !isInFlow
    if try SettledScalar.keepsText(node, of: tree, isBlock: isBlock) {
      return tree.settle(node, tag: .string)
    }
    scratch.removeAll(keepingCapacity: true)
    let tag = try SettledScalar.tag(
      node, of: tree, isInFlow: isInFlow, isBlock: isBlock, text: &scratch)
    tree.settle(node, tag: tag, text: scratch)
    try tree.checkSize(at: tree.position(node))
  }
}

extension Problem {
  /// Quotes help a key that stands in a file. One that the build has made, of a label or of a file's name,
  /// has none whatever the kustomization says (`Tree.appendField`).
  static func keyIsNotText(
    _ id: DiagnosticID, _ key: String, of node: Node, at position: Position
  ) -> Problem {
    Problem(
      id, "key `\(key)` is not a string, and JSON has no other keys", at: position,
      hint: node.flags.contains(.keyIsPlain)
        ? "kustomize fails here as well; write the key in quotes"
        : "kustomize fails here as well, with or without quotes: it needs another key")
  }

  fileprivate static func duplicateKey(
    _ key: String, at position: Position, first: Position
  ) -> Problem {
    Problem(.printedKeyTwice, "mapping key \"\(key)\" already defined", at: position)
      .atKey(key).noting("it is first defined here", at: first)
  }
}
