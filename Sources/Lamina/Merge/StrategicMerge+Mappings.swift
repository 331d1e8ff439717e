/// Mappings: field by field.
extension StrategicMerge {
  /// Merges two mappings; a null counts as one that is missing or, in the patch, to be removed
  /// (walk/map.go `walkMap`, merge2.go `VisitMap`).
  ///
  /// - Parameters:
  ///   - type: the type of the mapping in the schema, which knows the types of its fields; nil
  ///     where nothing is known.
  mutating func mergeMappings(
    _ origin: NodeID?, into target: NodeID?, type: Schema.TypeID?, in tree: inout Tree
  ) throws(Problem) -> Value {
    guard let target, !tree.isNull(target) else {
      guard let origin, !tree.isNull(origin) else { return .removed }
      // Where something is new an unknown directive is left in, without a word.
      if takeDirective(ofMapping: origin, in: &tree) == .delete { return .removed }
      return try mergeFields(of: origin, into: origin, type: type, in: &tree)
    }
    guard let origin else {
      try tidy(target, type: type, in: &tree)
      return .kept
    }
    tree.adoptStyle(of: origin, for: target)
    if tree.isNull(origin) { return .removed }
    switch takeDirective(ofMapping: origin, in: &tree) {
    case .delete: return .removed
    case .replace: return try mergeFields(of: origin, into: origin, type: type, in: &tree)
    case .merge: return try mergeFields(of: origin, into: target, type: type, in: &tree)
    case .unknown(let word): throw .unknownDirective(word)
    }
  }

  /// Merges the fields of one mapping into another, and tidies the fields that only the other has.
  ///
  /// The fields of the patch come in the order of their bytes, as in kyaml: where fields change
  /// together (see `Tree+Twins.swift`), the last one wins.
  private mutating func mergeFields(
    of origin: NodeID, into target: NodeID, type: Schema.TypeID?, in tree: inout Tree
  ) throws(Problem) -> Value {
    // `origin` and `target` are one node where the mapping is new: each field is then paired with
    // itself, and merged with itself, which tidies it.
    let own = fields.push(fieldsOf: origin, in: tree)
    defer { fields.pop(own) }
    var removed: [NodeID] = []
    var child = tree.first(of: target)
    while let current = child {
      child = tree.next(after: current)
      if fields.pair(current, key: tree.key(current), in: own) { continue }
      if try isTidiedAway(current, type: type, in: &tree) { removed.append(current) }
    }
    // Without twins the order does not show, and sorting is saved.
    if !tree.twinAfter.isEmpty { fields.sort(own, tree.symbols) }
    for place in own.places {
      let field = fields[place]
      if field.key.isEmpty { throw .emptyKey(at: tree.position(field.origin)) }
      let value = try merge(
        field.origin, into: field.target, type: fieldType(of: field.origin, type, in: &tree),
        in: &tree)
      set(value, field, of: target, removed: &removed, in: &tree)
    }
    tree.remove(removed, from: target)
    return .node(target)
  }

  /// Puts the outcome of a field in its place. A value that was there keeps its key and its style; a
  /// new one is the patch's, key and all (kyaml fns.go `FieldSetter`).
  private func set(
    _ value: Value, _ field: MergedFields.Field, of mapping: NodeID, removed: inout [NodeID],
    in tree: inout Tree
  ) {
    switch value {
    case .kept: break
    case .removed:
      if let target = field.target, !hasNullKey(target, in: tree) {
        removed.append(target)
        tree.noteCause(of: target, by: field.origin)
      }
    case .node(let node):
      if let target = field.target, target != node {
        tree.overwrite(target, with: node)
        // Values are read without being printed before, so that the quotes that stay do nothing.
        if purpose == .values { tree.adoptFlags(of: node, for: target) }
        return
      }
      tree.quoteAmbiguousText(node)
      if field.target == nil { tree.append(node, to: mapping) }
    }
  }

  // MARK: - What only the object has

  /// Tidies a value that the patch does not mention.
  mutating func tidy(_ node: NodeID, type: Schema.TypeID?, in tree: inout Tree) throws(Problem) {
    try tree.stack.check(at: tree.position(node))
    let type = type ?? ownType(of: node, in: &tree)
    switch tree.shape(node) {
    case .scalar: break
    case .sequence: _ = try mergeLists(nil, into: node, type: type, in: &tree)
    case .mapping:
      var removed: [NodeID] = []
      var child = tree.first(of: node)
      while let current = child {
        child = tree.next(after: current)
        if try isTidiedAway(current, type: type, in: &tree) { removed.append(current) }
      }
      tree.remove(removed, from: node)
    }
  }

  /// Tidies a field; true where it has to go.
  ///
  /// Scalars stay, but for empty nulls; a text that YAML 1.1 would take for something else gets
  /// quotes, which `FieldSetter` adds to every string it sets (kyaml/yaml/fns.go,
  /// `IsYaml1_1NonString`). An alias goes, since kyaml's walk has no case for one.
  private mutating func isTidiedAway(
    _ field: NodeID, type: Schema.TypeID?, in tree: inout Tree
  ) throws(Problem) -> Bool {
    if tree.key(field).isEmpty { throw .emptyKey(at: tree.position(field)) }
    if tree.isAlias(field) { return true }
    if tree.shape(field) == .scalar {
      if tree.isNull(field) {
        tree.markRemade(field)
        return tree.textIsEmpty(field) && !hasNullKey(field, in: tree)
      }
      tree.quoteAmbiguousText(field)
      return false
    }
    try tidy(field, type: fieldType(of: field, type, in: &tree), in: &tree)
    return false
  }

  /// What the type of a mapping says of a field; it is not asked about scalars, which are all alike.
  private mutating func fieldType(
    of field: NodeID, _ type: Schema.TypeID?, in tree: inout Tree
  ) -> Schema.TypeID? {
    guard let type, tree.shape(field) != .scalar else { return nil }
    return schema.field(tree.key(field), of: type, in: &tree)
  }

  /// A field whose key is null cannot be taken out: kyaml has it twice by the time it merges, and
  /// takes out one of them. Unless it stands at the top, the object cannot be printed then.
  private func hasNullKey(_ field: NodeID, in tree: Tree) -> Bool {
    tree[field].flags.contains(.keyIsNull)
  }
}

extension Tree {
  /// Takes values out of a collection.
  ///
  /// One pass over the collection, however many children go.
  fileprivate mutating func remove(_ children: [NodeID], from parent: NodeID) {
    if children.isEmpty { return }
    let removed = NumberSet(children)
    removeChildren(of: parent) { removed.contains($1) }
  }
}

extension Problem {
  fileprivate static func emptyKey(at position: Position) -> Problem {
    Problem(
      .patchedEmptyKey, "an object with an empty key cannot be patched", at: position,
      hint: "kustomize fails here as well")
  }
}
