/// Prints a value as Go's `encoding/json` does, keys sorted by their bytes.
///
/// The value has to be one that JSON knows: in JSON form (see `JSONTrip`), or read from YAML that
/// `TreePrinter` has printed.
struct JSONPrinter {
  private let tree: Tree
  private let isPretty: Bool
  private var output: [UInt8] = []

  /// - Parameter isPretty: gives every entry a line of its own, indented by two spaces a level.
  static func bytes(of node: NodeID, in tree: Tree, isPretty: Bool = false) -> [UInt8] {
    var printer = JSONPrinter(tree: tree, isPretty: isPretty)
    printer.print(node, depth: 0)
    return printer.output
  }

  private init(tree: Tree, isPretty: Bool) {
    self.tree = tree
    self.isPretty = isPretty
  }

  private mutating func print(_ node: NodeID, depth: Int) {
    switch tree.shape(node) {
    case .scalar: printScalar(node)
    case .sequence:
      printAll(tree.children(of: node), "[", "]", depth: depth, withKeys: false)
    case .mapping:
      let fields = tree.children(of: node).sorted {
        tree.symbols.bytes(tree.key($0)).lexicographicallyPrecedes(
          tree.symbols.bytes(tree.key($1)))
      }
      printAll(fields, "{", "}", depth: depth, withKeys: true)
    }
  }

  private mutating func printAll(
    _ values: [NodeID], _ open: StaticString, _ close: StaticString, depth: Int, withKeys: Bool
  ) {
    output.append(word: open)
    for (index, value) in values.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      breakLine(depth + 1)
      if withKeys {
        let key = Array(tree.symbols.bytes(tree.key(value)))
        appendJSONString(key.span, to: &output)
        output.append(word: isPretty ? ": " : ":")
      }
      print(value, depth: depth + 1)
    }
    if !values.isEmpty { breakLine(depth) }
    output.append(word: close)
  }

  private mutating func breakLine(_ depth: Int) {
    guard isPretty else { return }
    output.append(UInt8(ascii: "\n"))
    output.append(spaces: 2 * depth)
  }

  private mutating func printScalar(_ node: NodeID) {
    let text = Array(tree.bytes(node))
    switch tree.meaning(of: node) {
    case .null, .bool, .integer, .float: output += text
    default: appendJSONString(text.span, to: &output)
    }
  }
}
