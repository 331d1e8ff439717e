/// Values of a tree as Go's `encoding/json` writes them, keys sorted by their bytes.
///
/// A value has to be one that JSON knows: in JSON form (see `JSONTrip`), or read from YAML that `TreePrinter` has
/// printed. The collections that are open are kept in a list, and not on the stack: writing fails at no depth.
extension JSONWriter {
  /// The text of a value.
  ///
  /// - Parameter isPretty: gives every entry a line of its own, indented by two spaces a level.
  static func bytes(of node: NodeID, in tree: Tree, isPretty: Bool = false) -> [UInt8] {
    var walk = TreeWalk(tree, isPretty: isPretty)
    walk.begin(node)
    while walk.writeEntry() {}
    return walk.json.output
  }

  /// The text of a value of a build, which may be so large that the build has to end.
  static func text(
    of node: NodeID, in tree: Tree, isPretty: Bool = false
  ) throws(Problem) -> [UInt8] {
    var text: [UInt8] = []
    try append(node, of: tree, isPretty: isPretty, to: &text)
    return text
  }

  /// Appends the same to another text.
  static func append(
    _ node: NodeID, of tree: Tree, isPretty: Bool = false, to out: inout [UInt8]
  ) throws(Problem) {
    var walk = TreeWalk(tree, isPretty: isPretty)
    walk.json.exchangeOutput(with: &out)
    walk.begin(node)
    while walk.writeEntry() {
      try tree.checkOutput(walk.json.output.count, at: tree.position(node))
    }
    walk.json.exchangeOutput(with: &out)
  }
}

/// A walk that can be interrupted after each entry, which lets `text` check the size of the output.
private struct TreeWalk {
  private let tree: Tree
  var json: JSONWriter
  /// The collections that have been begun and not ended.
  private var open: [Collection] = []

  /// `next` is the place of the value that is written next.
  private struct Collection {
    let values: [NodeID]
    let kind: JSONWriter.Collection
    var next = 0
  }

  init(_ tree: Tree, isPretty: Bool) {
    self.tree = tree
    json = JSONWriter(isPretty: isPretty)
  }

  /// Writes a scalar, or opens a collection.
  mutating func begin(_ node: NodeID) {
    switch tree.shape(node) {
    case .scalar: writeScalar(node)
    case .sequence:
      json.open(.array)
      open.append(Collection(values: tree.children(of: node), kind: .array))
    case .mapping:
      json.open(.object)
      let fields = tree.children(of: node).sorted {
        tree.symbols.bytes(tree.key($0)).lexicographicallyPrecedes(
          tree.symbols.bytes(tree.key($1)))
      }
      open.append(Collection(values: fields, kind: .object))
    }
  }

  /// Writes one more entry of the innermost collection, or its end; false where none is open.
  mutating func writeEntry() -> Bool {
    guard let last = open.indices.last else { return false }
    let (place, kind) = (open[last].next, open[last].kind)
    guard place < open[last].values.count else {
      open.removeLast()
      json.close(kind)
      return true
    }
    open[last].next += 1
    let value = open[last].values[place]
    json.startEntry()
    if kind == .object {
      let key = Array(tree.symbols.bytes(tree.key(value)))
      json.key(key.span)
    }
    begin(value)
    return true
  }

  /// Numbers, booleans and null are spelled in the tree as JSON spells them.
  private mutating func writeScalar(_ node: NodeID) {
    let text = Array(tree.bytes(node))
    switch tree.meaning(of: node) {
    case .null, .bool, .integer, .float: json.raw(text)
    default: json.string(text.span)
    }
  }
}
