/// Whether two values in JSON form are equal for the operation `test`.
///
/// Scalars are compared by their spelling. Source: json-patch v4 patch.go (`lazyNode.equal`).
enum JSONEquality {
  /// Throws where kustomize falls over: it cannot compare lists that hold a null.
  ///
  /// Both values are in JSON form. The result is that of the library, which differs from JSON's own
  /// notion of equality: `1` and `1.0` are different, and so are the two kinds of null.
  static func equal(_ a: NodeID, _ b: NodeID, in tree: Tree) throws(Problem) -> Bool {
    guard tree.shape(a) == tree.shape(b) else { return false }
    try tree.stack.check(at: tree.position(a))
    switch tree.shape(a) {
    case .scalar: return equalScalars(a, b, in: tree)
    case .sequence: return try equalLists(a, b, in: tree)
    case .mapping: return try equalMappings(a, b, in: tree)
    }
  }

  /// The library holds a null of the document as a nil pointer, and a null of the operation as a
  /// node without text, and finds these different (patch.go `lazyNode.equal`, `newLazyNode`).
  private static func equalScalars(_ a: NodeID, _ b: NodeID, in tree: Tree) -> Bool {
    if tree.isNull(a), tree.isNull(b) {
      // A null that the patch itself has put there is another one than that of the object.
      return tree[a].flags.contains(.explicitTag) == tree[b].flags.contains(.explicitTag)
    }
    return spelling(of: a, in: tree) == spelling(of: b, in: tree)
  }

  /// The bytes of a scalar as they stand in the JSON text.
  ///
  /// A `custom` string still has the spelling of the patch, quotes and escapes included; any other
  /// string is spelled as `encoding/json` writes it.
  private static func spelling(of node: NodeID, in tree: Tree) -> [UInt8] {
    guard tree[node].tag == .string else { return Array(tree.bytes(node)) }
    var result: [UInt8] = []
    tree.withText(node) { appendJSONString($0, to: &result) }
    return result
  }

  /// The library calls `equal` on each element of the first list, which panics on a nil pointer: on
  /// a null that the document holds.
  private static func equalLists(
    _ a: NodeID, _ b: NodeID, in tree: Tree
  ) throws(Problem) -> Bool {
    guard tree.count(of: a) == tree.count(of: b) else { return false }
    var left = tree.first(of: a)
    var right = tree.first(of: b)
    while let one = left, let other = right {
      for node in [one, other] where tree.isNull(node) && !tree[node].flags.contains(.explicitTag) {
        throw .nullInList(at: tree.position(node))
      }
      guard try equal(one, other, in: tree) else { return false }
      left = tree.next(after: one)
      right = tree.next(after: other)
    }
    return true
  }

  /// Fields are compared by key; their order does not count.
  private static func equalMappings(
    _ a: NodeID, _ b: NodeID, in tree: Tree
  ) throws(Problem) -> Bool {
    let count = tree.count(of: a)
    guard count == tree.count(of: b) else { return false }
    var fields: [Symbol: NodeID] = [:]
    // Looking up a field walks the chain of its mapping. A dictionary keeps large mappings from
    // taking quadratic time; 16 is where building it begins to pay.
    if count > 16 { for child in tree.children(of: b) { fields[tree.key(child)] = child } }
    var child = tree.first(of: a)
    while let current = child {
      let key = tree.key(current)
      guard let other = count > 16 ? fields[key] : tree.field(key, of: b),
        try equal(current, other, in: tree)
      else { return false }
      child = tree.next(after: current)
    }
    return true
  }
}

/// Copies of values in JSON form, as the operation `copy` makes them.
enum JSONCopy {
  /// The library prints the value and reads it again: strings come out as Go spells them but for
  /// their escapes, and a null below the value becomes one like all others.
  ///
  /// - Parameter position: the operation.
  static func make(
    of node: NodeID, for position: Position, in tree: inout Tree
  ) throws(Problem) -> NodeID {
    let copy = try tree.copy(node, for: position)
    try respell(copy, isTop: true, in: &tree)
    return copy
  }

  /// Gives strings and nulls below `node` the form that they have after being printed and read.
  ///
  /// - Parameter isTop: the copied value itself, whose null stays distinguishable: the library
  ///   keeps the node and reads only what is below it again.
  private static func respell(
    _ node: NodeID, isTop: Bool, in tree: inout Tree
  ) throws(Problem) {
    if tree.shape(node) == .scalar {
      if !isTop { tree.removeFlags(.explicitTag, from: node) }
      guard tree[node].tag == .custom else { return }
      let token = tree.withText(node) { JSONString.escapedForHTML($0) }
      JSONTrip.setJSON(node, token, tag: .custom, in: &tree)
      return
    }
    try tree.stack.check(at: tree.position(node))
    var child = tree.first(of: node)
    while let current = child {
      try respell(current, isTop: false, in: &tree)
      child = tree.next(after: current)
    }
  }
}

extension Problem {
  fileprivate static func nullInList(at position: Position) -> Problem {
    Problem(
      .jsonPatchTestsNull, "a list with a null in it cannot be tested", at: position,
      hint: "kustomize fails here as well, with a stack trace")
  }
}
