/// What becomes of the items of a `FooList` on their way out of it.
///
/// kustomize turns each item into JSON and reads that as YAML (resource/factory.go
/// `convertObjectSliceToNodeSlice`). So every text is in quotes and every collection in brackets from
/// then on, times have become strings, and a null is the word `null`. Most of it cannot be seen, some
/// can: `images` takes the word for an image's name, for example.
enum ListItemRoundTrip {
  static func normalize(_ node: NodeID, in tree: inout Tree) throws(Problem) {
    guard tree.shape(node) == .scalar else {
      try tree.stack.check(at: tree.position(node))
      tree.addFlags([.flow, .remade], to: node)
      var child = tree.first(of: node)
      while let current = child {
        try normalize(current, in: &tree)
        child = tree.next(after: current)
      }
      return
    }
    try normalizeScalar(node, in: &tree)
  }

  private static func normalizeScalar(_ node: NodeID, in tree: inout Tree) throws(Problem) {
    let bytes = Array(tree.bytes(node))
    var text: [UInt8] = []
    switch tree.meaning(of: node) {
    case .string, .custom, .merge, .unresolved:
      tree.setTag(.string, of: node)
      return setFlags(.quoted, of: node, in: &tree)
    case .null: text = Array("null".utf8)
    case .bool: text = Array((bytes.first.map { $0 | 0x20 } == 0x74 ? "true" : "false").utf8)
    case .integer: _ = appendNormalizedInteger(bytes.span, to: &text)
    case .float:
      guard appendNormalizedFloat(bytes.span, to: &text) == .written else {
        throw .itemNotInJSON(tree.string(node), at: tree.position(node))
      }
    case .timestamp:
      guard appendTimestampAsRFC3339(bytes.span, to: &text) else {
        throw .itemNotInJSON(tree.string(node), at: tree.position(node))
      }
      tree.setScalar(node, text.span, tag: .string, by: tree.writer(node))
      return setFlags(.quoted, of: node, in: &tree)
    case .binary:
      guard let decoded = decodeBase64(bytes.span) else {
        throw .itemNotInJSON(tree.string(node), at: tree.position(node))
      }
      tree.setScalar(node, decoded.span, tag: .string, by: tree.writer(node))
      return setFlags(.quoted, of: node, in: &tree)
    case nil: throw .itemNotInJSON(tree.string(node), at: tree.position(node))
    }
    let tag = ScalarTag.plain(text.span)
    tree.setScalar(node, text.span, tag: tag, by: tree.writer(node))
    setFlags([], of: node, in: &tree)
  }

  private static func setFlags(_ flags: Node.Flags, of node: NodeID, in tree: inout Tree) {
    tree.setFlags(tree[node].flags.intersection(.ofKey).union(flags), of: node)
  }
}

extension Problem {
  fileprivate static func itemNotInJSON(_ text: String, at position: Position) -> Problem {
    Problem(.listItemNotInJson, "`\(text)` in a list cannot be turned into JSON", at: position)
  }
}
