/// Finds every value that a path leads to, and makes what is missing if it may
/// (kyaml/yaml/match.go `PathMatcher`).
struct PathMatch {
  /// What may be made at the end of the path; nil makes nothing.
  let create: Node.Shape?
  /// The edit that makes it.
  let writer: Writer
  let path: DottedPath
  private var expressions: [Int: Result<Pattern, PatternError>] = [:]

  /// The values of one object. Values within the text of a scalar belong to a reading of that text
  /// that nobody will print again.
  static func values(
    at path: DottedPath, of root: NodeID, create: Node.Shape?, by writer: Writer,
    in tree: inout Tree
  ) throws(Problem) -> [NodeID] {
    var match = PathMatch(path, create: create, by: writer)
    return try match.values(from: 0, of: root, in: &tree) ?? []
  }

  init(_ path: DottedPath, create: Node.Shape?, by writer: Writer) {
    self.path = path
    self.create = create
    self.writer = writer
  }

  /// The values that the rest of the path, from a part on, leads to; nil is what kyaml tells from an
  /// empty list: nothing found.
  mutating func values(
    from part: Int, of node: NodeID, in tree: inout Tree
  ) throws(Problem) -> [NodeID]? {
    try tree.stack.check(at: path.position)
    guard part < path.parts.count else { return [node] }
    let asked = path.parts[part]
    if let number = asked.number, number >= 0 {
      return try element(number, part, of: node, in: &tree)
    }
    if asked.isElement { return try elements(part, of: node, in: &tree) }
    if asked.isWildcard { return try everyElement(part, of: node, in: &tree) }
    return try field(part, of: node, in: &tree)
  }

  // MARK: - Fields

  private mutating func field(
    _ part: Int, of node: NodeID, in tree: inout Tree
  ) throws(Problem) -> [NodeID]? {
    let asked = path.parts[part]
    let isNull = tree.isNull(node)
    if asked.text.isEmpty, !isNull, tree.shape(node) == .scalar {
      return try emptyScalar(part, of: node, in: &tree)
    }
    guard isNull || (tree.shape(node) == .mapping && !asked.text.isEmpty) else {
      throw .notTheShape("a mapping", for: asked, path, tree.position(node))
    }
    let field: NodeID
    if let known = isNull ? nil : tree.field(asked.key, of: node) {
      field = known
    } else {
      guard create != nil else { return nil }
      field = made(for: part + 1, in: &tree)
      // What is put into a null is never printed.
      if !isNull { tree.appendField(asked.key, field, to: node) }
    }
    guard tree.shape(field) == .scalar, part + 1 < path.parts.count else {
      return try values(from: part + 1, of: field, in: &tree)
    }
    let text = Array(tree.bytes(field))
    let document = try EmbeddedDocument.read(text, at: tree.position(field), into: &tree)
    guard let root = document.root else {
      throw .notTheShape("a mapping", for: path.parts[part + 1], path, tree.position(field))
    }
    return try values(from: part + 1, of: root, in: &tree)
  }

  /// An empty part matches a scalar with an empty text. Where values may be created, the scalar is
  /// overwritten, but the path resolves to a detached node that is not part of the output.
  private mutating func emptyScalar(
    _ part: Int, of node: NodeID, in tree: inout Tree
  ) throws(Problem) -> [NodeID]? {
    if tree.textIsEmpty(node) { return try values(from: part + 1, of: node, in: &tree) }
    guard create != nil else { return nil }
    let field = made(for: part + 1, in: &tree)
    tree.overwrite(node, with: try tree.copy(field, for: path.position))
    return try values(from: part + 1, of: field, in: &tree)
  }

  /// A new value of the shape that a part asks for (fns.go `getPathPartKind`).
  private func made(for part: Int, in tree: inout Tree) -> NodeID {
    let next = part < path.parts.count ? path.parts[part] : nil
    guard let next, !next.text.isEmpty else {
      switch create {
      case .mapping: return tree.addMapping(by: writer)
      case .sequence: return tree.addSequence(by: writer)
      case .scalar, nil: return tree.addScalar("", tag: .unresolved, by: writer)
      }
    }
    if next.isElement || (next.number ?? -1) >= 0 { return tree.addSequence(by: writer) }
    return tree.addMapping(by: writer)
  }

  // MARK: - Elements

  private func checkList(_ node: NodeID, _ part: Int, in tree: Tree) throws(Problem) {
    if tree.isNull(node) || tree.shape(node) == .sequence { return }
    throw .notTheShape("a list", for: path.parts[part], path, tree.position(node))
  }

  private mutating func element(
    _ index: Int, _ part: Int, of node: NodeID, in tree: inout Tree
  ) throws(Problem) -> [NodeID]? {
    try checkList(node, part, in: tree)
    var elements = tree.children(of: node)
    if elements.count == index, create != nil {
      let element = made(for: part + 1, in: &tree)
      if !tree.isNull(node) { tree.append(element, to: node) }
      elements.append(element)
    }
    guard index < elements.count else {
      throw .noSuchElement(index, elements.count, path, tree.position(node))
    }
    return try values(from: part + 1, of: elements[index], in: &tree)
  }

  private mutating func everyElement(
    _ part: Int, of node: NodeID, in tree: inout Tree
  ) throws(Problem) -> [NodeID]? {
    try checkList(node, part, in: tree)
    var result: [NodeID]?
    for element in tree.children(of: node) {
      let found = try values(from: part + 1, of: element, in: &tree)
      Self.add(found, to: &result)
    }
    return result
  }

  /// The elements that match `[field=expression]`, or one that is made to match.
  private mutating func elements(
    _ part: Int, of node: NodeID, in tree: inout Tree
  ) throws(Problem) -> [NodeID]? {
    guard let (field, value) = path.parts[part].element else {
      throw .noSignInElement(path.parts[part], path)
    }
    try checkList(node, part, in: tree)
    let key = tree.symbols.intern(field[...])
    let known = tree.children(of: node)
    if let found = try matches(known, key, value, part, in: &tree), !found.isEmpty { return found }
    guard create != nil else { return nil }
    let element = newElement(key, value, in: &tree)
    if !tree.isNull(node) { tree.append(element, to: node) }
    let found = try matches(known + [element], key, value, part, in: &tree)
    // kustomize goes on making elements until its memory ends.
    guard let found, !found.isEmpty else { throw .madeElementDoesNotMatch(path.parts[part], path) }
    return found
  }

  private func newElement(_ key: Symbol, _ value: [UInt8], in tree: inout Tree) -> NodeID {
    let text = tree.addScalar(value.span, tag: .unresolved, by: writer)
    if key.isEmpty { return text }
    let element = tree.addMapping(by: writer)
    tree.appendField(key, text, to: element)
    return element
  }

  private mutating func matches(
    _ elements: [NodeID], _ key: Symbol, _ value: [UInt8], _ part: Int, in tree: inout Tree
  ) throws(Problem) -> [NodeID]? {
    var result: [NodeID]?
    let word = PlainWord(value)
    for element in elements {
      // A wrong expression is one whether an element has the field or not.
      if word == nil { _ = try expression(value, part) }
      let asked = key.isEmpty ? element : tree.field(key, of: element)
      guard let asked else { continue }
      let isMatch: Bool
      if let known = word?.isPart(of: asked, in: tree) {
        isMatch = known
      } else {
        let text = try EmbeddedPrinter.text(of: asked, in: tree)
        isMatch = try expression(value, part).matches(text.span)
      }
      guard isMatch else { continue }
      if key.isEmpty {
        // The rest of the path is not looked at.
        Self.add([element], to: &result)
      } else {
        let found = try values(from: part + 1, of: element, in: &tree)
        Self.add(found, to: &result)
      }
    }
    return result
  }

  private static func add(_ found: [NodeID]?, to result: inout [NodeID]?) {
    guard let found else { return }
    if result == nil { result = found } else { result?.append(contentsOf: found) }
  }

  private mutating func expression(_ text: [UInt8], _ part: Int) throws(Problem) -> Pattern {
    let known: Result<Pattern, PatternError>
    if let expression = expressions[part] {
      known = expression
    } else {
      do { known = .success(try Pattern(text.span)) } catch { known = .failure(error) }
      expressions[part] = known
    }
    switch known {
    case .success(let pattern): return pattern
    case .failure(let error): throw .badExpression(error, path)
    }
  }
}

extension Problem {
  fileprivate static func noSuchElement(
    _ index: Int, _ count: Int, _ path: DottedPath, _ found: Position
  ) -> Problem {
    Problem(
      .pathElementMissing,
      "path '\(path.text)' asks for element \(index) of a list that has \(count)",
      at: path.position, hint: "elements count from 0; only the one behind the last can be created"
    ).noting("the list is here", at: found)
  }

  fileprivate static func madeElementDoesNotMatch(
    _ part: DottedPath.Part, _ path: DottedPath
  ) -> Problem {
    Problem(
      .madeElementDiffers,
      "an element made for '\(part.string)' in path '\(path.text)' would not match it",
      at: path.position, hint: "the value is a regular expression; create needs a plain text")
  }

  fileprivate static func badExpression(_ error: PatternError, _ path: DottedPath) -> Problem {
    Problem(
      .pathExpressionInvalid, "path '\(path.text)' has a wrong expression: \(error)",
      at: path.position)
  }
}
