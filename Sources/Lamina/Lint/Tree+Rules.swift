/// Looking at texts of objects as rules do.
extension Tree {
  /// Whether two scalars have the same bytes.
  func textsAreEqual(_ a: NodeID, _ b: NodeID) -> Bool {
    text.span.extracting(textRange(a)).isSame(as: text.span.extracting(textRange(b)))
  }

  /// Whether a tool that comes after kustomize puts something else in the place of the text: `${…}`, `$(…)`
  /// and `{{…}}` are not judged.
  func isSubstituted(_ node: NodeID) -> Bool {
    withText(node) { Self.isSubstituted($0) }
  }

  static func isSubstituted(_ text: Span<UInt8>) -> Bool {
    guard text.count > 2 else { return false }
    for index in 1..<text.count {
      switch text[index] {
      case UInt8(ascii: "{"):
        if text[index - 1] == UInt8(ascii: "$") || text[index - 1] == UInt8(ascii: "{") {
          return true
        }
      case UInt8(ascii: "("): if text[index - 1] == UInt8(ascii: "$") { return true }
      default: break
      }
    }
    return false
  }

  static func isSubstituted(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return isSubstituted(bytes.span)
  }

  /// The first of some labels that others lack, or have another value of; nil where they have all.
  func missedLabel(_ wanted: NodeID, of labels: NodeID?) -> NodeID? {
    var child = first(of: wanted)
    while let label = child {
      guard let labels, let value = field(key(label), of: labels), textsAreEqual(value, label)
      else { return label }
      child = next(after: label)
    }
    return nil
  }

  /// Whether a list has at least two elements.
  @inline(__always)
  func hasSeveral(_ list: NodeID) -> Bool {
    first(of: list).flatMap { next(after: $0) } != nil
  }

  /// Calls `body` with each field of this name in the elements of a list.
  func eachField(_ key: Symbol, inElementsOf list: NodeID, _ body: (NodeID) -> Void) {
    guard shape(list) == .sequence else { return }
    var item = first(of: list)
    while let element = item {
      if let value = field(key, of: element) { body(value) }
      item = next(after: element)
    }
  }

  /// The fields of this name, in the elements of a list, that repeat the text of an earlier one.
  ///
  /// - Returns: each with the first of its text.
  func repeatedTexts(_ key: Symbol, inElementsOf list: NodeID) -> [(first: NodeID, second: NodeID)]
  {
    guard shape(list) == .sequence, mayRepeat(key, inElementsOf: list) else { return [] }
    var search = RepeatedTexts()
    eachField(key, inElementsOf: list) { search.add($0, in: self) }
    return search.found
  }
}

extension Tree {
  /// False where all texts of a field surely differ: a list is short, as nearly all are, and no two of its elements
  /// have equal ones.
  private func mayRepeat(_ key: Symbol, inElementsOf list: NodeID) -> Bool {
    var number = 0
    var item = first(of: list)
    while let element = item {
      item = next(after: element)
      number += 1
      if number == RepeatedTexts.few { return item != nil }
      guard let text = field(key, of: element), shape(text) == .scalar else { continue }
      var behind = item
      while let other = behind {
        behind = next(after: other)
        if let same = field(key, of: other), shape(same) == .scalar, textsAreEqual(text, same) {
          return true
        }
      }
    }
    return false
  }
}

/// Finds texts that stand more than once among some.
struct RepeatedTexts {
  /// What tells texts apart: their length and their bytes, mixed. Equal ones are compared.
  private struct Key: NumberedKey {
    let value: UInt64

    func mix(into hash: inout NumberHash) { hash.combine(value) }
  }

  private var nodes: ContiguousArray<NodeID> = []
  private var places = NumberTable<Key, NodeID>()
  private(set) var found: [(first: NodeID, second: NodeID)] = []

  /// Few texts are compared with each other; of many, a table is made.
  fileprivate static let few = 8

  mutating func add(_ node: NodeID, in tree: Tree) {
    guard tree.shape(node) == .scalar, !tree.textIsEmpty(node) else { return }
    if let first = known(node, in: tree) {
      if !tree.isSubstituted(node) { found.append((first, node)) }
      return
    }
    nodes.append(node)
    if nodes.count == Self.few {
      for node in nodes { places.updateValue(node, forKey: Self.key(of: node, in: tree)) }
    } else if nodes.count > Self.few {
      places.updateValue(node, forKey: Self.key(of: node, in: tree))
    }
  }

  private func known(_ node: NodeID, in tree: Tree) -> NodeID? {
    if nodes.count < Self.few { return nodes.first { tree.textsAreEqual($0, node) } }
    let known = places[Self.key(of: node, in: tree)]
    return known.flatMap { tree.textsAreEqual($0, node) ? $0 : nil }
  }

  private static func key(of node: NodeID, in tree: Tree) -> Key {
    tree.withText(node) { text in
      var hash = NumberHash(seed: UInt64(text.count))
      for index in text.indices { hash.combine(UInt64(text[index])) }
      return Key(value: hash.value)
    }
  }
}
