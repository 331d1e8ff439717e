/// Printing YAML or JSON back into the scalar that holds it
/// (api/filters/replacement/replacement.go `serializeStructuredData`).
enum EmbeddedText {
  /// The text of a document that was read from a scalar, in the scalar's language.
  static func printed(
    _ document: EmbeddedDocument, like holder: NodeID, in tree: inout Tree
  ) throws(Problem) -> [UInt8] {
    guard let root = document.root else { return [] }
    let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    let original = tree.bytes(holder).drop(while: isBlank)
    guard original.first == UInt8(ascii: "{") || original.first == UInt8(ascii: "[") else {
      return EmbeddedPrinter.text(of: root, in: tree, styles: document.styles)
    }
    let isPretty =
      tree.bytes(holder).contains(UInt8(ascii: "\n")) && tree.bytes(holder).containsTwoSpaces
    try checkKeys(of: root, in: tree)
    try JSONTrip.marshal(root, in: &tree)
    var printer = JSONPrinter(tree: tree, isPretty: isPretty)
    printer.print(root, depth: 0)
    return printer.output
  }

  /// JSON has no other keys than text.
  private static func checkKeys(of root: NodeID, in tree: Tree) throws(Problem) {
    for child in tree.children(of: root) where tree[child].flags.contains(.keyIsNotText) {
      throw Problem(.notPrintable, "JSON has no keys but strings", at: tree.position(child))
    }
  }
}

/// Prints a value in JSON form (see `JSONTrip`) as Go's `encoding/json` does.
private struct JSONPrinter {
  let tree: Tree
  let isPretty: Bool
  var output: [UInt8] = []

  init(tree: Tree, isPretty: Bool) {
    self.tree = tree
    self.isPretty = isPretty
  }

  mutating func print(_ node: NodeID, depth: Int) {
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
    output.append(UInt8(ascii: " "), count: 2 * depth)
  }

  private mutating func printScalar(_ node: NodeID) {
    let text = Array(tree.bytes(node))
    if tree[node].tag == .string {
      appendJSONString(text.span, to: &output)
    } else {
      output += text
    }
  }
}

extension ArraySlice<UInt8> {
  fileprivate var containsTwoSpaces: Bool {
    zip(self, dropFirst()).contains { $0 == 0x20 && $1 == 0x20 }
  }
}
