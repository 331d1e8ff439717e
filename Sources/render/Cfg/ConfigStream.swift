import LaminaEditing
import LaminaSyntax

/// A stream of YAML documents as kyaml reads it: one document that is a list stands for its items.
struct ConfigStream {
  var objects: [ConfigObject] = []
  /// The stream is a list, whose items have no numbers.
  var isList = false
  /// The text of the field `results` of a list that a function printed; nil where there is none.
  var results: [UInt8]?

  /// - Parameters:
  ///   - name: what messages call the stream.
  init(_ bytes: [UInt8], name: String) throws(CommandFailure) {
    let documents = try ConfigObjects.objects(of: bytes, path: "", name: name)
    guard documents.count == 1, let list = documents.first,
      ["List", "ResourceList"].contains(list.kind),
      list.value["items"] != nil || list.value["functionConfig"] != nil,
      let tree = try? SyntaxTree(list.text), let root = tree.documents.first?.root
    else {
      objects = documents
      return
    }
    isList = true
    var isFlow = false
    if case .mapping(_, let isBraced) = tree[root].content { isFlow = isBraced }
    if let entry = tree.entry("results", of: root) {
      let start = isFlow ? nil : entry.colon.map { $0 + 1 }
      results = Self.text(from: start, of: entry.value, tree)
    }
    guard let items = tree.entry("items", of: root)?.value else { return }
    let values = list.value["items"]?.items ?? []
    for (number, (item, value)) in zip(tree.items(of: items), values).enumerated() {
      let text = Self.text(from: item.dash.map { $0 + 1 }, of: item.value, tree)
      // An alias may lead to another item.
      let isWhole = (try? YAMLEditor(text).value) == value
      objects.append(
        ConfigObject(
          path: "", number: number, text: isWhole ? text : try ConfigObject.text(of: value),
          value: value))
    }
  }

  /// The lines of a node, as far to the left as those of a document.
  ///
  /// - Parameter start: the place behind its dash or colon, from which comments belong to it; nil in
  ///   brackets.
  private static func text(
    from start: Int?, of node: SyntaxNode.ID, _ tree: SyntaxTree
  ) -> [UInt8] {
    let value = tree[tree.resolved(node)].fullRange
    let before = tree.bytes[..<value.lowerBound]
    let column = before.count - (before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0)
    var range = value
    if let start, start <= value.lowerBound {
      let end = tree.bytes[value.upperBound...].firstIndex(of: UInt8(ascii: "\n"))
      range = start..<(end ?? tree.bytes.count)
    }
    let text = tree[range].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let moved = lines.enumerated().map { number, line in
      let blanks = line.prefix { $0 == UInt8(ascii: " ") }.count
      return number == 0 ? line : line.dropFirst(min(column, blanks))
    }
    return Array(moved.joined(separator: [UInt8(ascii: "\n")])) + [UInt8(ascii: "\n")]
  }
}
