/// The elements of a list, and what they have under its merge keys.
///
/// Texts are read once, as symbols, so that comparing elements compares integers. kyaml follows the
/// key into each element again for every comparison.
struct ListElements {
  /// What one element has under one key.
  struct KeyText: Equatable {
    /// The text of the scalar; a collection has none.
    let text: Symbol
    /// The key is there.
    let isPresent: Bool
    /// The key counts as missing when elements are told apart: it is, or holds null or nothing.
    let isBlank: Bool

    static let missing = KeyText(text: .empty, isPresent: false, isBlank: true)

    /// By what the element is told apart: the empty text where the key is missing.
    var value: Symbol { isBlank ? .empty : text }
  }

  /// Merge keys; none where the elements are scalars, which are their own keys.
  private(set) var keys: [Symbol]
  /// The elements. A copy that an earlier merge has made of an element stands for the element
  /// itself (`Ledger.repetitions`): in kyaml both places hold the same node.
  private(set) var nodes: [NodeID] = []
  /// For each element the texts of its keys, one after the other.
  private var texts: [KeyText] = []

  /// - Parameter keys: the merge keys of the list; empty for scalars. Elements of the wrong shape
  ///   have no fields, and so no texts.
  init(_ list: NodeID, keys: [Symbol], in tree: inout Tree) {
    self.keys = keys
    var child = tree.first(of: list)
    while let next = child {
      child = tree.next(after: next)
      let current = tree.ledger.repetitions.isEmpty ? next : tree.ledger.repetitions[next] ?? next
      nodes.append(current)
      if keys.isEmpty { texts.append(Self.text(of: current, in: &tree)) }
      for key in keys {
        let field = tree.field(key, of: current)
        texts.append(field.map { Self.text(of: $0, in: &tree) } ?? .missing)
      }
    }
  }

  var isEmpty: Bool { nodes.isEmpty }
  var isOfScalars: Bool { keys.isEmpty }
  /// The number of texts of each element.
  private var width: Int { max(keys.count, 1) }

  /// What an element has under each key, in the order of `keys`.
  func texts(at index: Int) -> ArraySlice<KeyText> {
    texts[(index * width)..<((index + 1) * width)]
  }

  /// The text under an element's first key, which tells most elements apart.
  func primary(at index: Int) -> KeyText { texts[index * width] }

  /// Every element has its first key.
  var allHavePrimary: Bool {
    nodes.indices.allSatisfy { !primary(at: $0).value.isEmpty }
  }

  /// Every element has its first key, and no two have the same.
  var isOrderly: Bool {
    guard allHavePrimary else { return false }
    // Comparing all pairs is cheaper than a set for a dozen names, and allocates nothing.
    guard nodes.count > 12 else {
      return nodes.indices.allSatisfy { index in
        nodes.indices.prefix(index).allSatisfy { primary(at: $0).text != primary(at: index).text }
      }
    }
    var seen: Set<Symbol> = []
    return nodes.indices.allSatisfy { seen.insert(primary(at: $0).text).inserted }
  }

  /// The same elements with some of the keys only.
  ///
  /// - Parameter indices: places in `keys`, rising.
  func keeping(_ indices: [Int]) -> ListElements {
    guard indices.count < width else { return self }
    var result = self
    result.keys = indices.map { keys[$0] }
    result.texts = nodes.indices.flatMap { node in indices.map { texts[node * width + $0] } }
    return result
  }

  /// The texts of one element, also of one that is in no list yet.
  static func texts(
    of node: NodeID, keys: [Symbol], in tree: inout Tree
  ) -> ArraySlice<KeyText> {
    if keys.isEmpty { return [text(of: node, in: &tree)] }
    var result: ArraySlice<KeyText> = []
    for key in keys {
      result.append(tree.field(key, of: node).map { text(of: $0, in: &tree) } ?? .missing)
    }
    return result
  }

  /// The text of the value under a key. kyaml reads `Value` of the YAML node, which is empty for
  /// collections.
  private static func text(of node: NodeID, in tree: inout Tree) -> KeyText {
    guard tree.shape(node) == .scalar else {
      return KeyText(text: .empty, isPresent: true, isBlank: tree.isEmptyCollection(node))
    }
    return KeyText(text: tree.symbol(of: node), isPresent: true, isBlank: tree.isNull(node))
  }
}
