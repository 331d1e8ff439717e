import LaminaSyntax

/// The habits of a text that new lines follow.
///
/// They are looked for once, when the text is read: an edit that follows them does not change them.
struct Layout {
  /// What ends a line.
  let lineEnd: String
  /// How far a list stands to the right of its key; 0 where the file has no list.
  let listIndent: Int
  /// How far a mapping stands to the right of its key.
  let mappingIndent: Int

  /// The first line break and the first list and mapping decide. Where there are none, a list
  /// stands below its key and a mapping two spaces to the right, as kustomize's own writer has
  /// them.
  init(_ tree: SyntaxTree) {
    let lines = TextLines(bytes: tree.bytes)
    let first = tree.bytes.firstIndex(of: UInt8(ascii: "\n"))
    let hasReturn = first.map { $0 > 0 && tree.bytes[$0 - 1] == UInt8(ascii: "\r") } ?? false
    lineEnd = hasReturn ? "\r\n" : "\n"
    let found = Indents(tree, lines)
    listIndent = found.list ?? 0
    mappingIndent = found.mapping ?? (found.list.map { $0 > 0 ? $0 : 2 } ?? 2)
  }

  /// The indents of the first list and of the first mapping in the lines below a key.
  ///
  /// Depth first, in the order of the text, until both are found.
  private struct Indents {
    var list: Int?
    var mapping: Int?

    init(_ tree: SyntaxTree, _ lines: TextLines) {
      guard let root = tree.documents.first?.root else { return }
      var open = [root]
      while let id = open.popLast(), list == nil || mapping == nil {
        for entry in tree.entries(of: id).reversed() { open.append(entry.value) }
        for item in tree.items(of: id).reversed() { open.append(item.value) }
        for entry in tree.entries(of: id) { look(at: entry, tree, lines) }
      }
    }

    /// Notes how far the value of an entry stands to the right. Values in brackets say nothing of
    /// it.
    private mutating func look(
      at entry: SyntaxNode.Entry, _ tree: SyntaxTree, _ lines: TextLines
    ) {
      let value = tree[entry.value]
      let key = tree[entry.key].fullRange.lowerBound
      let indent = lines.column(of: value.range.lowerBound) - lines.column(of: key)
      switch value.content {
      case .sequence(let items, isFlow: false) where !items.isEmpty:
        if list == nil { list = max(indent, 0) }
      case .mapping(let entries, isFlow: false) where !entries.isEmpty:
        if mapping == nil, indent > 0 { mapping = indent }
      default: break
      }
    }
  }
}
