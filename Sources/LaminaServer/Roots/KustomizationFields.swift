internal import Lamina
internal import LaminaSyntax

/// A kustomization, or `lamina.yaml`, along the table of fields.
struct FieldFile {
  let tree: SyntaxTree
  private let owner: FieldOwner

  /// - Returns: nil for a file that is not along the table.
  init?(_ path: String, _ tree: SyntaxTree) {
    let name = Path.lastPart(path)
    if KustomizationFile.isName(name) {
      owner = .kustomization
    } else if name == ProjectFile.name {
      owner = .project
    } else {
      return nil
    }
    self.tree = tree
  }

  /// The mapping at the end of some keys, and the row of the last key.
  func field(at keys: [String]) -> (row: FieldRow?, owner: FieldOwner?) {
    var (row, owner) = (FieldRow?.none, Optional(self.owner))
    for key in keys {
      guard let rows = owner?.rows else { return (nil, nil) }
      row = rows.first { $0.name == key } ?? rows.first { $0.name.lowercased() == key.lowercased() }
      owner =
        switch row?.shape {
        case .object(let inner), .objects(let inner): inner
        default: nil
        }
    }
    return (row, owner)
  }

  /// A text that names a file or a directory.
  struct Link {
    let node: SyntaxNode.ID
    /// Without a key in front of it.
    let path: String
    let keys: [String]
  }

  /// All texts that name files or directories.
  func links() -> [Link] {
    guard let root = tree.documents.first?.root else { return [] }
    var found: [Link] = []
    var rest: [(node: SyntaxNode.ID, keys: [String])] = [(root, [])]
    while let (node, keys) = rest.popLast() {
      for entry in tree.ownEntries(of: node) {
        let keys = keys + [tree.text(of: entry.key) ?? ""]
        let (row, owner) = field(at: keys)
        if let names = row?.names {
          found += texts(of: entry.value).compactMap { link($0, names, keys) }
        } else if owner != nil {
          rest.append((entry.value, keys))
          rest += tree.ownItems(of: entry.value).map { ($0.value, keys) }
        }
      }
    }
    return found
  }

  private func texts(of value: SyntaxNode.ID) -> [SyntaxNode.ID] {
    let items = tree.ownItems(of: value)
    return items.isEmpty ? [value] : items.map(\.value)
  }

  private func link(
    _ node: SyntaxNode.ID, _ names: FieldReference, _ keys: [String]
  ) -> Link? {
    guard var text = tree.text(of: node), !text.isEmpty, !text.contains("\n") else { return nil }
    if names == .keyedFile, let sign = text.utf8.firstIndex(of: UInt8(ascii: "=")) {
      text = String(text[text.utf8.index(after: sign)...])
    }
    return Link(node: node, path: text, keys: keys)
  }
}
