/// One operation at work on one object in JSON form.
///
/// The library's own manners, each with a case in `testdata/jsonpatch`:
///
/// - `replace` makes a field that is not there, and `copy` of such a field writes null;
/// - an index may be negative, counting from the end, and may have a sign or leading zeros;
/// - `test` compares spellings, so `1` and `1.0` differ where the patch is JSON;
/// - `test` of a missing field succeeds where the value is null or missing.
///
/// An operation first finds the collection that the last step of its path leads into (`find`), then
/// reads or writes one entry of it (`get`, `take`, `put`), as the library does with `findObject`
/// and its containers. Values stay in JSON form throughout; `JSONPatch.apply` puts the object into
/// that form and back. `JSONPatchTests` has a table of operations and their outcomes.
struct JSONPatchRun {
  private let operation: JSONPatch.Operation
  /// The patched object. It keeps its node whatever an operation does, since the resource names it
  /// by number.
  private let root: NodeID
  /// The word for messages, as the user wrote it: it may be none of the known ones.
  private var kind: String { operation.word }

  init(_ operation: JSONPatch.Operation, _ root: NodeID) {
    self.operation = operation
    self.root = root
  }

  /// - Parameter change: what an operation has done that reads nothing.
  /// - Throws: what is wrong with the operation, at its path or word. The object may have changed
  ///   by then: `move` takes the value out before it looks at the target.
  func apply(_ change: inout JSONTrip.Change?, in tree: inout Tree) throws(Problem) {
    if tree.ledger.traces {
      tree.ledger.trace.begin(
        Ledger.Trace.Operation(word: kind, position: tree.position(operation.item)))
    }
    defer { if tree.ledger.traces { tree.ledger.trace.endOperation() } }
    switch operation.kind {
    case .add: try add(&change, in: &tree)
    case .remove: try remove(&change, in: &tree)
    case .replace: try replace(&change, in: &tree)
    case .move: try move(in: &tree)
    case .test: try test(in: tree)
    case .copy: try copy(in: &tree)
    case nil: throw .unknownOperation(kind, at: operation.wordPosition)
    }
  }

  // MARK: - Operations

  /// Adds a field or an element. A field that is there is overwritten, as RFC 6902 says.
  private func add(_ change: inout JSONTrip.Change?, in tree: inout Tree) throws(Problem) {
    let place = try find(try path(in: tree), in: tree)
    var old: Tree.Link?
    if tree.shape(place.parent) == .mapping {
      old = tree.link(ofField: place.key, in: place.parent)
    }
    let value: NodeID
    if let old {
      value = try overwrite(old, in: place.parent, of: &tree)
    } else {
      value = try makeValue(in: &tree)
      try put(value, at: place, in: &tree)
    }
    change = JSONTrip.Change(parent: place.parent, value: value)
  }

  /// Takes a field or an element out. Unlike `replace`, it fails if there is none.
  private func remove(_ change: inout JSONTrip.Change?, in tree: inout Tree) throws(Problem) {
    let place = try find(try path(in: tree), in: tree)
    _ = try take(place, in: &tree)
    change = JSONTrip.Change(parent: place.parent, value: nil)
  }

  /// Overwrites a field or an element. A missing field is added, because the library's
  /// `partialDoc.get` returns no error for one; a missing element is an error. The remark that is
  /// noted lets a lint rule point at replacements that add.
  private func replace(_ change: inout JSONTrip.Change?, in tree: inout Tree) throws(Problem) {
    let path = try path(in: tree)
    if path.text.isEmpty { return try replaceRoot(in: &tree) }
    let place = try find(path, in: tree)
    if let old = try get(place, in: tree) {
      let value = try overwrite(old, in: place.parent, of: &tree)
      change = JSONTrip.Change(parent: place.parent, value: value)
    } else {
      let value = try makeValue(in: &tree)
      change = JSONTrip.Change(parent: place.parent, value: value)
      appendField(place.key, value, to: place.parent, in: &tree)
      tree.ledger.note(
        PatchRemark(
          kind: .replaceAdded(path: path.text, key: place.key, in: place.parent),
          position: path.position))
    }
  }

  /// Gives the object another content altogether; an `""` of any other operation leads nowhere.
  private func replaceRoot(in tree: inout Tree) throws(Problem) {
    guard operation.value != nil else { throw .missingValue(at: operation.position) }
    let value = try makeValue(in: &tree)
    guard tree.shape(value) != .scalar else { throw .scalarRoot(at: tree.position(value)) }
    tree.takeChildren(of: value, into: root)
  }

  /// Takes a value out and puts it elsewhere. The target is looked up after that: in a list,
  /// elements behind the source have moved up by one (patch.go `Patch.move`).
  private func move(in tree: inout Tree) throws(Problem) {
    let source = try find(try from(in: tree), in: tree)
    let value = try take(source, in: &tree)
    let target = try find(try path(in: tree), in: tree)
    try put(value, at: target, in: &tree)
  }

  /// Adds a copy of a value. The source is read before the target is looked up, so that a missing
  /// source is what a message is about.
  private func copy(in tree: inout Tree) throws(Problem) {
    let source = try find(try from(in: tree), in: tree)
    let value = try get(source, in: tree)?.node
    let target = try find(try path(in: tree), in: tree)
    guard let value else { return try put(makeNull(in: &tree), at: target, in: &tree) }
    let copy = try JSONCopy.make(of: value, for: operation.position, in: &tree)
    try put(copy, at: target, in: &tree)
  }

  /// Compares the value at a path with that of the operation; changes nothing.
  ///
  /// The library distinguishes three kinds of "nothing": a missing field and a null of the object
  /// are nil pointers, and equal to an operation without value or with a null; a null that an
  /// earlier operation has written is a node, and equal only to such a node.
  private func test(in tree: Tree) throws(Problem) {
    let path = try path(in: tree)
    if path.text.isEmpty {
      guard let value = operation.value else { throw .missingValue(at: operation.position) }
      guard try JSONEquality.equal(root, value, in: tree) else { throw failure(path, root, tree) }
      return
    }
    let found = try get(try find(path, in: tree), in: tree)?.node
    let isAbsent = found.map { tree.isNull($0) && !tree[$0].flags.contains(.explicitTag) } ?? true
    guard let value = operation.value else {
      if isAbsent { return }
      throw failure(path, found, tree)
    }
    if let found, !isAbsent {
      if try JSONEquality.equal(found, value, in: tree) { return }
    } else if tree.isNull(value) {
      return
    }
    throw failure(path, found, tree)
  }

  // MARK: - Places

  /// The collection that a pointer leads into, and what it asks for there.
  ///
  /// Where an operation reads or writes: `pointer` without its last step has been followed, the
  /// last step has not, as it need not lead to anything yet.
  private struct Place {
    let pointer: FieldPath
    /// A mapping or a list.
    let parent: NodeID
    let step: FieldPath.Step
    var key: Symbol { step.key }
  }

  /// The target of the operation. The path is checked each time an operation runs, and not when the
  /// patch is read (see `JSONPatch`).
  private func path(in tree: Tree) throws(Problem) -> FieldPath {
    guard let path = operation.path else { throw undecodable("path", in: tree) }
    return path
  }

  /// The source of `move` and `copy`. Other operations may have any `from`, which nobody reads.
  private func from(in tree: Tree) throws(Problem) -> FieldPath {
    guard let from = operation.from else { throw undecodable("from", in: tree) }
    return from
  }

  /// An operation without a pointer, which may stand under another name.
  private func undecodable(_ field: String, in tree: Tree) -> Problem {
    let known = JSONPatch.fields
    let written = tree.children(of: operation.item).map { tree.symbols.string(tree.key($0)) }
    let slip = Suggestion.nearest(to: field, among: written.filter { !known.contains($0) })
    return .undecodable(
      field, kind, at: operation.position, hint: slip.map { "\"\($0)\" should be \"\(field)\"" })
  }

  /// Follows all steps of a pointer but the last.
  ///
  /// A pointer without steps is one without a slash: `""`, which means the whole object and is
  /// handled by the callers that allow it, or `name`, for which the library's `findObject` has no
  /// object either. Scalars and nulls on the way end the search. Negative indices count from the
  /// end (patch.go `SupportNegativeIndices`).
  private func find(_ pointer: FieldPath, in tree: Tree) throws(Problem) -> Place {
    guard let last = pointer.steps.last else {
      let text = tree.symbols.string(pointer.text)
      throw .missingPath(kind, text, at: pointer.position)
        .hinting(text.isEmpty ? nil : "did you mean \"/\(text)\"?")
        .noting("a path begins with a slash; this is the object", at: tree.position(root))
    }
    let parents = pointer.steps.count - 1
    let end = FirstMissing(
      in: pointer, upTo: parents, below: root, entersScalars: false, .countFromEnd, of: tree)
    guard end.step == parents else {
      throw Problem.missingPath(kind, tree.symbols.string(pointer.text), at: pointer.position)
        .hinting(correction(of: pointer, from: end, in: tree))
        .noting(
          obstacle(pointer.steps[end.step], of: end.node, in: tree), at: tree.position(end.node))
    }
    return Place(pointer: pointer, parent: end.node, step: last)
  }

  /// The value at a place; nil for a field that is not there. A list has to have the element.
  private func get(_ place: Place, in tree: Tree) throws(Problem) -> Tree.Link? {
    if tree.shape(place.parent) == .mapping {
      return tree.link(ofField: place.key, in: place.parent)
    }
    guard let index = index(of: place, behindLast: 0, in: tree),
      let link = tree.link(at: index, in: place.parent)
    else { throw badIndex(place, in: tree) }
    return link
  }

  /// The place in a list that an index means, which may be behind its end; nil for what is no index, or before the
  /// beginning.
  ///
  /// Only for a negative one the elements are counted: patches of long lists mostly work at their beginning.
  ///
  /// - Parameter count: how many places behind the last element a negative index counts from.
  private func index(of place: Place, behindLast count: Int, in tree: Tree) -> Int? {
    guard case .index(let index) = place.step.kind else { return nil }
    let found = index < 0 ? index &+ tree.count(of: place.parent) &+ count : index
    return found < 0 ? nil : found
  }

  /// Removes the value at a place from its collection and returns it.
  private func take(_ place: Place, in tree: inout Tree) throws(Problem) -> NodeID {
    guard let link = try get(place, in: tree) else {
      throw .missingKey(
        kind, tree.symbols.string(place.pointer.text), tree.symbols.string(place.key),
        at: place.pointer.position
      )
      .hinting(nearest(to: place.step, in: place.parent, of: tree))
      .noting(obstacle(place.step, of: place.parent, in: tree), at: tree.position(place.parent))
    }
    tree.detach(link, from: place.parent)
    tree.noteCause(of: link.node, at: place.pointer.position)
    return link.node
  }

  /// Adds a value to the collection of a place: under the key in a mapping, before the element of
  /// an index in a list, or last for `-`.
  private func put(
    _ value: NodeID, at place: Place, in tree: inout Tree
  ) throws(Problem) {
    if tree.shape(place.parent) == .mapping {
      if let old = tree.link(ofField: place.key, in: place.parent) {
        tree.replace(old, with: value, in: place.parent)
      } else {
        appendField(place.key, value, to: place.parent, in: &tree)
      }
      return
    }
    // The value may come from a mapping (`move`), and a key on an element of a list would be
    // printed.
    tree.renameKey(.empty, of: value)
    if place.step.kind == .end { return tree.append(value, to: place.parent) }
    // An index may be one past the end, which appends. A negative one counts from that place, too:
    // -1 appends (patch.go `partialArray.add`).
    let index = index(of: place, behindLast: 1, in: tree)
    if index == 0 { return tree.insert(value, after: nil, in: place.parent) }
    guard let index, let previous = tree.link(at: index - 1, in: place.parent) else {
      throw badIndex(place, in: tree)
    }
    tree.insert(value, after: previous.node, in: place.parent)
  }

  /// The new field comes last. Where it is printed does not depend on that: keys are sorted by
  /// then.
  private func appendField(
    _ key: Symbol, _ value: NodeID, to mapping: NodeID, in tree: inout Tree
  ) {
    tree.renameKey(key, of: value)
    tree.append(value, to: mapping)
  }

  // MARK: - Values

  /// A copy of the operation's value; null where there is none.
  ///
  /// A patch may have several targets, so each gets nodes of its own.
  private func makeValue(in tree: inout Tree) throws(Problem) -> NodeID {
    guard let value = operation.value else { return makeNull(in: &tree) }
    return try tree.copy(value, for: operation.position)
  }

  /// Puts the operation's value in the place of another one, and returns where it is now. Of scalars, of which a
  /// thousand patches of a thousand objects would leave a million, none is left over.
  private func overwrite(
    _ old: Tree.Link, in parent: NodeID, of tree: inout Tree
  ) throws(Problem) -> NodeID {
    if let value = operation.value, tree.assignScalar(old.node, likeCopyOf: value) {
      return old.node
    }
    let value = try makeValue(in: &tree)
    tree.replace(old, with: value, in: parent)
    return value
  }

  /// A null as it comes from an operation that has no value. It is unflagged, like one of the
  /// object: the library puts a nil pointer there.
  private func makeNull(in tree: inout Tree) -> NodeID {
    tree.addScalar("null", tag: .null, at: operation.position)
  }

  // MARK: - Words

  /// Why a pointer ends at a node.
  ///
  /// Text of a note; the step is the first that cannot be followed from `node`.
  private func obstacle(_ step: FieldPath.Step, of node: NodeID, in tree: Tree) -> String {
    let name = tree.symbols.string(step.key)
    guard let child = tree.child(step, of: node, .countFromEnd) else {
      if tree.shape(node) == .mapping { return "there is no field \"\(name)\" here" }
      return "this list has no element \"\(name)\": it has \(tree.count(of: node))"
    }
    return "\"\(name)\" is \(tree.isNull(child) ? "null" : "neither a mapping nor a list") here"
  }

  /// What to write, or to do first, where a pointer leads nowhere.
  private func correction(
    of pointer: FieldPath, from end: FirstMissing, in tree: Tree
  ) -> String? {
    let step = pointer.steps[end.step]
    if tree.shape(end.node) == .sequence { return index(of: step, in: end.node, of: tree) }
    if let nearest = nearest(to: step, in: end.node, of: tree) { return nearest }
    guard operation.kind == .add, tree.shape(end.node) == .mapping,
      tree.field(step.key, of: end.node).map({ tree.isNull($0) }) ?? true
    else { return nil }
    // The hint repeats the path as a JSON pointer, in which `~` and `/` are escaped (RFC 6901).
    let missing = pointer.steps[...end.step].map { step in
      tree.symbols.string(step.key).parts(at: "~", omittingEmptySubsequences: false)
        .joined(separator: "~0").parts(at: "/", omittingEmptySubsequences: false)
        .joined(separator: "~1")
    }
    return "add \"/\(missing.joined(separator: "/"))\" first"
  }

  /// The place in a list of the element that has a name: pointers know no names.
  private func index(of step: FieldPath.Step, in list: NodeID, of tree: Tree) -> String? {
    guard step.kind == .key else { return nil }
    let index = tree.children(of: list).firstIndex { element in
      tree.shape(element) == .mapping
        && tree.field(.name, of: element).map { tree.text($0, equals: step.key) } == true
    }
    return index.map { "the index of \"\(tree.symbols.string(step.key))\" is \($0)" }
  }

  /// The field that was probably meant.
  private func nearest(
    to step: FieldPath.Step, in mapping: NodeID, of tree: Tree
  ) -> String? {
    guard tree.shape(mapping) == .mapping else { return nil }
    // Suggestions compare the word with every key; the limit bounds the time of a message about a
    // huge mapping.
    let keys = tree.children(of: mapping).prefix(2000).map { tree.symbols.string(tree.key($0)) }
    return Suggestion.hint(for: tree.symbols.string(step.key), among: keys)
  }

  /// A step that is a number but out of range, or that is no number at all.
  private func badIndex(_ place: Place, in tree: Tree) -> Problem {
    let count = tree.count(of: place.parent)
    let key = tree.symbols.string(place.key)
    let words =
      if case .index = place.step.kind {
        "there is no element \(key)"
      } else {
        "\"\(key)\" is not an index"
      }
    return Problem.badIndex(
      kind, tree.symbols.string(place.pointer.text), words, at: place.pointer.position
    )
    .noting(
      "this list has \(count) element\(count == 1 ? "" : "s")", at: tree.position(place.parent))
  }

  /// - Parameter found: the value that was compared; nil where the path leads to nothing.
  private func failure(_ path: FieldPath, _ found: NodeID?, _ tree: Tree) -> Problem {
    let problem = Problem.testFailed(tree.symbols.string(path.text), at: path.position)
    guard let found else { return problem }
    let isScalar = tree.shape(found) == .scalar
    return problem.noting(
      isScalar ? "the value here is \"\(tree.string(found))\"" : "it is here",
      at: tree.position(found))
  }
}

extension Problem {
  fileprivate static func unknownOperation(_ word: String, at position: Position) -> Problem {
    let words = ["add", "remove", "replace", "move", "test", "copy"]
    return Problem(
      .unknownJsonPatchOperation, "unknown operation \"\(word)\" in a JSON patch", at: position,
      hint: Suggestion.hint(for: word, among: words)
        ?? "the operations are \(words.joined(separator: ", "))")
  }

  fileprivate static func undecodable(
    _ field: String, _ kind: String, at position: Position, hint: String?
  ) -> Problem {
    Problem(
      .jsonPatchFieldNotText, "\(kind) operation needs a string as \"\(field)\"", at: position,
      hint: hint)
  }

  fileprivate static func missingValue(at position: Position) -> Problem {
    Problem(
      .jsonPatchWithoutValue, "an operation on the whole object needs a value", at: position,
      hint: "kustomize fails here as well, with a stack trace")
  }

  fileprivate static func scalarRoot(at position: Position) -> Problem {
    Problem(
      .jsonPatchRootNotACollection, "replace operation value must be object or array", at: position)
  }

  fileprivate static func missingPath(
    _ kind: String, _ path: String, at position: Position
  ) -> Problem {
    Problem(
      .jsonPatchPathMissing, "\(kind) operation does not apply: doc is missing path: \"\(path)\"",
      at: position)
  }

  fileprivate static func missingKey(
    _ kind: String, _ path: String, _ key: String, at position: Position
  ) -> Problem {
    Problem(
      .jsonPatchKeyMissing,
      "error in \(kind) for path: \"\(path)\": unable to remove nonexistent key: \(key)",
      at: position)
  }

  fileprivate static func badIndex(
    _ kind: String, _ path: String, _ words: String, at position: Position
  ) -> Problem {
    Problem(.jsonPatchBadIndex, "error in \(kind) for path: \"\(path)\": \(words)", at: position)
  }

  fileprivate static func testFailed(_ path: String, at position: Position) -> Problem {
    Problem(.jsonPatchTestFailed, "testing value \(path) failed", at: position)
  }
}
