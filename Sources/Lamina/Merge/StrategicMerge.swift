/// Applies a strategic merge patch to an object.
///
/// A patch is a part of an object that says what shall be different. Mappings are merged field by
/// field and null takes a field out; lists are replaced as a whole, unless the schema says by which
/// keys their elements belong together (`StrategicMerge+Lists.swift`). `$patch` in a mapping, or in an
/// element of a list, deletes or replaces instead (`StrategicMerge+Directives.swift`).
///
///     containers:              containers:                 containers:
///     - name: web        +     - name: web           =     - name: web
///       image: web:1             env: [...]                  image: web:1
///                                                            env: [...]
///
/// kustomize's engine walks through all of the object, also where the patch says nothing, and tidies
/// on its way: fields with an empty null go, and so do repeated elements of keyed lists. Its outcomes
/// for lists whose elements lack their keys are strange; they are reproduced here, because people's
/// outputs depend on them (`testdata/merge`).
///
/// Source: kyaml yaml/walk/*.go and yaml/merge2/*.go, with the options of
/// api/filters/patchstrategicmerge (new elements in front, keys never guessed).
struct StrategicMerge {
  enum Outcome {
    case kept
    /// `$patch: delete` stands at the top of the patch.
    case deleted
  }

  /// What a merge makes of a value.
  enum Value {
    /// What was there stays, though perhaps changed inside.
    case kept
    /// A node that has to be put in the place of what was there, unless it is that itself.
    case node(NodeID)
    case removed
  }

  var schema: Schema
  var purpose = Purpose.patch
  /// What is being merged at the moment, at all depths: so no mapping and no list needs room of its own.
  var fields = MergedFields()
  var elements = MergedElements()
  /// The object that is patched.
  private(set) var object: NodeID?

  /// What is merged: it decides where elements that only one side has go in lists with keys.
  enum Purpose {
    /// A patch with an object: what is new comes first.
    case patch
    /// Values with others: what is new comes last.
    case values
  }

  /// Applies a patch to an object.
  ///
  /// The patch is used up: its nodes, which keep their positions, become those of the object. Who needs
  /// it again hands in a copy. What kustomize does before and after belongs to the caller: finding the
  /// target, giving it its kind, name and namespace back (api/resource/resource.go `ApplySmPatch`),
  /// dropping empty objects.
  static func apply(
    usingUp patch: NodeID, to target: NodeID, schema: inout Schema, in tree: inout Tree
  ) throws(Problem) -> Outcome {
    var merge = StrategicMerge(schema: .builtIn)
    // The schema is lent, not copied: it remembers what it has read for the next patch.
    swap(&merge.schema, &schema)
    defer { swap(&merge.schema, &schema) }
    merge.object = target
    switch try merge.merge(patch, into: target, type: nil, in: &tree) {
    case .removed: return .deleted
    // A patch that says `$patch: replace` at its top is accepted and changes nothing: kustomize
    // makes the new object and then keeps the old one.
    case .kept, .node: return .kept
    }
  }

  /// Merges the values for a chart, those that win into the others, as kustomize does it: like a
  /// patch, but without a patch's options (builtins/HelmChartInflationGenerator.go
  /// `replaceValuesInline`). What is left is nil where nothing is.
  ///
  /// `origin` is not to be used any more.
  static func merge(
    values origin: NodeID, into target: NodeID, schema: Schema, in tree: inout Tree
  ) throws(Problem) -> NodeID? {
    var merge = StrategicMerge(schema: schema, purpose: .values)
    switch try merge.merge(origin, into: target, type: nil, in: &tree) {
    case .kept: return target
    case .node(let node): return node
    case .removed: return nil
    }
  }

  // MARK: - Values

  /// Merges two values, one of which may be missing.
  ///
  /// `origin` is what the patch says, and `target` what is there. They may be one node: so does a new
  /// part of the patch go through the merge as well, which takes its nulls and directives out.
  mutating func merge(
    _ origin: NodeID?, into target: NodeID?, type: Schema.TypeID?, in tree: inout Tree
  ) throws(Problem) -> Value {
    try tree.stack.check(at: (origin ?? target).map { tree.position($0) } ?? .none)
    let theirs = tree.unlessNull(origin)
    guard let first = tree.unlessNull(target) ?? theirs else {
      return mergeNulls(origin, into: target, in: &tree)
    }
    // kyaml's walk knows no aliases: where it meets one first, the field goes.
    if tree.isAlias(first) { return .removed }
    let shape = tree.shape(first)
    if let other = theirs, other != first {
      if tree.isAlias(other) { throw .alias(at: tree.position(other), tree.position(first)) }
      if tree.shape(other) != shape {
        throw .otherShape(
          tree.shape(other), than: shape, purpose, at: tree.position(other), tree.position(first))
      }
    }
    switch shape {
    case .mapping:
      let type = type ?? ownType(ofEither: target, origin, in: &tree)
      return try mergeMappings(origin, into: target, type: type, in: &tree)
    case .sequence: return try mergeLists(origin, into: target, type: type, in: &tree)
    case .scalar: return scalar(origin, in: tree)
    }
  }

  private func scalar(_ origin: NodeID?, in tree: Tree) -> Value {
    guard let origin else { return .kept }
    return tree.isNull(origin) ? .removed : .node(origin)
  }

  /// A null that is written out stays if the patch does not mention it; an empty one goes
  /// (merge2.go `VisitMap`, issue 4628 of kustomize).
  private func mergeNulls(_ origin: NodeID?, into target: NodeID?, in tree: inout Tree) -> Value {
    guard origin == nil, let target, !tree.textIsEmpty(target) else { return .removed }
    tree.markRemade(target)
    return .kept
  }

  /// What a mapping says of its type itself, where its surroundings do not know it.
  ///
  /// An object within an object of unknown kind is so merged by its own kind's rules (walk.go
  /// `GetSchema`).
  private mutating func ownType(
    ofEither target: NodeID?, _ origin: NodeID?, in tree: inout Tree
  ) -> Schema.TypeID? {
    if let target, let type = ownType(of: target, in: &tree) { return type }
    return origin.flatMap { ownType(of: $0, in: &tree) }
  }

  mutating func ownType(of node: NodeID, in tree: inout Tree) -> Schema.TypeID? {
    guard let apiVersion = tree.field(.apiVersion, of: node), !tree.isNull(apiVersion),
      let kind = tree.field(.kind, of: node), !tree.isNull(kind),
      !tree.textIsEmpty(apiVersion), !tree.textIsEmpty(kind)
    else { return nil }
    return schema.type(
      apiVersion: tree.symbol(of: apiVersion), kind: tree.symbol(of: kind), in: &tree)
  }
}

extension Tree {
  fileprivate func unlessNull(_ id: NodeID?) -> NodeID? {
    guard let id, !isNull(id) else { return nil }
    return id
  }
}

extension Problem {
  fileprivate static func otherShape(
    _ other: Node.Shape, than shape: Node.Shape, _ purpose: StrategicMerge.Purpose,
    at position: Position, _ first: Position
  ) -> Problem {
    let (mine, theirs) = (words(other), words(shape))
    switch purpose {
    case .patch:
      return Problem(
        .patchShapeDiffers, "the patch has \(mine) where the object has \(theirs)", at: position
      ).noting("this is what would be patched", at: first)
    case .values:
      return Problem(
        .helmValuesShapeDiffers, "\(mine) cannot be merged with \(theirs)", at: position
      ).noting("this is what it would be merged with", at: first)
    }
  }

  fileprivate static func alias(at position: Position, _ first: Position) -> Problem {
    Problem(.helmValuesAlias, "an alias cannot be merged with another value", at: position)
      .noting("this is what it would be merged with", at: first)
  }

  static func words(_ shape: Node.Shape) -> String {
    switch shape {
    case .scalar: "a scalar"
    case .mapping: "a mapping"
    case .sequence: "a list"
    }
  }
}
