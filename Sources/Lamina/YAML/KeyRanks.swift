/// How each key of a build is printed, and its place among all keys.
///
/// go-yaml's order of keys is slow to compute (numbers within keys count as numbers). Every distinct
/// key is put in its place once; mappings then sort integers.
struct KeyRanks {
  /// What there is to know of one key, by its symbol's number.
  struct Key {
    /// 0 where no mapping has the key, or where the key has no place of its own: go-yaml's order is
    /// not transitive, and such keys are compared within their mapping (see `keyHasFixedPlace`).
    var rank: UInt32 = 0
    var isSimple = true
    /// The reference can print it at all (see `ScalarRepair`).
    var isReadable = true
    var printed: Range<Int> = 0..<0
    /// The width of the printed key in characters.
    var width = 0
  }

  private var keys: ContiguousArray<Key>
  private(set) var text: [UInt8] = []

  init(_ tree: Tree) {
    keys = ContiguousArray(repeating: Key(), count: tree.symbols.count)
    var used: [Symbol] = []
    for node in tree.nodes where keys[Int(node.key.raw)].rank == 0 {
      keys[Int(node.key.raw)].rank = 1
      used.append(node.key)
    }
    var texts = used.map { ($0, Array(tree.symbols.bytes($0))) }
    let fixed = texts.partition { keyHasFixedPlace($0.1.span) }
    for (symbol, bytes) in texts[..<fixed] { keys[Int(symbol.raw)] = key(bytes, rank: 0) }
    let ordered = texts[fixed...].sorted { keyPrecedes($0.1.span, $1.1.span) }
    for (index, (symbol, bytes)) in ordered.enumerated() {
      keys[Int(symbol.raw)] = key(bytes, rank: UInt32(index) + 1)
    }
  }

  private mutating func key(_ bytes: [UInt8], rank: UInt32) -> Key {
    let isReadable = ScalarRepair.isReadableKey(bytes.span)
    guard ScalarWriter.isSimpleKey(bytes.span) else {
      return Key(rank: rank, isSimple: false, isReadable: isReadable)
    }
    let start = text.count
    ScalarWriter.appendSimpleKey(bytes.span, to: &text)
    let printed = start..<text.count
    let width = text[printed].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    return Key(
      rank: rank, isSimple: true, isReadable: isReadable, printed: printed, width: width)
  }

  /// Whether one key is printed before another.
  func precedes(_ a: Symbol, _ b: Symbol, in symbols: SymbolTable) -> Bool {
    let (first, second) = (self[a].rank, self[b].rank)
    if first != 0, second != 0 { return first < second }
    return symbols.withBytes(of: a) { a in symbols.withBytes(of: b) { b in keyPrecedes(a, b) } }
  }

  subscript(symbol: Symbol) -> Key { keys[Int(symbol.raw)] }
}
