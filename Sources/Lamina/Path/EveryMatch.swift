internal import Pattern

/// Finds every value that a path leads to, and makes what is missing if it may
/// (kyaml/yaml/match.go `PathMatcher`).
///
///     spec.template.spec.containers.[name=web-.*].image
///     spec.rules.*.host
///
/// The targets of replacements are found so. The values of conditions are regular expressions; `-` and
/// negative numbers are keys. Unlike a `FieldWalk`, it never goes through lists by itself, and it leads on
/// into YAML that is the text of a scalar.
struct EveryMatch {
  /// What may be made at the end of the path; nil makes nothing.
  let create: Node.Shape?
  /// The edit that makes it.
  let writer: Writer
  let path: FieldPath
  /// The expressions of `[field=…]` steps, by the number of the step, each compiled when it is
  /// first needed. A failure is kept as well.
  private var expressions: [Int: Result<Pattern, PatternError>] = [:]

  /// The values of one object. Values within the text of a scalar belong to a reading of that text
  /// that nobody will print again.
  static func values(
    at path: FieldPath, of root: NodeID, create: Node.Shape?, by writer: Writer,
    in tree: inout Tree
  ) throws(Problem) -> [NodeID] {
    var match = EveryMatch(path, create: create, by: writer)
    return try match.values(from: 0, of: root, in: &tree) ?? []
  }

  init(_ path: FieldPath, create: Node.Shape?, by writer: Writer) {
    self.path = path
    self.create = create
    self.writer = writer
  }

  /// The values that the rest of the path, from a step on, leads to; nil is what kyaml tells from an
  /// empty list: nothing found.
  mutating func values(
    from step: Int, of node: NodeID, in tree: inout Tree
  ) throws(Problem) -> [NodeID]? {
    try tree.stack.check(at: path.position)
    guard step < path.steps.count else { return [node] }
    switch path.steps[step].kind {
    case .index(let index) where index >= 0:
      return try element(index, step, of: node, in: &tree)
    case .element(let field, let value):
      return try elements(step, where: field, matches: value, of: node, in: &tree)
    case .brackets: throw .noSignInElement(path.steps[step], path, tree.symbols)
    case .wildcard: return try everyElement(step, of: node, in: &tree)
    case .key, .keyOfList, .itself, .index, .end: return try field(step, of: node, in: &tree)
    }
  }

  // MARK: - Fields

  /// A key in a mapping. A scalar that has it, with steps left, is read as YAML, and the path goes
  /// on in that reading.
  private mutating func field(
    _ step: Int, of node: NodeID, in tree: inout Tree
  ) throws(Problem) -> [NodeID]? {
    let asked = path.steps[step]
    let isNull = tree.isNull(node)
    if asked.key.isEmpty, !isNull, tree.shape(node) == .scalar {
      return try emptyScalar(step, of: node, in: &tree)
    }
    guard isNull || (tree.shape(node) == .mapping && !asked.key.isEmpty) else {
      throw .notTheShape("a mapping", for: asked, of: path, at: node, in: tree)
    }
    let field: NodeID
    if let known = isNull ? nil : tree.field(asked.key, of: node) {
      field = known
    } else {
      guard create != nil else { return nil }
      field = made(for: step + 1, in: &tree)
      // What is put into a null is never printed.
      if !isNull { tree.appendField(asked.key, field, to: node) }
    }
    guard tree.shape(field) == .scalar, step + 1 < path.steps.count else {
      return try values(from: step + 1, of: field, in: &tree)
    }
    let text = Array(tree.bytes(field))
    let document = try EmbeddedDocument.read(text, at: tree.position(field), into: &tree)
    guard let root = document.root else {
      throw .notTheShape("a mapping", for: path.steps[step + 1], of: path, at: field, in: tree)
    }
    return try values(from: step + 1, of: root, in: &tree)
  }

  /// An empty step matches a scalar with an empty text. Where values may be created, the scalar is
  /// overwritten, but the path resolves to a detached node that is not part of the output.
  private mutating func emptyScalar(
    _ step: Int, of node: NodeID, in tree: inout Tree
  ) throws(Problem) -> [NodeID]? {
    if tree.textIsEmpty(node) { return try values(from: step + 1, of: node, in: &tree) }
    guard create != nil else { return nil }
    let field = made(for: step + 1, in: &tree)
    tree.overwrite(node, with: try tree.copy(field, for: path.position))
    return try values(from: step + 1, of: field, in: &tree)
  }

  /// A new value of the shape that a step asks for (fns.go `getPathPartKind`).
  private func made(for step: Int, in tree: inout Tree) -> NodeID {
    guard step < path.steps.count, !path.steps[step].key.isEmpty else {
      switch create {
      case .mapping: return tree.addMapping(by: writer)
      case .sequence: return tree.addSequence(by: writer)
      case .scalar, nil: return tree.addScalar("", tag: .unresolved, by: writer)
      }
    }
    switch path.steps[step].kind {
    case .element, .brackets: return tree.addSequence(by: writer)
    case .index(let index) where index >= 0: return tree.addSequence(by: writer)
    case .key, .keyOfList, .itself, .index, .end, .wildcard: return tree.addMapping(by: writer)
    }
  }

  // MARK: - Elements

  /// A null counts as an empty list.
  private func checkList(_ node: NodeID, _ step: Int, in tree: Tree) throws(Problem) {
    if tree.isNull(node) || tree.shape(node) == .sequence { return }
    throw .notTheShape("a list", for: path.steps[step], of: path, at: node, in: tree)
  }

  /// An element by number; the one behind the last may be made.
  private mutating func element(
    _ index: Int, _ step: Int, of node: NodeID, in tree: inout Tree
  ) throws(Problem) -> [NodeID]? {
    try checkList(node, step, in: tree)
    var elements = tree.children(of: node)
    if elements.count == index, create != nil {
      let element = made(for: step + 1, in: &tree)
      if !tree.isNull(node) { tree.append(element, to: node) }
      elements.append(element)
    }
    guard index < elements.count else {
      throw .noSuchElement(index, elements.count, path, at: node, in: tree)
    }
    return try values(from: step + 1, of: elements[index], in: &tree)
  }

  /// All elements. An element in which the rest of the path leads nowhere is passed over.
  private mutating func everyElement(
    _ step: Int, of node: NodeID, in tree: inout Tree
  ) throws(Problem) -> [NodeID]? {
    try checkList(node, step, in: tree)
    var result: [NodeID]?
    for element in tree.children(of: node) {
      let found = try values(from: step + 1, of: element, in: &tree)
      Self.add(found, to: &result)
    }
    return result
  }

  /// The elements that match `[field=expression]`, or one that is made to match.
  private mutating func elements(
    _ step: Int, where field: Symbol, matches value: Symbol, of node: NodeID, in tree: inout Tree
  ) throws(Problem) -> [NodeID]? {
    try checkList(node, step, in: tree)
    let value = Array(tree.symbols.bytes(value))
    let known = tree.children(of: node)
    if let found = try matches(known, field, value, step, in: &tree), !found.isEmpty {
      return found
    }
    guard create != nil else { return nil }
    let element = newElement(field, value, in: &tree)
    if !tree.isNull(node) { tree.append(element, to: node) }
    let found = try matches(known + [element], field, value, step, in: &tree)
    // kustomize goes on making elements until its memory ends.
    guard let found, !found.isEmpty else {
      throw .madeElementDoesNotMatch(path.steps[step], path, tree.symbols)
    }
    return found
  }

  /// An element that has the value asked for, literally: an expression cannot be filled in.
  private func newElement(_ key: Symbol, _ value: [UInt8], in tree: inout Tree) -> NodeID {
    let text = tree.addScalar(value.span, tag: .unresolved, by: writer)
    if key.isEmpty { return text }
    let element = tree.addMapping(by: writer)
    tree.appendField(key, text, to: element)
    return element
  }

  /// What the rest of the path finds in the elements whose field of this key matches the expression.
  ///
  /// kustomize prints each field and runs the expression on that text; `LiteralExpression` answers
  /// for plain words without either.
  private mutating func matches(
    _ elements: [NodeID], _ key: Symbol, _ value: [UInt8], _ step: Int, in tree: inout Tree
  ) throws(Problem) -> [NodeID]? {
    var result: [NodeID]?
    let literal = LiteralExpression(value)
    for element in elements {
      // A wrong expression is one whether an element has the field or not.
      if literal == nil { _ = try expression(value, step, tree.symbols) }
      let asked = key.isEmpty ? element : tree.field(key, of: element)
      guard let asked else { continue }
      let isMatch: Bool
      if let known = literal?.isPart(of: asked, in: tree) {
        isMatch = known
      } else {
        let text = try EmbeddedPrinter.text(of: asked, in: tree)
        isMatch = try expression(value, step, tree.symbols).matches(text.span)
      }
      guard isMatch else { continue }
      if key.isEmpty {
        // The rest of the path is not looked at.
        Self.add([element], to: &result)
      } else {
        let found = try values(from: step + 1, of: element, in: &tree)
        Self.add(found, to: &result)
      }
    }
    return result
  }

  /// Keeps the difference between "nothing found" (nil) and "an empty list found".
  private static func add(_ found: [NodeID]?, to result: inout [NodeID]?) {
    guard let found else { return }
    if result == nil { result = found } else { result?.append(contentsOf: found) }
  }

  /// The compiled expression of a step.
  private mutating func expression(
    _ text: [UInt8], _ step: Int, _ symbols: SymbolTable
  ) throws(Problem) -> Pattern {
    let known: Result<Pattern, PatternError>
    if let expression = expressions[step] {
      known = expression
    } else {
      do { known = .success(try Pattern(text.span)) } catch { known = .failure(error) }
      expressions[step] = known
    }
    switch known {
    case .success(let pattern): return pattern
    case .failure(let error): throw .badExpression(error, path, symbols)
    }
  }
}

extension Problem {
  fileprivate static func noSuchElement(
    _ index: Int, _ count: Int, _ path: FieldPath, at list: NodeID, in tree: Tree
  ) -> Problem {
    Problem(
      .pathElementMissing,
      "path '\(tree.symbols.string(path.text))' asks for element \(index) of a list that has \(count)",
      at: path.position, hint: "elements count from 0; only the one behind the last can be created"
    ).noting("the list is here", at: tree.position(list))
  }

  fileprivate static func madeElementDoesNotMatch(
    _ step: FieldPath.Step, _ path: FieldPath, _ symbols: SymbolTable
  ) -> Problem {
    Problem(
      .madeElementDiffers,
      "an element made for '\(symbols.string(step.key))' in path '\(symbols.string(path.text))' would not match it",
      at: path.position, hint: "the value is a regular expression; create needs a plain text")
  }

  fileprivate static func badExpression(
    _ error: PatternError, _ path: FieldPath, _ symbols: SymbolTable
  ) -> Problem {
    Problem(
      .pathExpressionInvalid,
      "path '\(symbols.string(path.text))' has a wrong expression: \(error)", at: path.position)
  }
}
