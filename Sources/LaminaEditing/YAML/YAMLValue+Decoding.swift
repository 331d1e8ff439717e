internal import Lamina
import LaminaSyntax

extension YAMLValue {
  /// What a node of a text means, with aliases and merge keys resolved.
  ///
  /// Throws where aliases make it too large.
  init(_ id: SyntaxNode.ID, of tree: SyntaxTree) throws(EditError) {
    var decoder = ValueDecoder(tree: tree)
    self = try decoder.value(id, depth: 0)
  }
}

/// The state of one decoding.
private struct ValueDecoder {
  let tree: SyntaxTree
  /// Aliases of aliases grow without end.
  ///
  /// This many values may still be read.
  private var left = 2_000_000

  /// What follows values down is recursive, and a thread may have little stack.
  private static let deepest = 200

  init(tree: SyntaxTree) { self.tree = tree }

  /// An alias counts as deeper by one, so that chains of them end as well.
  mutating func value(_ id: SyntaxNode.ID, depth: Int) throws(EditError) -> YAMLValue {
    left -= 1
    if left < 0 { throw EditError("the aliases of this file make it too large") }
    if depth > Self.deepest { throw EditError("the values of this file are nested too deeply") }
    let node = tree[id]
    switch node.content {
    case .alias(let target):
      guard let target else { throw EditError("an alias stands for a value that contains it") }
      return try value(target, depth: depth + 1)
    case .scalar(let style, _): return scalar(id, node, style)
    case .sequence(let items, _):
      var values: [YAMLValue] = []
      for item in items { values.append(try value(item.value, depth: depth + 1)) }
      return .sequence(values)
    case .mapping(let entries, _): return .mapping(try mapping(entries, depth: depth))
    }
  }

  /// A plain text means what it looks like, unless a tag says what it is. Other tags stay with the
  /// text, so that values with different ones differ.
  private func scalar(
    _ id: SyntaxNode.ID, _ node: SyntaxNode, _ style: SyntaxNode.Style
  ) -> YAMLValue {
    let text = tree.text(of: id) ?? ""
    let tag = node.tag.map { String(decoding: tree[$0], as: UTF8.self) }
    switch tag {
    case nil: return style == .plain ? ScalarMeaning.value(ofPlain: text) : .string(text)
    case "!", "!!str": return .string(text)
    case "!!null": return .null
    case let tag?: return .other("\(tag) \(text)")
    }
  }

  /// Own entries win over merged ones, and of several with one key the last one.
  private mutating func mapping(
    _ entries: [SyntaxNode.Entry], depth: Int
  ) throws(EditError) -> [Entry] {
    var result: [Entry] = []
    var places: [ByteText: Int] = [:]
    var merged: [Entry] = []
    for entry in entries {
      if MergeKey.isMerge(entry, in: tree) {
        merged += try self.merged(entry.value, depth: depth)
        continue
      }
      let key = keyText(entry.key)
      let value = try value(entry.value, depth: depth + 1)
      if let place = places[key] {
        result[place].value = value
      } else {
        places[key] = result.count
        result.append(Entry(key, value))
      }
    }
    for entry in merged where places[entry.key] == nil {
      places[entry.key] = result.count
      result.append(entry)
    }
    return result
  }

  typealias Entry = YAMLValue.Entry

  /// The entries that the value of a merge key brings; those of the first mapping of several come
  /// first and win.
  private mutating func merged(
    _ id: SyntaxNode.ID, depth: Int
  ) throws(EditError) -> [Entry] {
    switch try value(id, depth: depth + 1) {
    case .mapping(let entries): return entries
    case .sequence(let items): return items.flatMap(\.entries)
    default: return []
    }
  }

  /// A key that is no scalar is told apart by how it is written.
  private func keyText(_ id: SyntaxNode.ID) -> String {
    tree.text(of: id) ?? String(decoding: tree[tree[id].fullRange], as: UTF8.self)
  }
}

/// The key `<<`, whose value's entries count as the mapping's own.
enum MergeKey {
  /// With quotes or a tag, `<<` is a key like others.
  static func isMerge(_ entry: SyntaxNode.Entry, in tree: SyntaxTree) -> Bool {
    let key = tree[entry.key]
    guard case .scalar(.plain, _) = key.content, key.tag == nil else { return false }
    return tree.text(of: entry.key) == "<<"
  }
}
