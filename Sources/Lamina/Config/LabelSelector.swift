/// A condition on labels in the language of Kubernetes: `tier in (front, back),!legacy,rank>3`.
///
/// All requirements have to hold. Source: k8s.io/apimachinery pkg/labels/selector.go, of which kyaml
/// holds a copy.
struct LabelSelector: Sendable {
  /// All must hold; none hold for everything.
  let requirements: [Requirement]

  struct Requirement: Sendable {
    enum Operation: Sendable {
      case exists
      case doesNotExist
      case isIn
      case notIn
      /// Only whole numbers are compared; any other value fails.
      case greaterThan(Int64)
      case lessThan(Int64)
    }

    let key: Symbol
    let operation: Operation
    /// The values of `in`, `=` and their opposites.
    let values: [[UInt8]]
  }

  /// Reads a selector; an empty one matches everything.
  init(_ text: String, at position: Position, symbols: inout SymbolTable) throws(Problem) {
    var parser = LabelSelectorParser(text)
    do {
      requirements = try parser.parse().map {
        Requirement(key: symbols.intern($0.key), operation: $0.operation, values: $0.values)
      }
    } catch { throw .badSelector(error.words, at: position) }
  }

  /// Whether a mapping of labels meets all requirements; nil is an empty one.
  func matches(_ labels: NodeID?, in tree: Tree) -> Bool {
    requirements.allSatisfy { $0.matches(labels, in: tree) }
  }
}

extension LabelSelector.Requirement {
  /// A missing label meets `!key`, `!=` and `notin` (selector.go `Requirement.Matches`).
  fileprivate func matches(_ labels: NodeID?, in tree: Tree) -> Bool {
    let value = labels.flatMap { last(in: $0, of: tree) }
    switch operation {
    case .exists: return value != nil
    case .doesNotExist: return value == nil
    case .isIn: return value.map { hasValue($0, in: tree) } ?? false
    case .notIn: return value.map { !hasValue($0, in: tree) } ?? true
    case .greaterThan(let bound): return number(value, in: tree).map { $0 > bound } ?? false
    case .lessThan(let bound): return number(value, in: tree).map { $0 < bound } ?? false
    }
  }

  /// The label of the requirement's key; of a key that stands twice, the last.
  private func last(in labels: NodeID, of tree: Tree) -> NodeID? {
    guard tree.shape(labels) == .mapping else { return nil }
    var result: NodeID?
    var child = tree.first(of: labels)
    while let current = child {
      if tree.key(current) == key { result = current }
      child = tree.next(after: current)
    }
    return result
  }

  /// Values count as they are written; a collection is an empty text.
  private func hasValue(_ node: NodeID, in tree: Tree) -> Bool {
    tree.withText(node) { text in
      values.contains { value in
        value.count == text.count && value.indices.allSatisfy { value[$0] == text[$0] }
      }
    }
  }

  /// Nil for a label that is missing or no decimal number.
  private func number(_ node: NodeID?, in tree: Tree) -> Int64? {
    guard let node else { return nil }
    return tree.withText(node) { GoInteger.decimal($0) }.map { Int64($0) }
  }
}

extension Problem {
  fileprivate static func badSelector(_ words: String, at position: Position) -> Problem {
    Problem(.invalidLabelSelector, words, at: position)
  }
}
