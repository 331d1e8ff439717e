/// All documents of a build, in one array of nodes and one array of text.
///
/// Contrary to Swift's usual memory model, a node is not an object: reading a document, copying a
/// base and editing a field move no reference counts and allocate nothing of their own. The price is
/// that a removed node keeps its 24 bytes until the build ends.
///
/// The tree is a value, handed on as `inout`; nobody may keep a second copy of it.
struct Tree: Sendable {
  var symbols = SymbolTable()
  /// Node 0 is nobody: it stands for "none" in `next`, `first` and `last`.
  var nodes: ContiguousArray<Node>
  /// The bytes of all scalars. Text is only ever appended.
  var text: ContiguousArray<UInt8> = []
  /// For each node flagged `twin` the next one of its set, in a ring (see `Tree+Twins.swift`).
  var twinAfter = NumberTable<NodeID, NodeID>()
  /// How many of the nodes are copies of others, to be counted.
  var copiedNodes = 0
  /// Elements of merged lists that repeat another one, by the node they repeat.
  var repetitions: [NodeID: NodeID] = [:]

  init() {
    nodes = [
      Node(
        shape: .scalar, tag: .null, flags: [], key: .empty, position: .none, next: 0, first: 0,
        last: 0)
    ]
  }

  subscript(id: NodeID) -> Node {
    _read { yield nodes[Int(id.raw)] }
    _modify { yield &nodes[Int(id.raw)] }
  }
}
