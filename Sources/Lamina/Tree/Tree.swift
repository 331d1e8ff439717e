/// All documents of a build, in one array of nodes and one array of text.
///
/// Contrary to Swift's usual memory model, a node is not an object: reading a document, copying a
/// base and editing a field move no reference counts and allocate nothing of their own. The price is
/// that a removed node keeps its 24 bytes until the build ends.
///
/// The tree is a value, handed on as `inout`; nobody may keep a second copy of it.
package struct Tree: Sendable {
  package internal(set) var symbols: SymbolTable
  /// Node 0 is nobody: it stands for "none" in `next`, `first` and `last`.
  var nodes: ContiguousArray<Node>
  /// The bytes of all scalars. Text is only ever appended.
  var text: ContiguousArray<UInt8> = []
  /// For each node flagged `twin` the next one of its set, in a ring (see `Tree+Twins.swift`).
  var twinAfter = NumberTable<NodeID, NodeID>()
  /// How deep recursions may go on the thread that the tree is used on.
  var stack = StackLimit.none
  var budget = TreeBudget()
  /// Who made the edits that nodes name as their writers.
  var ledger = Ledger()
  /// How many of the nodes are copies of others, to be counted.
  var copiedNodes: UInt32 = 0

  init() { self.init(symbols: SymbolTable()) }

  init(symbols: SymbolTable) {
    self.symbols = symbols
    nodes = [
      Node(
        shape: .scalar, tag: .null, flags: [], key: .empty, writer: .none, next: 0, first: 0,
        last: 0)
    ]
  }

  /// Makes room for what is read from a file of so many bytes.
  mutating func reserveCapacity(forBytes count: Int) {
    // Manifests have a value for every sixteen bytes.
    nodes.reserveCapacity(nodes.count + count / 16 + 8)
    text.reserveCapacity(text.count + count)
  }

  /// Puts bytes behind all text, and returns where they stand. What the budget has no room for is left
  /// out, and noted (`TreeBudget.isTextLost`).
  mutating func append(_ bytes: Span<UInt8>) -> TextPlace {
    guard hasRoom(forText: bytes.count) else { return TextPlace(start: 0, count: 0) }
    let start = text.count
    bytes.withUnsafeBufferPointer { text.append(contentsOf: $0) }
    return TextPlace(
      start: UInt32(truncatingIfNeeded: start), count: UInt32(truncatingIfNeeded: bytes.count))
  }

  /// Takes the tree away from its holder, who keeps one that holds nothing and is of no use.
  mutating func take() -> Tree {
    var taken = Tree(symbols: SymbolTable(ofNothing: ()))
    swap(&taken, &self)
    return taken
  }

  /// Writes several fields of a node, for the functions of this folder.
  @inline(__always)
  mutating func modify(_ id: NodeID, _ change: (inout Node) -> Void) {
    change(&nodes[Int(id.raw)])
  }

  /// Drops the nodes from a number on, which nothing may name any more.
  mutating func dropNodes(from first: Int) { nodes.removeSubrange(first...) }

  /// Whether so many bytes of text can be added; notes where they cannot.
  mutating func hasRoom(forText count: Int) -> Bool {
    if count > Int(budget.bytes) - text.count { budget.noteLostText() }
    return !budget.isTextLost
  }

  /// Where the text of a scalar stands.
  struct TextPlace: Sendable {
    let start: UInt32
    let count: UInt32

    var range: Range<Int> { Int(start)..<Int(start &+ count) }
  }

  /// A node, to be read. The files of this folder write nodes; all others call the functions there, which
  /// say what they change and keep the ledger (`Scripts/check-writes`).
  subscript(id: NodeID) -> Node {
    _read { yield nodes[Int(id.raw)] }
  }

  /// A node, to be written by the functions of this folder.
  subscript(writing id: NodeID) -> Node {
    _read { yield nodes[Int(id.raw)] }
    _modify { yield &nodes[Int(id.raw)] }
  }
}
