/// The order in which resources are printed.
///
/// `legacy`, the default, goes by kind, group and version, then by namespace and name; `fifo` leaves
/// the order of the files (builtins/SortOrderTransformer.go).
struct SortOrder {
  private let ranks: [Symbol: Int]

  /// The order that a kustomization's options ask for, else the one that the caller wants; nil leaves
  /// the resources where they are.
  static func make(
    _ options: SortOptions?, orElse reordering: Reordering?, _ workspace: inout Workspace
  ) throws(Problem) -> SortOrder? {
    guard let options else {
      if reordering == .fileOrder { return nil }
      return SortOrder(LegacySortOptions.standard, &workspace.tree.symbols)
    }
    if reordering != nil { workspace.warnings.append(.orderGivenTwice(at: options.position)) }
    switch options.order ?? "" {
    case "fifo":
      if options.legacy != nil { throw .legacyOptionsWithFIFO(at: options.position) }
      return nil
    case "legacy":
      return SortOrder(options.legacy ?? .standard, &workspace.tree.symbols)
    default: throw .unknownOrder(at: options.position)
    }
  }

  private init(_ options: LegacySortOptions, _ symbols: inout SymbolTable) {
    var ranks: [Symbol: Int] = [:]
    for (index, kind) in options.orderFirst.enumerated() {
      ranks[symbols.intern(kind)] = index - options.orderFirst.count
    }
    for (index, kind) in options.orderLast.enumerated() { ranks[symbols.intern(kind)] = index + 1 }
    self.ranks = ranks
  }

  /// What one resource is compared by, worked out once.
  private struct Key {
    let rank: Int
    let type: GroupVersionKind
    let typeText: [UInt8]
    let nameText: [UInt8]
    let isNamespace: Bool
  }

  func sort(_ resources: inout Resources, symbols: SymbolTable) {
    var typeTexts: [GroupVersionKind: [UInt8]] = [:]
    let keyed = resources.all.map { resource -> (Key, Resource) in
      let type = resource.id.type
      let text = typeTexts[type] ?? TypeOrder.text(type, symbols)
      typeTexts[type] = text
      let key = Key(
        rank: ranks[type.kind] ?? 0, type: type, typeText: text,
        nameText: Self.nameText(resource.id, symbols), isNamespace: type.kind == .namespaceKind)
      return (key, resource)
    }
    resources.reorder(keyed.sorted { Self.precedes($0.0, $1.0) }.map(\.1))
  }

  private static func precedes(_ a: Key, _ b: Key) -> Bool {
    if a.type == b.type { return a.nameText.lexicographicallyPrecedes(b.nameText) }
    if a.rank != b.rank { return a.rank < b.rank }
    // The core `Namespace` stands before those of other groups, against the order of the letters.
    if a.isNamespace, b.isNamespace, a.type.group.isEmpty || b.type.group.isEmpty {
      return b.typeText.lexicographicallyPrecedes(a.typeText)
    }
    return a.typeText.lexicographicallyPrecedes(b.typeText)
  }

  private static func nameText(_ id: ResourceID, _ symbols: SymbolTable) -> [UInt8] {
    let namespace = id.namespace.isEmpty ? Array("~X".utf8) : Array(symbols.bytes(id.namespace))
    let name = id.name.isEmpty ? Array("~N".utf8) : Array(symbols.bytes(id.name))
    return namespace + [UInt8(ascii: "|")] + name
  }
}

extension Problem {
  fileprivate static func orderGivenTwice(at position: Position) -> Problem {
    Problem(
      .invalidOption, "'sortOptions' sets the order; the order asked for elsewhere has no effect",
      at: position)
  }

  fileprivate static func unknownOrder(at position: Position) -> Problem {
    Problem(
      .invalidOption, "the field 'sortOptions.order' must be one of [fifo, legacy]", at: position)
  }

  fileprivate static func legacyOptionsWithFIFO(at position: Position) -> Problem {
    Problem(
      .invalidOption,
      "the field 'sortOptions.legacySortOptions' is set but the selected sort order is 'fifo', not 'legacy'",
      at: position)
  }
}
