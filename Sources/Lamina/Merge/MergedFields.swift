/// The fields of a patch's mappings, each with the field of the object that has the same key.
///
/// One list has the fields of all mappings that are being merged: those of an inner mapping stand behind
/// those of the one around it, and go when it is done with.
struct MergedFields {
  /// A field of the patch and its counterpart: nil while, or if, the object has none.
  struct Field {
    let key: Symbol
    let origin: NodeID
    fileprivate(set) var target: NodeID?
  }

  /// The part that one mapping has of the list.
  struct Section {
    let places: Range<Int>
    /// The places by key, where there are many.
    fileprivate let index: NumberTable<Symbol, Int>?
  }

  /// From this number on, keys are looked up in an index.
  private static let manyFields = 24

  private var fields: ContiguousArray<Field> = []

  init() { fields.reserveCapacity(16) }

  subscript(place: Int) -> Field { fields[place] }

  /// Puts the fields of a mapping behind all others. Of two fields with one key the first counts, as
  /// everywhere in kyaml.
  mutating func push(fieldsOf origin: NodeID, in tree: borrowing Tree) -> Section {
    let start = fields.count
    var index: NumberTable<Symbol, Int>?
    if tree.count(of: origin) >= Self.manyFields { index = NumberTable() }
    var child = tree.first(of: origin)
    while let current = child {
      child = tree.next(after: current)
      let key = tree.key(current)
      if place(of: key, from: start, index) != nil { continue }
      index?.updateValue(fields.count, forKey: key)
      fields.append(Field(key: key, origin: current))
    }
    return Section(places: start..<fields.count, index: index)
  }

  /// Takes the fields of a mapping off, which have to be the last.
  mutating func pop(_ section: Section) {
    for _ in section.places { fields.removeLast() }
  }

  /// Remembers a field of the object; false where the patch has none of this key.
  ///
  /// Of two fields of the object with the same key, the first is merged and the second stays as it
  /// is.
  mutating func pair(_ target: NodeID, key: Symbol, in section: Section) -> Bool {
    guard let place = place(of: key, from: section.places.lowerBound, section.index) else {
      return false
    }
    if fields[place].target == nil { fields[place].target = target }
    return true
  }

  /// Brings the fields into the order of the bytes of their keys. Nothing can be paired any more.
  mutating func sort(_ section: Section, _ symbols: borrowing SymbolTable) {
    fields[section.places].sort { symbols.precedes($0.key, $1.key) }
  }

  private func place(of key: Symbol, from start: Int, _ index: NumberTable<Symbol, Int>?) -> Int? {
    if let index { return index[key] }
    var place = start
    while place < fields.count {
      if fields[place].key == key { return place }
      place += 1
    }
    return nil
  }
}
