/// Goes to every field of an object that the path of a field spec names.
///
/// Lists on the way are gone through element by element, whether the path says `[]` or not. A step
/// that is missing ends the way without a word, unless the spec says to make it
/// (filters/fieldspec/fieldspec.go).
///
/// `FieldSearch` answers for many paths at once which of them are worth a walk.
struct FieldWalk {
  /// What to make of a field that is missing or null, where the spec says `create`.
  enum Creation {
    case never
    case scalar
    case mapping
  }

  let path: FieldPath
  let creation: Creation
  /// The edit that makes fields.
  let writer: Writer

  /// - Parameters:
  ///   - path: that of a field spec.
  ///   - creation: what the last field of the path is made as where it is missing.
  init(_ path: FieldPath, creating creation: Creation, by writer: Writer) {
    self.path = path
    self.creation = creation
    self.writer = writer
  }

  /// A walk that makes nothing.
  init(_ path: FieldPath) {
    self.init(path, creating: .never, by: .none)
  }

  /// Calls `visit` with every field at the path.
  ///
  /// The fields of lists are found before the first one is visited; where the way ends in an error, that
  /// comes after those in front of it. (A closure that is handed down a recursion is expensive.)
  func visit(
    _ root: NodeID, in tree: inout Tree,
    _ visit: (NodeID, inout Tree) throws(Problem) -> Void
  ) throws(Problem) {
    guard let (node, step) = try follow(from: root, step: 0, in: &tree) else { return }
    if step == path.steps.count { return try visit(node, &tree) }
    var found: [NodeID] = []
    var failure: Problem?
    do { try findInElements(of: node, step: step, in: &tree, &found) } catch { failure = error }
    for field in found { try visit(field, &tree) }
    if let failure { throw failure }
  }

  /// Goes through mappings to the end of the path, or to the first list on the way and the step that is
  /// next there; nil where the way ends before.
  private func follow(
    from start: NodeID, step first: Int, in tree: inout Tree
  ) throws(Problem) -> (NodeID, step: Int)? {
    var node = start
    for step in first..<path.steps.count {
      switch tree.shape(node) {
      case .mapping:
        guard let field = try field(at: step, of: node, in: &tree) else { return nil }
        node = field
      case .sequence: return (node, step)
      case .scalar:
        if tree.isNull(node) { return nil }
        throw .notACollection(tree.symbols.string(path.text), at: tree.position(node))
      }
    }
    return (node, path.steps.count)
  }

  /// Finds the fields below the elements of a list, which may hold lists again.
  private func findInElements(
    of list: NodeID, step: Int, in tree: inout Tree, _ found: inout [NodeID]
  ) throws(Problem) {
    try tree.stack.check(at: tree.position(list))
    var element = tree.first(of: list)
    while let current = element {
      if let (node, step) = try follow(from: current, step: step, in: &tree) {
        if step == path.steps.count {
          found.append(node)
        } else {
          try findInElements(of: node, step: step, in: &tree, &found)
        }
      }
      element = tree.next(after: current)
    }
  }

  /// The field of one step; made, or given a shape, where the spec asks for it.
  private func field(
    at index: Int, of mapping: NodeID, in tree: inout Tree
  ) throws(Problem) -> NodeID? {
    let step = path.steps[index]
    var expectsList = false
    if !step.isKey {
      if step.kind == .itself { return mapping }
      expectsList = try self.expectsList(step, of: mapping, in: tree)
    }
    if step.key.isEmpty { throw .emptyStep(tree.symbols.string(path.text)) }
    let found = tree.field(step.key, of: mapping)
    // Nearly all fields are there and hold something.
    if let found, !tree.isNull(found) { return found }
    let creates = creation != .never && !expectsList
    let isLast = index == path.steps.count - 1
    let made: Node.Shape = isLast && creation == .scalar ? .scalar : .mapping
    guard let found else {
      guard creates else { return nil }
      let field = makeField(made, in: &tree)
      tree.appendField(step.key, field, to: mapping)
      return field
    }
    // A null takes the shape that the spec expects, even where nothing is created: `containers:`
    // becomes an empty list as soon as `images` looks into it.
    if expectsList {
      tree.setCollection(found, .sequence, by: writer)
    } else if creates, made == .mapping {
      tree.setCollection(found, .mapping, by: writer)
    }
    return found
  }

  /// Whether the value of a step that is not just a key should be a list.
  private func expectsList(
    _ step: FieldPath.Step, of mapping: NodeID, in tree: Tree
  ) throws(Problem) -> Bool {
    guard step.isOfList else { return true }
    throw .elementOfMapping(
      tree.symbols.string(step.key), tree.symbols.string(path.text), tree.position(mapping))
  }

  /// A field that is to be written to at once.
  private func makeField(_ shape: Node.Shape, in tree: inout Tree) -> NodeID {
    guard shape == .scalar else { return tree.addCollection(shape, by: writer) }
    return tree.addScalar("", tag: .unresolved, by: writer)
  }
}

extension Problem {
  fileprivate static func notACollection(_ path: String, at position: Position) -> Problem {
    Problem(
      .fieldPathThroughScalar,
      "field path \"\(path)\" leads through this value, which is neither a mapping nor a list",
      at: position)
  }

  fileprivate static func elementOfMapping(
    _ part: String, _ path: String, _ mapping: Position
  ) -> Problem {
    Problem(
      .fieldPathElementOfMapping,
      "\"\(part)\" in field path \"\(path)\" cannot be found in a mapping; name a field",
      at: mapping, hint: "lists are gone through by themselves")
  }

  fileprivate static func emptyStep(_ path: String) -> Problem {
    Problem(
      .fieldPathEmptyStep,
      "field path \"\(path)\" has an empty part: cannot set or create an empty field name")
  }
}
