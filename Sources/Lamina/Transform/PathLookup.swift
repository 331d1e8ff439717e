/// Follows a path to the one value it leads to (kyaml/yaml/fns.go `PathGetter`).
///
/// Nulls hold everything, and nothing can be found in them.
enum PathLookup {
  /// The value at the end of a path, or nil where there is none.
  static func value(
    at path: DottedPath, of root: NodeID, in tree: inout Tree
  ) throws(Problem) -> NodeID? {
    var node = root
    for part in path.parts {
      guard let next = try step(part, from: node, path, in: &tree) else { return nil }
      node = next
    }
    return node
  }

  /// One step of a path; a part of white space stays where it is.
  static func step(
    _ part: DottedPath.Part, from node: NodeID, _ path: DottedPath, in tree: inout Tree
  ) throws(Problem) -> NodeID? {
    let text = trimmed(part.text)
    if text.isEmpty { return node }
    let key = text.count == part.text.count ? part.key : tree.symbols.intern(text[...])
    let part = DottedPath.Part(text: text, key: key)
    if let number = part.number {
      if number < 0 { throw .negativeIndex(number, path) }
      return try element(number, of: node, path, in: tree)
    }
    if text == [UInt8(ascii: "-")] { return try lastElement(of: node, path, in: tree) }
    if part.isWildcard { throw .wildcardInSource(path) }
    if part.isElement { return try element(part, of: node, path, in: &tree) }
    if tree.isNull(node) { return nil }
    guard tree.shape(node) == .mapping else {
      throw .notTheShape("a mapping", for: part, path, tree.position(node))
    }
    return tree.field(key, of: node)
  }

  private static func element(
    _ index: Int, of node: NodeID, _ path: DottedPath, in tree: Tree
  ) throws(Problem) -> NodeID? {
    try checkList(node, path, in: tree)
    return tree.shape(node) == .sequence ? tree.link(at: index, in: node)?.node : nil
  }

  private static func lastElement(
    of node: NodeID, _ path: DottedPath, in tree: Tree
  ) throws(Problem) -> NodeID? {
    try checkList(node, path, in: tree)
    guard let last = tree.children(of: node).last else { throw .noLastElement(path) }
    return last
  }

  /// The first element whose field, or which itself, has a text (`ElementMatcher`).
  private static func element(
    _ part: DottedPath.Part, of node: NodeID, _ path: DottedPath, in tree: inout Tree
  ) throws(Problem) -> NodeID? {
    guard let (field, value) = part.element else { throw .noSignInElement(part, path) }
    try checkList(node, path, in: tree)
    if tree.isNull(node) { return nil }
    let key = tree.symbols.intern(field[...])
    var child = tree.first(of: node)
    while let current = child {
      child = tree.next(after: current)
      let found: NodeID?
      if field.isEmpty {
        found = current
      } else {
        found = tree.isNull(current) ? nil : tree.field(key, of: current)
      }
      // A collection counts as an empty text.
      if let found, tree.bytes(found).elementsEqual(value) { return current }
    }
    return nil
  }

  private static func checkList(
    _ node: NodeID, _ path: DottedPath, in tree: Tree
  ) throws(Problem) {
    if tree.isNull(node) || tree.shape(node) == .sequence { return }
    throw .notTheShape("a list", for: nil, path, tree.position(node))
  }

  private static func trimmed(_ text: [UInt8]) -> [UInt8] {
    let isBlank = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    guard let first = text.first, let last = text.last, isBlank(first) || isBlank(last) else {
      return text
    }
    return Array(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}

extension Problem {
  /// A path asks for a field of what is no mapping, or for an element of what is no list.
  static func notTheShape(
    _ wanted: String, for part: DottedPath.Part?, _ path: DottedPath, _ found: Position
  ) -> Problem {
    let asked = part.map { " where it asks for '\($0.string)'" } ?? ""
    return Problem(
      .pathLeadsElsewhere, "path '\(path.text)' does not lead to \(wanted)\(asked)",
      at: path.position
    ).noting("it leads here", at: found)
  }

  static func noSignInElement(_ part: DottedPath.Part, _ path: DottedPath) -> Problem {
    Problem(
      .pathElementWithoutSign, "'\(part.string)' in path '\(path.text)' must be [field=value]",
      at: path.position)
  }

  fileprivate static func negativeIndex(_ index: Int, _ path: DottedPath) -> Problem {
    Problem(
      .pathIndexNegative, "index \(index) in path '\(path.text)' is negative",
      at: path.position, hint: "'-' is the last element")
  }

  fileprivate static func noLastElement(_ path: DottedPath) -> Problem {
    Problem(
      .pathListEmpty, "path '\(path.text)' asks for the last element of an empty list",
      at: path.position)
  }

  fileprivate static func wildcardInSource(_ path: DottedPath) -> Problem {
    Problem(
      .wildcardInSourcePath, "'*' cannot stand in path '\(path.text)' of a source",
      at: path.position)
  }
}
