/// The fields of a patch's mapping, each with the field of the object that has the same key.
struct MergedFields {
  struct Field {
    let key: Symbol
    let origin: NodeID
    fileprivate(set) var target: NodeID?
  }

  /// From this number on, keys are looked up in an index.
  private static let manyFields = 24

  private var fields: [Field] = []
  private var places: [Symbol: Int] = [:]

  /// Of two fields with one key the first counts, as everywhere in kyaml.
  init(of origin: NodeID, in tree: borrowing Tree) {
    let isLong = tree.count(of: origin) >= Self.manyFields
    var child = tree.first(of: origin)
    while let current = child {
      child = tree.next(after: current)
      let key = tree.key(current)
      if place(of: key) != nil { continue }
      if isLong { places[key] = fields.count }
      fields.append(Field(key: key, origin: current))
    }
  }

  /// Remembers a field of the object; false where the patch has none of this key.
  mutating func pair(_ target: NodeID, key: Symbol) -> Bool {
    guard let place = place(of: key) else { return false }
    if fields[place].target == nil { fields[place].target = target }
    return true
  }

  /// The fields in the order of the patch, or of the bytes of their keys once they are sorted.
  var inOrder: [Field] { fields }

  /// Nothing is paired any more once the fields are sorted.
  mutating func sort(_ symbols: SymbolTable) {
    fields.sort { symbols.bytes($0.key).lexicographicallyPrecedes(symbols.bytes($1.key)) }
  }

  private func place(of key: Symbol) -> Int? {
    places.isEmpty ? fields.firstIndex { $0.key == key } : places[key]
  }
}
