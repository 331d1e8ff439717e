/// Goes to one field by a path of names, places in lists and conditions on list elements, as kyaml's
/// `PathGetter` does.
///
///     spec, template, spec, containers, [name=web], image
///     subjects, 0, namespace
///     args, -
///
/// Unlike a `FieldWalk`, it never goes through lists by itself.
struct FieldLookup: Sendable {
  enum Part: Sendable {
    case field(Symbol)
    /// The element of this number.
    case index(Int)
    case last
    /// The first element in which a field has this text; without a name, the element itself.
    case element(name: Symbol, value: Symbol)
  }

  private let parts: [Part]

  /// Reads the parts of a path; empty ones, and blanks around them, say nothing.
  init(
    _ parts: [String], at position: Position, symbols: inout SymbolTable
  ) throws(Problem) {
    var result: [Part] = []
    for part in parts.map({ $0.withoutOuterWhiteSpace }) where !part.isEmpty {
      result.append(try Self.part(part, at: position, &symbols))
    }
    self.parts = result
  }

  private static func part(
    _ text: String, at position: Position, _ symbols: inout SymbolTable
  ) throws(Problem) -> Part {
    if let index = Int(text) {
      if index < 0 { throw .negativeIndex(text, at: position) }
      return .index(index)
    }
    if text == "-" { return .last }
    if text == "*" { throw .wildcard(at: position) }
    guard text.utf8.first == UInt8(ascii: "["), text.utf8.last == UInt8(ascii: "]") else {
      return .field(symbols.intern(text))
    }
    let inner = Array(text.utf8.dropFirst().dropLast())
    guard let equals = inner.firstIndex(of: UInt8(ascii: "=")) else {
      throw .noCondition(text, at: position)
    }
    return .element(
      name: symbols.intern(inner[..<equals]), value: symbols.intern(inner[(equals + 1)...]))
  }

  // MARK: - Finding

  /// The field, or nil where a part of the way is missing.
  func find(below root: NodeID, in tree: Tree) throws(Problem) -> NodeID? {
    var node = root
    for part in parts {
      guard let next = try step(part, from: node, in: tree) else { return nil }
      node = next
    }
    return node
  }

  /// The field, made with all that leads to it where it is missing; nil where it cannot be made,
  /// because the way goes through null or to an element by number.
  func findOrMake(
    below root: NodeID, in tree: inout Tree, by writer: Writer
  ) throws(Problem) -> NodeID? {
    var node = root
    for (place, part) in parts.enumerated() {
      if let next = try step(part, from: node, in: tree) {
        node = next
        continue
      }
      switch part {
      case .field(let key):
        if tree.isNull(node) { return nil }
        let field = make(for: place + 1, in: &tree, by: writer)
        tree.appendField(key, field, to: node)
        node = field
      case .element(let name, let value):
        let element = makeElement(name, value, in: &tree, by: writer)
        // An element made in a null is written to, and never printed.
        if !tree.isNull(node) { tree.append(element, to: node) }
        node = element
      case .index, .last: return nil
      }
    }
    return node
  }

  private func step(_ part: Part, from node: NodeID, in tree: Tree) throws(Problem) -> NodeID? {
    switch part {
    case .field(let key):
      if tree.isNull(node) { return nil }
      guard tree.shape(node) == .mapping else { throw .notAMapping(at: tree.position(node)) }
      return tree.field(key, of: node)
    case .index(let index):
      return try elements(of: node, in: tree).dropFirst(index).first
    case .last:
      guard let last = try elements(of: node, in: tree).last else {
        throw .noElements(at: tree.position(node))
      }
      return last
    case .element(let name, let value):
      return try elements(of: node, in: tree).first { element in
        if name.isEmpty {
          return tree.shape(element) == .scalar && tree.text(element, equals: value)
        }
        return tree.field(name, of: element).map { tree.text($0, equals: value) } ?? false
      }
    }
  }

  /// The elements of a list; a null counts as an empty one.
  private func elements(of node: NodeID, in tree: Tree) throws(Problem) -> [NodeID] {
    if tree.isNull(node) { return [] }
    guard tree.shape(node) == .sequence else { throw .notAList(at: tree.position(node)) }
    return tree.children(of: node)
  }

  /// What has to stand where the part of this place is looked for.
  private func make(for place: Int, in tree: inout Tree, by writer: Writer) -> NodeID {
    guard place < parts.count else { return tree.addScalar("", tag: .unresolved, by: writer) }
    switch parts[place] {
    case .field, .last: return tree.addMapping(by: writer)
    case .index, .element: return tree.addSequence(by: writer)
    }
  }

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
  fileprivate static func negativeIndex(_ text: String, at position: Position) -> Problem {
    Problem(.fieldIndexNegative, "array index \(text) cannot be negative", at: position)
  }

  fileprivate static func wildcard(at position: Position) -> Problem {
    Problem(.fieldWildcardUnsupported, "\"*\" is not supported in this path", at: position)
  }

  fileprivate static func noCondition(_ text: String, at position: Position) -> Problem {
    Problem(
      .fieldConditionMissing,
      "\"\(text)\" must be of the form [field=value] to find an element", at: position)
  }

  fileprivate static func notAList(at position: Position) -> Problem {
    Problem(.fieldNotAList, "expected a list here", at: position)
  }

  fileprivate static func noElements(at position: Position) -> Problem {
    Problem(.fieldListEmpty, "this list has no last element", at: position)
  }
}
