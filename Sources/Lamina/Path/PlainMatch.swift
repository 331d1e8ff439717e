/// The quick way to the one value of a path of keys and plain words, as nearly all targets of replacements are.
///
///     spec.template.spec.containers.[name=web].image
///
/// `EveryMatch` is the slow way, which makes a list at each step and looks for YAML in texts. This one makes nothing, and
/// gives up wherever there is more to say than which value it is; `PlainMatchTests` holds the two equal.
struct PlainMatch: Sendable {
  private let steps: [FieldPath.Step]

  /// Nil for a path that may lead to several values, or to none.
  ///
  /// - Parameter other: the path as kyaml reads it where it looks for YAML in texts.
  init?(_ path: FieldPath, _ other: FieldPath, _ symbols: SymbolTable) {
    guard path.steps == other.steps else { return nil }
    for step in path.steps {
      switch step.kind {
      case .key: if step.key.isEmpty { return nil }
      case .element(let field, let value):
        let isWord = symbols.withBytes(of: value) { LiteralExpression.isLiteral($0) }
        if field.isEmpty || value.isEmpty || !isWord { return nil }
      case .keyOfList, .itself, .index, .end, .wildcard, .brackets: return nil
      }
    }
    steps = path.steps
  }

  /// The value; nil where the slow way has to look for it.
  func find(below root: NodeID, in tree: Tree) -> NodeID? {
    var node = root
    for step in steps {
      switch step.kind {
      case .element(let field, let value):
        guard tree.shape(node) == .sequence,
          let element = element(where: field, matches: value, of: node, in: tree)
        else { return nil }
        node = element
      default:
        guard tree.shape(node) == .mapping, let field = tree.field(step.key, of: node) else {
          return nil
        }
        node = field
      }
    }
    return node
  }

  /// The only element that matches.
  private func element(
    where field: Symbol, matches value: Symbol, of list: NodeID, in tree: Tree
  ) -> NodeID? {
    var found: NodeID?
    var child = tree.first(of: list)
    while let current = child {
      child = tree.next(after: current)
      guard let asked = tree.field(field, of: current) else { continue }
      let isMatch = tree.symbols.withBytes(of: value) { word in
        LiteralExpression.isPart(word, of: asked, in: tree)
      }
      guard let isMatch else { return nil }
      guard isMatch else { continue }
      if found != nil { return nil }
      found = current
    }
    return found
  }
}
