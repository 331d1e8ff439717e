/// Prints a value as Go's `encoding/json` does, keys sorted by their bytes.
///
/// The value has to be one that JSON knows: in JSON form (see `JSONTrip`), or read from YAML that
/// `TreePrinter` has printed. The collections that are open are kept in a list, and not on the stack:
/// printing fails at no depth.
struct JSONPrinter {
  private let tree: Tree
  private let isPretty: Bool
  private var output: [UInt8] = []
  private var open: [Collection] = []

  private struct Collection {
    let values: [NodeID]
    let isMapping: Bool
    var next = 0
  }

  /// The text of a value.
  ///
  /// - Parameter isPretty: gives every entry a line of its own, indented by two spaces a level.
  static func bytes(of node: NodeID, in tree: Tree, isPretty: Bool = false) -> [UInt8] {
    var printer = JSONPrinter(tree: tree, isPretty: isPretty)
    printer.begin(node)
    while printer.printEntry() {}
    return printer.output
  }

  /// The text of a value of a build, which may be so large that the build has to end.
  static func text(
    of node: NodeID, in tree: Tree, isPretty: Bool = false
  ) throws(Problem) -> [UInt8] {
    var printer = JSONPrinter(tree: tree, isPretty: isPretty)
    printer.begin(node)
    while printer.printEntry() {
      try tree.checkOutput(printer.output.count, at: tree.position(node))
    }
    return printer.output
  }

  private init(tree: Tree, isPretty: Bool) {
    self.tree = tree
    self.isPretty = isPretty
  }

  /// Prints a scalar, or opens a collection.
  private mutating func begin(_ node: NodeID) {
    switch tree.shape(node) {
    case .scalar: printScalar(node)
    case .sequence:
      output.append(UInt8(ascii: "["))
      open.append(Collection(values: tree.children(of: node), isMapping: false))
    case .mapping:
      output.append(UInt8(ascii: "{"))
      let fields = tree.children(of: node).sorted {
        tree.symbols.bytes(tree.key($0)).lexicographicallyPrecedes(
          tree.symbols.bytes(tree.key($1)))
      }
      open.append(Collection(values: fields, isMapping: true))
    }
  }

  /// Prints one more entry of the innermost collection, or its end; false where none is open.
  private mutating func printEntry() -> Bool {
    guard let last = open.indices.last else { return false }
    let (place, isMapping) = (open[last].next, open[last].isMapping)
    guard place < open[last].values.count else {
      open.removeLast()
      if place > 0 { breakLine() }
      output.append(isMapping ? UInt8(ascii: "}") : UInt8(ascii: "]"))
      return true
    }
    open[last].next += 1
    let value = open[last].values[place]
    if place > 0 { output.append(UInt8(ascii: ",")) }
    breakLine()
    if isMapping {
      let key = Array(tree.symbols.bytes(tree.key(value)))
      appendJSONString(key.span, to: &output)
      output.append(word: isPretty ? ": " : ":")
    }
    begin(value)
    return true
  }

  private mutating func breakLine() {
    guard isPretty else { return }
    output.append(UInt8(ascii: "\n"))
    output.append(spaces: 2 * open.count)
  }

  private mutating func printScalar(_ node: NodeID) {
    let text = Array(tree.bytes(node))
    switch tree.meaning(of: node) {
    case .null, .bool, .integer, .float: output += text
    default: appendJSONString(text.span, to: &output)
    }
  }
}
