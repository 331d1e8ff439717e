/// Prints objects as kustomize does: block style, keys in go-yaml's order, lists not indented under
/// their key.
///
/// kustomize prints a node tree as YAML, reads that into Go values, prints these as JSON, reads the
/// JSON as YAML, and prints that. What the four passes do to a value is decided here in one
/// (resource/resource.go `AsYAML`).
struct TreePrinter: ~Copyable {
  /// What a value goes through before it is printed.
  enum Passes {
    /// All four: resources do.
    case all
    /// Go values, JSON and YAML: the tree was never printed before.
    case json
    /// All four, and then the writer of kyaml, which breaks no lines: what functions read.
    case function
  }

  private let tree: Tree
  private let passes: Passes
  private let ranks: KeyRanks
  private var output = ByteBuffer()
  /// Where scalars are put together that need more than a look.
  private var scratch: [UInt8] = []
  /// The entries of the mappings being printed, one run for each level.
  private var entries: ContiguousArray<Entry> = []

  /// The number of collections around the value that were written in brackets or braces.
  private var flowDepth = 0
  private var trailer: Trailer?

  private struct Entry {
    let rank: UInt32
    let key: Symbol
    let node: NodeID
  }

  init(_ tree: Tree, passes: Passes = .all) {
    self.tree = tree
    self.passes = passes
    ranks = KeyRanks(tree)
  }

  /// Entries to print at the end of one mapping, although the tree does not hold them.
  struct Trailer {
    let mapping: NodeID
    let lines: [String]
  }

  /// Prints one object; with an indent, behind a dash or below a key that stands there already.
  mutating func print(
    _ root: NodeID, indent: Int = 0, trailer: Trailer? = nil
  ) throws(Problem) {
    self.trailer = trailer
    switch tree.shape(root) {
    case .mapping where !isEmptyRoot(root): try printMapping(root, indent: indent, isRoot: true)
    case .sequence where tree.first(of: root) != nil: try printSequence(root, indent: indent)
    case .mapping: output.append(word: "{}\n")
    case .sequence: output.append(word: "[]\n")
    case .scalar: throw .notAnObject(at: tree.position(root))
    }
  }

  mutating func printSeparator() { output.append(word: "---\n") }

  mutating func print(_ text: String) {
    var text = text
    text.withUTF8 { output.append($0) }
  }

  /// The number of bytes that have been printed.
  var count: Int { output.count }

  /// Gives what has been printed, and starts anew.
  mutating func take() -> [UInt8] {
    defer { output.removeAll() }
    return Array(output.bytes)
  }

  /// Brackets count where the tree is printed with them.
  private func isInBrackets(_ collection: NodeID) -> Bool {
    passes == .all && tree[collection].flags.contains(.flow)
  }

  private func isEmptyRoot(_ root: NodeID) -> Bool {
    var child = tree.first(of: root)
    while let current = child {
      if !tree[current].flags.contains(.keyIsNull) { return false }
      child = tree.next(after: current)
    }
    return true
  }

  // MARK: - Collections

  /// Each collection is one more call on the stack, and its lines begin with more spaces.
  @inline(__always)
  private func checkRoom(for collection: NodeID) throws(Problem) {
    try tree.stack.check(at: tree.position(collection))
    try tree.checkOutput(output.count, at: tree.position(collection))
  }

  /// The first entry goes where the output stands, the others on lines of their own.
  private mutating func printMapping(
    _ mapping: NodeID, indent: Int, isRoot: Bool = false
  ) throws(Problem) {
    try checkRoom(for: mapping)
    let isFlow = isInBrackets(mapping)
    if isFlow { flowDepth += 1 }
    defer { if isFlow { flowDepth -= 1 } }
    if Self.isInOrder(mapping, of: tree, ranks) {
      var child = tree.first(of: mapping)
      var isFirst = true
      while let current = child {
        child = tree.next(after: current)
        if !isFirst { output.append(spaces: indent) }
        isFirst = false
        try printEntry(current, indent: indent)
      }
    } else {
      try printSorted(mapping, indent: indent, isRoot: isRoot)
    }
    if let trailer, trailer.mapping == mapping {
      for line in trailer.lines {
        output.append(spaces: indent)
        print(line)
      }
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
      // Keys without a rank have 0.
      if rank <= last || node.flags.contains(.keyIsNotText) { return false }
      last = rank
      child = tree.next(after: current)
    }
    return true
  }

  private mutating func printSorted(
    _ mapping: NodeID, indent: Int, isRoot: Bool
  ) throws(Problem) {
    let start = entries.count
    try collectEntries(of: mapping, isRoot: isRoot)
    let end = entries.count
    for index in start..<end {
      if index > start { output.append(spaces: indent) }
      try printEntry(entries[index].node, indent: indent)
    }
    entries.removeLast(end - start)
  }

  private mutating func collectEntries(of mapping: NodeID, isRoot: Bool) throws(Problem) {
    let start = entries.count
    var hasUnranked = false
    var child = tree.first(of: mapping)
    while let current = child {
      child = tree.next(after: current)
      let node = tree[current]
      if node.flags.contains(.keyIsNotText) {
        // Go reads the fields of an object itself as strings, and leaves out a null key.
        guard isRoot else {
          throw .keyIsNotText(
            .notPrintable, tree.symbols.string(node.key), of: node,
            at: tree.ledger.position(of: node.writer))
        }
        if node.flags.contains(.keyIsNull) { continue }
      }
      let rank = ranks[node.key].rank
      hasUnranked = hasUnranked || rank == 0
      entries.append(Entry(rank: rank, key: node.key, node: current))
    }
    if hasUnranked { return try compareEntries(from: start) }
    sortEntries(from: start)
    for index in entries.indices.dropFirst(start + 1)
    where entries[index].key == entries[index - 1].key {
      throw duplicate(entries[index - 1], entries[index])
    }
  }

  /// Files mostly are in order or nearly so, and most mappings are short.
  private mutating func sortEntries(from start: Int) {
    if entries.count - start > 32 {
      return entries[start...].sort { ($0.rank, $0.node.raw) < ($1.rank, $1.node.raw) }
    }
    for index in entries.indices.dropFirst(start + 1) {
      let entry = entries[index]
      var place = index
      while place > start, entries[place - 1].rank > entry.rank {
        entries[place] = entries[place - 1]
        place -= 1
      }
      entries[place] = entry
    }
  }

  /// Sorts a mapping with keys that have no rank.
  private mutating func compareEntries(from start: Int) throws(Problem) {
    var seen: [Symbol: Entry] = [:]
    for entry in entries[start...] {
      if let first = seen.updateValue(entry, forKey: entry.key) { throw duplicate(first, entry) }
    }
    let sorted = entries[start...].sorted { ranks.precedes($0.key, $1.key, in: tree.symbols) }
    entries.replaceSubrange(start..., with: sorted)
  }

  private func duplicate(_ first: Entry, _ second: Entry) -> Problem {
    .duplicateKey(
      tree.symbols.string(second.key), at: tree.position(second.node),
      first: tree.position(first.node))
  }

  private mutating func printEntry(_ value: NodeID, indent: Int) throws(Problem) {
    let key = ranks[tree.key(value)]
    guard key.isReadable else { throw .controlCharacter(at: tree.position(value)) }
    guard key.isSimple else { return try printLongEntry(value, indent: indent) }
    ranks.append(key, to: &output)
    switch tree.shape(value) {
    case .scalar:
      try printScalar(value, indent: indent, column: indent + Int(key.width) + 1)
    case .mapping:
      guard !tree.isEmptyCollection(value) else { return output.append(word: " {}\n") }
      output.append(UInt8(ascii: "\n"))
      output.append(spaces: indent + 2)
      try printMapping(value, indent: indent + 2)
    case .sequence:
      guard !tree.isEmptyCollection(value) else { return output.append(word: " []\n") }
      output.append(UInt8(ascii: "\n"))
      output.append(spaces: indent)
      try printSequence(value, indent: indent)
    }
  }

  /// A key that is too long, or has line breaks: `? key`, and `: value` on a line of its own.
  private mutating func printLongEntry(_ value: NodeID, indent: Int) throws(Problem) {
    let key = Array(tree.symbols.bytes(tree.key(value)))
    output.append(UInt8(ascii: "?"))
    scratch.removeAll(keepingCapacity: true)
    ScalarWriter.appendValue(
      key.span, indent: indent, column: indent + 1, folds: passes != .function, to: &scratch)
    output.append(scratch)
    output.append(spaces: indent)
    output.append(UInt8(ascii: ":"))
    try printBehindMark(value, indent: indent)
  }

  private mutating func printSequence(_ sequence: NodeID, indent: Int) throws(Problem) {
    try checkRoom(for: sequence)
    let isFlow = isInBrackets(sequence)
    if isFlow { flowDepth += 1 }
    defer { if isFlow { flowDepth -= 1 } }
    var isFirst = true
    var child = tree.first(of: sequence)
    while let current = child {
      child = tree.next(after: current)
      if !isFirst { output.append(spaces: indent) }
      isFirst = false
      output.append(UInt8(ascii: "-"))
      try printBehindMark(current, indent: indent)
    }
  }

  /// Prints a value behind `-`, or behind the `:` of a long key: collections begin on that line.
  private mutating func printBehindMark(_ value: NodeID, indent: Int) throws(Problem) {
    switch tree.shape(value) {
    case .scalar: try printScalar(value, indent: indent, column: indent + 1)
    case .mapping:
      guard !tree.isEmptyCollection(value) else { return output.append(word: " {}\n") }
      output.append(UInt8(ascii: " "))
      try printMapping(value, indent: indent + 2)
    case .sequence:
      guard !tree.isEmptyCollection(value) else { return output.append(word: " []\n") }
      output.append(UInt8(ascii: " "))
      try printSequence(value, indent: indent + 2)
    }
  }

  // MARK: - Scalars

  private mutating func printScalar(
    _ node: NodeID, indent: Int, column: Int
  ) throws(Problem) {
    if PrintedScalar.appendIfShort(node, of: tree, column: column, to: &output) { return }
    try tree.checkOutput(output.count, at: tree.position(node))
    scratch.removeAll(keepingCapacity: true)
    // Between brackets a block is printed in double quotes, which keep it as it is.
    let isBlock = passes != .json && flowDepth == 0
    try PrintedScalar.append(
      node, of: tree, isInFlow: flowDepth > 0, isBlock: isBlock, indent: indent, column: column,
      folds: passes != .function, to: &scratch)
    output.append(scratch)
  }
}

extension Problem {
  fileprivate static func notAnObject(at position: Position) -> Problem {
    Problem(.notPrintable, "this is not an object", at: position)
  }

  /// Quotes help a key that stands in a file. One that the build has made, of a label or of a file's name,
  /// has none whatever the kustomization says (`Tree.appendField`).
  static func keyIsNotText(
    _ code: Code, _ key: String, of node: Node, at position: Position
  ) -> Problem {
    Problem(
      code, "key `\(key)` is not a string, and JSON has no other keys", at: position,
      hint: node.flags.contains(.keyIsPlain)
        ? "kustomize fails here as well; write the key in quotes"
        : "kustomize fails here as well, with or without quotes: it needs another key")
  }

  fileprivate static func duplicateKey(
    _ key: String, at position: Position, first: Position
  ) -> Problem {
    Problem(.notPrintable, "mapping key \"\(key)\" already defined", at: position)
      .noting("it is first defined here", at: first)
  }
}
