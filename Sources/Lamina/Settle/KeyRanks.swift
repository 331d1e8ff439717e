/// How each key of a build is printed, and its place among all keys.
///
/// go-yaml's order of keys is slow to compute (numbers within keys count as numbers). Every distinct
/// key is put in its place once; mappings then sort integers.
///
/// A rank is the place of a key among all keys of the tree, from 1. The printed text of each key is
/// kept, too, as it is the same wherever the key stands.
struct KeyRanks {
  /// What there is to know of one key, by its symbol's number.
  struct Key {
    /// 0 where no mapping has the key, where it cannot be printed, where it is not simple, so that `Settling` looks
    /// at it, or where it has no place of its own: go-yaml's order is not transitive, and such keys are compared
    /// within their mapping (see `keyHasFixedPlace`).
    var rank: UInt32 = 0
    /// Where the printed key stands in the text of all keys, with its colon.
    fileprivate(set) var start: UInt32 = 0
    fileprivate(set) var end: UInt32 = 0
    /// The width of the printed key in characters, without the colon.
    fileprivate(set) var width: UInt32 = 0
    var isSimple = true
    /// The reference can print it at all (see `ScalarRepair`).
    var isReadable = true
  }

  /// By the number of the symbol; symbols that are no keys have the default.
  private var keys: ContiguousArray<Key>
  /// The printed keys, one behind the other.
  private var text: [UInt8] = []

  /// Looks at every node once, to find the symbols that are keys.
  init(_ tree: Tree) {
    keys = ContiguousArray(repeating: Key(), count: tree.symbols.count)
    var used: [Symbol] = []
    for node in tree.nodes where keys[Int(node.key.raw)].rank == 0 {
      keys[Int(node.key.raw)].rank = 1
      used.append(node.key)
    }
    var fixed: [SortableKey] = []
    for symbol in used {
      tree.symbols.withBytes(of: symbol) { bytes in
        keys[Int(symbol.raw)] = key(bytes)
        let known = keys[Int(symbol.raw)]
        if known.isReadable, known.isSimple, keyHasFixedPlace(bytes) {
          fixed.append(SortableKey(symbol, bytes))
        }
      }
    }
    fixed.sort { $0.precedes($1, in: tree.symbols) }
    for (index, place) in fixed.enumerated() {
      keys[Int(place.key.raw)].rank = UInt32(truncatingIfNeeded: index) + 1
    }
  }

  /// Takes in the keys that have come into the tree since. They have no rank.
  mutating func addKeys(of symbols: SymbolTable) {
    while keys.count < symbols.count {
      keys.append(symbols.withBytes(of: Symbol(raw: UInt32(keys.count))) { key($0) })
    }
  }

  /// Prints a key and measures it. One that is not simple is printed where it stands
  /// (`TreePrinter`).
  private mutating func key(_ bytes: Span<UInt8>) -> Key {
    var key = Key()
    key.isReadable = ScalarRepair.isReadableKey(bytes)
    key.isSimple = ScalarWriter.isSimpleKey(bytes)
    guard key.isSimple else { return key }
    let start = text.count
    ScalarWriter.appendSimpleKey(bytes, to: &text)
    let width = text[start...].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    text.append(UInt8(ascii: ":"))
    key.start = UInt32(truncatingIfNeeded: start)
    key.end = UInt32(truncatingIfNeeded: text.count)
    key.width = UInt32(truncatingIfNeeded: width)
    return key
  }

  /// Whether one key is printed before another.
  func precedes(_ a: Symbol, _ b: Symbol, in symbols: SymbolTable) -> Bool {
    let (first, second) = (self[a].rank, self[b].rank)
    if first != 0, second != 0 { return first < second }
    return symbols.withBytes(of: a) { a in symbols.withBytes(of: b) { b in keyPrecedes(a, b) } }
  }

  @inline(__always)
  subscript(symbol: Symbol) -> Key { keys[Int(symbol.raw)] }

  /// Appends a simple key and its colon.
  @inline(__always)
  func append(_ key: Key, to out: inout ByteBuffer) {
    out.append(text.span.extracting(Int(key.start)..<Int(key.end)))
  }
}
