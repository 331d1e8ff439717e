internal import LaminaSyntax

/// What stands at a byte of a file: the way from the root of its document.
struct SyntaxPlace {
  /// The keys on the way; items of lists are gone through.
  private(set) var keys: [String] = []
  /// The innermost value on the way, or the value of the key.
  private(set) var node: SyntaxNode.ID
  /// The byte is in the last key, and not in its value.
  private(set) var isKey = false
  /// The key itself, where the byte is in one.
  private(set) var keyNode: SyntaxNode.ID?
  /// The document's root.
  let root: SyntaxNode.ID
  /// The mappings and lists around the byte, from the root's down to the innermost.
  private(set) var around: [SyntaxNode.ID] = []

  /// - Returns: nil where nothing stands there.
  init?(at offset: Int, in tree: SyntaxTree) {
    let document = tree.documents.first {
      $0.range.lowerBound <= offset && offset <= $0.range.upperBound
    }
    guard let document else { return nil }
    root = document.root
    node = root
    while true {
      around.append(node)
      if let entry = tree.ownEntries(of: node).first(where: { tree.holds($0, offset) }) {
        keys.append(tree.text(of: entry.key) ?? "")
        node = entry.value
        if tree[entry.key].fullRange.touches(offset) {
          (isKey, keyNode) = (true, entry.key)
          return
        }
      } else if let item = tree.ownItems(of: node).first(where: { tree[$0.value].spans(offset) }) {
        node = item.value
      } else {
        around.removeLast()
        return
      }
    }
  }
}

extension SyntaxTree {
  /// The entries of a mapping that is written here, and not of what an alias stands for.
  func ownEntries(of id: SyntaxNode.ID) -> [SyntaxNode.Entry] {
    if case .mapping(let entries, _) = self[id].content { return entries }
    return []
  }

  func ownItems(of id: SyntaxNode.ID) -> [SyntaxNode.Item] {
    if case .sequence(let items, _) = self[id].content { return items }
    return []
  }

  fileprivate func holds(_ entry: SyntaxNode.Entry, _ offset: Int) -> Bool {
    self[entry.key].fullRange.touches(offset) || self[entry.value].spans(offset)
  }

  /// The value of a key as text.
  func text(_ key: String, of id: SyntaxNode.ID) -> String? {
    entry(key, of: id).flatMap { text(of: $0.value) }
  }
}

extension SyntaxNode {
  /// A byte is in the node or right behind it; an empty value holds nothing.
  fileprivate func spans(_ offset: Int) -> Bool {
    !fullRange.isEmpty && fullRange.touches(offset)
  }
}

extension Range<Int> {
  /// Whether a byte is in the range or right behind it, where a cursor is said to be at a word.
  func touches(_ offset: Int) -> Bool { lowerBound <= offset && offset <= upperBound }
}
