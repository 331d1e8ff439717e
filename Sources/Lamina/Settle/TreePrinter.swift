/// Prints objects as kustomize does: block style, keys in go-yaml's order, lists not indented under their key.
///
/// What is printed is settled on the way (`Settling`), so that the tree is the output afterwards.
///
/// It owns the tree while it prints; `tree` gives it back. Two ways lead to the output: a scalar
/// whose text is printed as it is goes there at once (`appendIfRaw`), anything else is put together
/// in `scratch` by `ScalarWriter`.
struct TreePrinter: ~Copyable {
  private(set) var tree: Tree
  private var settling: Settling
  /// Long lines are broken, as in the output of kustomize. The writer of kyaml breaks none.
  private let folds: Bool
  private var output = ByteBuffer()
  /// Where scalars are put together that need more than a look.
  private var scratch: [UInt8] = []
  /// Only functions are given one, for annotations that no tree should hold.
  private var trailer: Trailer?

  /// - Parameters:
  ///   - ranks: the order of the tree's keys, where it is known; to find it takes a look at every node.
  ///   - passes: what values go through before they are printed.
  init(
    _ tree: Tree, _ ranks: KeyRanks? = nil, passes: Settling.Passes = .all, folds: Bool = true
  ) {
    self.tree = tree
    settling = Settling(ranks ?? KeyRanks(tree), passes: passes)
    self.folds = folds
  }

  var ranks: KeyRanks { settling.ranks }

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
    case .mapping:
      tree.removeAllChildren(of: root)
      output.append(word: "{}\n")
    case .sequence: output.append(word: "[]\n")
    case .scalar: throw .notAnObject(at: tree.position(root))
    }
  }

  /// Parts two documents; nothing stands before the first.
  mutating func printSeparator() { output.append(word: "---\n") }

  /// Puts in a text as it is.
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

  /// The object has no fields but null keys, which are left out.
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
    let brackets = settling.enter(mapping, in: &tree)
    defer { settling.leave(brackets) }
    try settling.arrangeFields(of: mapping, isRoot: isRoot, in: &tree)
    var child = tree.first(of: mapping)
    var isFirst = true
    while let current = child {
      child = tree.next(after: current)
      if !isFirst { output.append(spaces: indent) }
      isFirst = false
      try printEntry(current, indent: indent)
    }
    if let trailer, trailer.mapping == mapping {
      for line in trailer.lines {
        output.append(spaces: indent)
        print(line)
      }
    }
  }

  /// Prints a field; the indentation has been printed.
  private mutating func printEntry(_ value: NodeID, indent: Int) throws(Problem) {
    let key = settling.ranks[tree.key(value)]
    guard key.isSimple else { return try printLongEntry(value, indent: indent) }
    settling.ranks.append(key, to: &output)
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
      key.span, indent: indent, column: indent + 1, folds: folds, to: &scratch)
    output.append(scratch)
    output.append(spaces: indent)
    output.append(UInt8(ascii: ":"))
    try printBehindMark(value, indent: indent)
  }

  /// The dashes stand at `indent`, which for a list in a mapping is the column of its key.
  private mutating func printSequence(_ sequence: NodeID, indent: Int) throws(Problem) {
    try checkRoom(for: sequence)
    let brackets = settling.enter(sequence, in: &tree)
    defer { settling.leave(brackets) }
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

  /// Prints a space, a scalar and a line feed.
  ///
  /// - Parameters:
  ///   - column: where the scalar would stand on its line, in characters: long lines are broken by
  ///     that.
  private mutating func printScalar(
    _ node: NodeID, indent: Int, column: Int
  ) throws(Problem) {
    let isOrdinary = try settling.settleScalar(node, in: &tree)
    if Self.appendIfRaw(node, isOrdinary: isOrdinary, of: tree, column: column, to: &output) {
      return
    }
    try tree.checkOutput(output.count, at: tree.position(node))
    scratch.removeAll(keepingCapacity: true)
    let length = tree.textRange(node).count
    // The lines of a block get their indentation.
    if length > 4096 { scratch.makeRoom(for: length &+ length / 16) }
    Self.append(node, of: tree, indent: indent, column: column, folds: folds, to: &scratch)
    output.append(scratch)
  }

  /// Appends a scalar if its text is printed as it is, on the same line.
  @inline(__always)
  private static func appendIfRaw(
    _ node: NodeID, isOrdinary: Bool, of tree: borrowing Tree, column: Int,
    to out: inout ByteBuffer
  ) -> Bool {
    let text = tree.text.span.extracting(tree.textRange(node))
    let fits = isOrdinary && ScalarWriter.fits(text, column: column)
    guard fits || tree[node].tag != .string else { return false }
    out.append(.space)
    out.append(text)
    out.append(.lineFeed)
    return true
  }

  /// Prints a scalar with the quotes, the block or the line breaks that its text needs.
  private static func append(
    _ node: NodeID, of tree: borrowing Tree, indent: Int, column: Int, folds: Bool,
    to out: inout [UInt8]
  ) {
    let text = tree.text.span.extracting(tree.textRange(node))
    ScalarWriter.appendValue(text, indent: indent, column: column, folds: folds, to: &out)
  }
}

extension Problem {
  fileprivate static func notAnObject(at position: Position) -> Problem {
    Problem(.printedNotAnObject, "this is not an object", at: position)
  }
}
