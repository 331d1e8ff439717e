/// What a type is compared by when types are put in order: its group, version and kind as one text,
/// with words for the parts that are missing.
struct TypeOrder {
  let rank: Int
  let text: [UInt8]

  /// The standard order, in which kinds that others need come first (kyaml resid/gvk.go).
  init(_ type: GroupVersionKind, _ symbols: SymbolTable) {
    let kind = symbols.string(type.kind)
    let standard = LegacySortOptions.standard
    if let place = standard.orderFirst.firstIndex(of: kind) {
      rank = place - standard.orderFirst.count
    } else {
      rank = (standard.orderLast.firstIndex(of: kind) ?? -1) + 1
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
