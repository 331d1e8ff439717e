/// Follows a path to the one value that it leads to (kyaml/yaml/fns.go `PathGetter`).
///
///     spec, template, spec, containers, [name=web], image
///     subjects, 0, namespace
///     args, -
///
/// The sources of replacements, vars and value additions are found so. A step that is empty stays where it
/// is, and a null counts as a collection that holds nothing. Unlike a `FieldWalk`, it never goes through
/// lists by itself.
struct OneMatch {
  let path: FieldPath

  init(_ path: FieldPath) { self.path = path }

  /// The value, or nil where a step leads to nothing.
  func find(below root: NodeID, in tree: Tree) throws(Problem) -> NodeID? {
    var node = root
    for step in path.steps {
      guard let next = try next(step, from: node, in: tree) else { return nil }
      node = next
    }
    return node
  }

  /// The value, made with all that leads to it where it is missing; nil where it cannot be made,
  /// because the way goes through null or to an element by number.
  func findOrMake(
    below root: NodeID, in tree: inout Tree, by writer: Writer
  ) throws(Problem) -> NodeID? {
    var node = root
    for (place, step) in path.steps.enumerated() {
      if let next = try next(step, from: node, in: tree) {
        node = next
        continue
      }
      switch step.kind {
      case .key, .keyOfList, .itself:
        if tree.isNull(node) { return nil }
        let field = make(for: place + 1, in: &tree, by: writer)
        tree.appendField(step.key, field, to: node)
        node = field
      case .element(let name, let value):
        let element = makeElement(name, value, in: &tree, by: writer)
        // An element made in a null is written to, and never printed.
        if !tree.isNull(node) { tree.append(element, to: node) }
        node = element
      case .index, .end, .wildcard, .brackets: return nil
      }
    }
    return node
  }

  // MARK: - One step

  /// What one step leads to; a step that is empty stays where it is.
  func next(
    _ step: FieldPath.Step, from node: NodeID, in tree: Tree
  ) throws(Problem) -> NodeID? {
    switch step.kind {
    case .key, .keyOfList, .itself:
      if step.key.isEmpty { return node }
      if tree.isNull(node) { return nil }
      guard tree.shape(node) == .mapping else {
        throw .notTheShape("a mapping", for: step, of: path, at: node, in: tree)
      }
      return tree.field(step.key, of: node)
    case .index(let index):
      if index < 0 { throw .negativeIndex(index, path, tree.symbols) }
      try checkList(node, in: tree)
      return tree.shape(node) == .sequence ? tree.link(at: index, in: node)?.node : nil
    case .end:
      try checkList(node, in: tree)
      guard let last = tree.children(of: node).last else {
        throw .noLastElement(path, tree.symbols)
      }
      return last
    case .wildcard: throw .wildcardForOneMatch(path, tree.symbols)
    case .element(let field, let value):
      try checkList(node, in: tree)
      return element(where: field, is: value, of: node, in: tree)
    case .brackets: throw .noSignInElement(step, path, tree.symbols)
    }
  }

  /// The first element whose field, or which itself, has a text (`ElementMatcher`).
  private func element(
    where field: Symbol, is value: Symbol, of list: NodeID, in tree: Tree
  ) -> NodeID? {
    var child = tree.first(of: list)
    while let current = child {
      child = tree.next(after: current)
      let found = field.isEmpty ? current : tree.field(field, of: current)
      // A collection counts as an empty text.
      if let found, tree.text(found, equals: value) { return current }
    }
    return nil
  }

  /// A null counts as an empty list.
  private func checkList(_ node: NodeID, in tree: Tree) throws(Problem) {
    if tree.isNull(node) || tree.shape(node) == .sequence { return }
    throw .notTheShape("a list", for: nil, of: path, at: node, in: tree)
  }

  // MARK: - Making

  /// What has to stand where the steps from this place on are looked for.
  ///
  /// The next step decides; empty ones are none to kyaml (kyaml/yaml/match.go `cleanPath`,
  /// kyaml/yaml/fns.go `getPathPartKind`).
  private func make(for place: Int, in tree: inout Tree, by writer: Writer) -> NodeID {
    guard let step = path.steps[place...].first(where: { !$0.key.isEmpty }) else {
      return tree.addScalar("", tag: .unresolved, by: writer)
    }
    switch step.kind {
    case .index, .element: return tree.addSequence(by: writer)
    case .key, .keyOfList, .itself, .end, .wildcard, .brackets: return tree.addMapping(by: writer)
    }
  }

  /// An element that has the value asked for.
  private func makeElement(
    _ name: Symbol, _ value: Symbol, in tree: inout Tree, by writer: Writer
  ) -> NodeID {
    let text = tree.addScalar(tree.symbols.string(value), tag: .unresolved, by: writer)
    if name.isEmpty { return text }
    let element = tree.addMapping(by: writer)
    tree.appendField(name, text, to: element)
    return element
  }
}

extension Problem {
  /// A path asks for a field of what is no mapping, or for an element of what is no list.
  static func notTheShape(
    _ wanted: String, for step: FieldPath.Step?, of path: FieldPath, at node: NodeID, in tree: Tree
  ) -> Problem {
    let asked = step.map { " where it asks for '\(tree.symbols.string($0.key))'" } ?? ""
    return Problem(
      .pathLeadsElsewhere,
      "path '\(tree.symbols.string(path.text))' does not lead to \(wanted)\(asked)",
      at: path.position
    ).noting("it leads here", at: tree.position(node))
  }

  static func noSignInElement(
    _ step: FieldPath.Step, _ path: FieldPath, _ symbols: SymbolTable
  ) -> Problem {
    Problem(
      .pathElementWithoutSign,
      "'\(symbols.string(step.key))' in path '\(symbols.string(path.text))' must be [field=value]",
      at: path.position)
  }

  fileprivate static func negativeIndex(
    _ index: Int, _ path: FieldPath, _ symbols: SymbolTable
  ) -> Problem {
    Problem(
      .pathIndexNegative,
      "index \(index) in path '\(symbols.string(path.text))' is negative", at: path.position,
      hint: "'-' is the last element")
  }

  fileprivate static func noLastElement(_ path: FieldPath, _ symbols: SymbolTable) -> Problem {
    Problem(
      .pathListEmpty,
      "path '\(symbols.string(path.text))' asks for the last element of an empty list",
      at: path.position)
  }

  fileprivate static func wildcardForOneMatch(
    _ path: FieldPath, _ symbols: SymbolTable
  ) -> Problem {
    Problem(
      .wildcardInSourcePath,
      "'*' cannot stand in path '\(symbols.string(path.text))', which has to lead to one value",
      at: path.position)
  }
}
