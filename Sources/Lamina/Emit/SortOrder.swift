/// The order in which resources are printed.
///
/// `legacy`, the default, goes by kind, group and version, then by namespace and name; `fifo` leaves
/// the order of the files (builtins/SortOrderTransformer.go).
struct SortOrder {
  private let options: LegacySortOptions

  /// The order that a kustomization's options ask for, else the one that the caller wants; nil leaves
  /// the resources where they are.
  static func make(
    _ options: SortOptions?, orElse reordering: Reordering?, _ workspace: inout Workspace
  ) throws(Problem) -> SortOrder? {
    guard let options else {
      if reordering == .fileOrder { return nil }
      return SortOrder(options: .standard)
    }
    if reordering != nil { workspace.warnings.append(.orderGivenTwice(at: options.position)) }
    switch options.order ?? "" {
    case "fifo":
      if options.legacy != nil { throw .legacyOptionsWithFIFO(at: options.position) }
      return nil
    case "legacy":
      return SortOrder(options: options.legacy ?? .standard)
    default: throw .unknownOrder(options)
    }
  }

  /// The places of kinds: negative for those that come first, positive for those that come last,
  /// none (as 0) for all others in between.
  ///
  /// A kind in both lists comes last, as the second entry overwrites the first
  /// (builtins/SortOrderTransformer.go `newLegacyIDSorter`).
  private func ranks(_ symbols: SymbolTable) -> NumberTable<Symbol, Int> {
    var ranks = NumberTable<Symbol, Int>()
    // No resource has a kind that the build has no symbol for.
    func rank(_ kind: String, _ rank: Int) {
      guard let kind = symbols.find(Array(kind.utf8).span) else { return }
      ranks.updateValue(rank, forKey: kind)
    }
    for (index, kind) in options.orderFirst.enumerated() {
      rank(kind, index - options.orderFirst.count)
    }
    for (index, kind) in options.orderLast.enumerated() { rank(kind, index + 1) }
    return ranks
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
    // Most of the work for one resource would be to make the tables.
    if resources.count < 2 { return Array(resources.indices) }
    let ranks = ranks(symbols)
    let types = TypePlaces(
      resources.lazy.map(\.id.type), by: { (type: $0, text: TypeOrder.text($0, symbols)) },
      precedes: { Self.precedes($0, $1, ranks) })
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
  private static func precedes(
    _ a: (type: GroupVersionKind, text: [UInt8]), _ b: (type: GroupVersionKind, text: [UInt8]),
    _ ranks: NumberTable<Symbol, Int>
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
