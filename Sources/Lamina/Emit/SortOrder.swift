/// The order in which resources are printed.
///
/// `legacy`, the default, goes by kind, group and version, then by namespace and name; `fifo` leaves
/// the order of the files (builtins/SortOrderTransformer.go).
struct SortOrder {
  /// The places of kinds: negative for those that come first, positive for those that come last,
  /// none (as 0) for all others in between.
  private let ranks: NumberTable<Symbol, Int>

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
    default: throw .unknownOrder(options)
    }
  }

  /// A kind in both lists comes last, as the second entry overwrites the first
  /// (builtins/SortOrderTransformer.go `newLegacyIDSorter`).
  private init(_ options: LegacySortOptions, _ symbols: inout SymbolTable) {
    var ranks = NumberTable<Symbol, Int>()
    for (index, kind) in options.orderFirst.enumerated() {
      ranks.updateValue(index - options.orderFirst.count, forKey: symbols.intern(kind))
    }
    for (index, kind) in options.orderLast.enumerated() {
      ranks.updateValue(index + 1, forKey: symbols.intern(kind))
    }
    self.ranks = ranks
  }

  /// What one resource is compared by.
  private struct Key {
    /// The place of its type among all types.
    let type: Int
    let namespace: Symbol
    let name: Symbol
    /// Where the resource stands now.
    let place: Int
  }

  /// The places where the resources stand, in the order in which they are to be.
  ///
  /// Types are ranked once for each different type and not for each comparison; a resource is then
  /// compared by integers, and by texts only against others of its type. The current place breaks
  /// ties.
  func places(of resources: [Resource], symbols: SymbolTable) -> [Int] {
    let types = TypePlaces(
      resources.lazy.map(\.id.type), by: { (type: $0, text: TypeOrder.text($0, symbols)) },
      precedes: precedes)
    var keys = resources.indices.map { place in
      let id = resources[place].id
      return Key(type: types[id.type], namespace: id.namespace, name: id.name, place: place)
    }
    keys.sort { a, b in
      if a.type != b.type { return a.type < b.type }
      return Self.nameComparison(a, b, symbols) ?? (a.place < b.place)
    }
    return keys.map(\.place)
  }

  // MARK: - Types

  /// Source: builtins/SortOrderTransformer.go `gvkLessThan`.
  private func precedes(
    _ a: (type: GroupVersionKind, text: [UInt8]), _ b: (type: GroupVersionKind, text: [UInt8])
  ) -> Bool {
    let (first, second) = (ranks[a.type.kind] ?? 0, ranks[b.type.kind] ?? 0)
    if first != second { return first < second }
    // The core `Namespace` stands before those of other groups, against the order of the letters.
    if a.type.kind == .namespaceKind, b.type.kind == .namespaceKind,
      a.type.group.isEmpty || b.type.group.isEmpty
    {
      return b.text.lexicographicallyPrecedes(a.text)
    }
    return a.text.lexicographicallyPrecedes(b.text)
  }

  // MARK: - Names

  /// Whether the first key's `namespace|name` precedes the second one's; nil where they are the same.
  ///
  /// Source: builtins/SortOrderTransformer.go `legacyResIDSortString`, which puts `~X` and `~N` for
  /// what is missing. The common case, two names in one namespace, needs no text to be put
  /// together.
  private static func nameComparison(_ a: Key, _ b: Key, _ symbols: SymbolTable) -> Bool? {
    if a.namespace == b.namespace {
      if a.name == b.name { return nil }
      if !a.name.isEmpty, !b.name.isEmpty { return symbols.precedes(a.name, b.name) }
      return nameText(a, symbols).lexicographicallyPrecedes(nameText(b, symbols))
    }
    let first = namespaceText(a, symbols) + nameText(a, symbols)
    let second = namespaceText(b, symbols) + nameText(b, symbols)
    return first.elementsEqual(second) ? nil : first.lexicographicallyPrecedes(second)
  }

  /// With the separator, which takes part in the comparison: `a|` comes after `a-b|`.
  private static func namespaceText(_ key: Key, _ symbols: SymbolTable) -> ArraySlice<UInt8> {
    (key.namespace.isEmpty ? ArraySlice("~X".utf8) : symbols.bytes(key.namespace))
      + CollectionOfOne(UInt8(ascii: "|"))
  }

  private static func nameText(_ key: Key, _ symbols: SymbolTable) -> ArraySlice<UInt8> {
    key.name.isEmpty ? ArraySlice("~N".utf8) : symbols.bytes(key.name)
  }
}

extension Problem {
  fileprivate static func orderGivenTwice(at position: Position) -> Problem {
    Problem(
      .orderGivenTwice, "'sortOptions' sets the order; the order asked for elsewhere has no effect",
      at: position)
  }

  fileprivate static func unknownOrder(_ options: SortOptions) -> Problem {
    Problem(
      .unknownSortOrder, "the field 'sortOptions.order' must be one of [fifo, legacy]",
      at: options.order == nil ? options.position : options.orderPosition,
      hint: Suggestion.hint(for: options.order ?? "", among: ["fifo", "legacy"]))
  }

  fileprivate static func legacyOptionsWithFIFO(at position: Position) -> Problem {
    Problem(
      .unusedLegacySortOptions,
      "the field 'sortOptions.legacySortOptions' is set but the selected sort order is 'fifo', not 'legacy'",
      at: position)
  }
}
