/// What a type is compared by when types are put in order: its group, version and kind as one text,
/// with words for the parts that are missing.
struct TypeOrder {
  /// Negative for kinds that come first, positive for those that come last, 0 for all others.
  let rank: Int
  let text: [UInt8]

  /// The standard order, in which kinds that others need come first (kyaml resid/gvk.go).
  init(_ type: GroupVersionKind, _ symbols: SymbolTable) {
    let kind = symbols.string(type.kind)
    let standard = LegacySortOptions.standard
    if let place = standard.orderFirst.firstIndex(bytesOf: kind) {
      rank = place - standard.orderFirst.count
    } else {
      rank = (standard.orderLast.firstIndex(bytesOf: kind) ?? -1) + 1
    }
    text = Self.text(type, symbols)
  }

  func precedes(_ other: TypeOrder) -> Bool {
    rank == other.rank ? text.lexicographicallyPrecedes(other.text) : rank < other.rank
  }

  /// `group_version_kind`
  static func text(_ type: GroupVersionKind, _ symbols: SymbolTable) -> [UInt8] {
    func part(_ symbol: Symbol, or none: StaticString) -> [UInt8] {
      symbol.isEmpty ? Array(none.description.utf8) : Array(symbols.bytes(symbol))
    }
    let separator = [UInt8(ascii: "_")]
    return part(type.group, or: "~G") + separator + part(type.version, or: "~V") + separator
      + part(type.kind, or: "~K")
  }
}

/// The places of some types in their order; types that are not told apart share one. What is put in order
/// by its type is compared by these: thousands of objects are of a few dozen types.
struct TypePlaces {
  private var places = NumberTable<GroupVersionKind, Int>()

  /// - Parameters:
  ///   - types: those that are put in order, however often each is named.
  ///   - order: what a type is compared by.
  init<Order>(
    _ types: some Sequence<GroupVersionKind>, by order: (GroupVersionKind) -> Order,
    precedes: (Order, Order) -> Bool
  ) {
    for type in types { places.updateValue(0, forKey: type) }
    let ordered = places.keys.map { (type: $0, order: order($0)) }
      .sorted { precedes($0.order, $1.order) }
    var place = 0
    for (index, item) in ordered.enumerated() {
      if index > 0, precedes(ordered[index - 1].order, item.order) { place += 1 }
      places.updateValue(place, forKey: item.type)
    }
  }

  /// The places in the standard order.
  init(_ types: some Sequence<GroupVersionKind>, _ symbols: SymbolTable) {
    self.init(types, by: { TypeOrder($0, symbols) }, precedes: { $0.precedes($1) })
  }

  subscript(type: GroupVersionKind) -> Int { places[type] ?? 0 }

  /// Puts elements in the order of their types; those of one type stay as they are.
  func sorted<Element>(
    _ elements: [Element], by type: (Element) -> GroupVersionKind
  ) -> [Element] {
    let keys = elements.map { self[type($0)] }
    if zip(keys, keys.dropFirst()).allSatisfy({ $0 <= $1 }) { return elements }
    return elements.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.map { elements[$0] }
  }
}
