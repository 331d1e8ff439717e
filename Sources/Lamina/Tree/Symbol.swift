/// An interned piece of text: a field's key, a kind, a name.
///
/// Two symbols of one build are equal exactly when their bytes are, so that comparing keys and ids
/// costs one comparison of integers. Swift's `String` compares by canonical equivalence, Go by
/// bytes; kustomize is written in Go.
package struct Symbol: Hashable, NumberedKey {
  let raw: UInt32

  /// The empty text, which also stands for "not there" in ids.
  static let empty = Symbol(raw: 0)

  var isEmpty: Bool { raw == 0 }

  func mix(into hash: inout NumberHash) { hash.combine(UInt64(raw)) }
}

/// Symbols that the renderer itself asks for; each table interns them first, in this order.
extension Symbol {
  package static let apiVersion = Symbol(raw: 1)
  package static let kind = Symbol(raw: 2)
  package static let metadata = Symbol(raw: 3)
  package static let name = Symbol(raw: 4)
  static let namespace = Symbol(raw: 5)
  static let labels = Symbol(raw: 6)
  static let annotations = Symbol(raw: 7)
  static let items = Symbol(raw: 8)
  package static let spec = Symbol(raw: 9)
  static let data = Symbol(raw: 10)
  static let binaryData = Symbol(raw: 11)
  static let stringData = Symbol(raw: 12)
  static let type = Symbol(raw: 13)
  static let immutable = Symbol(raw: 14)
  static let image = Symbol(raw: 15)
  static let containers = Symbol(raw: 16)
  static let initContainers = Symbol(raw: 17)
  static let subjects = Symbol(raw: 18)
  static let roleRef = Symbol(raw: 19)
  static let apiGroup = Symbol(raw: 20)
  static let functionConfig = Symbol(raw: 21)
  static let mergeKey = Symbol(raw: 22)
  static let v1 = Symbol(raw: 23)
  static let configMap = Symbol(raw: 24)
  static let secret = Symbol(raw: 25)
  static let serviceAccount = Symbol(raw: 26)
  static let role = Symbol(raw: 27)
  static let roleBinding = Symbol(raw: 28)
  static let clusterRoleBinding = Symbol(raw: 29)
  static let namespaceKind = Symbol(raw: 30)
  static let customResourceDefinition = Symbol(raw: 31)
  static let defaultNamespace = Symbol(raw: 32)
  static let list = Symbol(raw: 33)
  static let resourceList = Symbol(raw: 34)
  static let apiService = Symbol(raw: 35)
  static let apiRegistration = Symbol(raw: 36)
  /// What stands where a namespace would, in the id of an object that belongs to none.
  static let notANamespace = Symbol(raw: 37)
  static let patchDirective = Symbol(raw: 38)

  fileprivate static let wellKnown: [StaticString] = [
    "", "apiVersion", "kind", "metadata", "name", "namespace", "labels", "annotations", "items",
    "spec", "data", "binaryData", "stringData", "type", "immutable", "image", "containers",
    "initContainers", "subjects", "roleRef", "apiGroup", "functionConfig", "<<", "v1", "ConfigMap",
    "Secret", "ServiceAccount", "Role", "RoleBinding", "ClusterRoleBinding", "Namespace",
    "CustomResourceDefinition", "default", "List", "ResourceList", "APIService",
    "apiregistration.k8s.io", "_non_namespaceable_", "$patch",
  ]
}

/// The texts behind the symbols of a build.
package struct SymbolTable: Sendable {
  private struct Entry {
    let start: UInt32
    let count: UInt32
    /// All of a text of up to eight bytes (see `ShortText`).
    let lastWord: UInt64
  }

  private struct Slot {
    var hash: UInt32 = 0
    /// 0 is a free place, n stands for entry n − 1.
    var number: UInt32 = 0
  }

  private var text: ContiguousArray<UInt8> = []
  private var entries: ContiguousArray<Entry> = []
  /// Open addressing. The size is a power of two.
  private var slots: ContiguousArray<Slot>
  /// API versions that have been cut into group and version (see `groupAndVersion`).
  var apiVersions = NumberTable<Symbol, (group: Symbol, version: Symbol)>()
  /// Drawn anew for each table, so that no file can be written whose keys all collide.
  private let seed: UInt64

  init() {
    slots = ContiguousArray(repeating: Slot(), count: 128)
    seed = UInt64.random(in: 0 ... .max)
    text.reserveCapacity(1024)
    for known in Symbol.wellKnown { _ = intern(known) }
  }

  /// Makes room for texts that will come, so that the table need not grow for them step by step.
  ///
  /// - Parameters:
  ///   - count: how many there will be in all.
  ///   - bytes: how long they are together.
  mutating func reserveCapacity(_ count: Int, bytes: Int) {
    text.reserveCapacity(bytes)
    entries.reserveCapacity(count)
    var size = slots.count
    while size < count * 2 { size *= 2 }
    if size > slots.count { grow(to: size) }
  }

  /// A table that knows not even the well-known symbols, and costs nothing.
  init(ofNothing: Void) {
    slots = []
    seed = 0
  }

  var count: Int { entries.count }

  /// In the order in which they were made, by which each is known.
  var all: some Sequence<Symbol> {
    (0..<UInt32(truncatingIfNeeded: entries.count)).lazy.map { Symbol(raw: $0) }
  }

  /// The symbol of a text, made if this is its first mention.
  mutating func intern(_ bytes: Span<UInt8>) -> Symbol {
    bytes.withUnsafeBytes { bytes in
      let short = ShortText(bytes)
      let hash = short.hash(seed: seed)
      let slot = slot(of: short, hash: hash)
      if slots[slot].number != 0 { return Symbol(raw: slots[slot].number - 1) }
      let symbol = UInt32(truncatingIfNeeded: entries.count)
      entries.append(
        Entry(
          start: UInt32(truncatingIfNeeded: text.count),
          count: UInt32(truncatingIfNeeded: bytes.count), lastWord: short.lastWord))
      text.append(contentsOf: bytes)
      slots[slot] = Slot(hash: hash, number: symbol + 1)
      if entries.count * 2 > slots.count { grow(to: slots.count.grownSize) }
      return Symbol(raw: symbol)
    }
  }

  /// The symbol of a part of a text.
  ///
  /// - Parameter likely: a guess that is cheaper to verify than a full lookup.
  mutating func intern(
    _ text: borrowing ContiguousArray<UInt8>, _ range: Range<Int>, likely: Symbol = .empty
  ) -> Symbol {
    let bytes = text.span.extracting(range)
    let isLikely = bytes.withUnsafeBytes { equals(likely.raw, ShortText($0)) }
    return isLikely ? likely : intern(bytes)
  }

  mutating func intern(_ bytes: ArraySlice<UInt8>) -> Symbol {
    return intern(bytes.span)
  }

  mutating func intern(_ string: String) -> Symbol {
    let bytes = Array(string.utf8)
    return intern(bytes.span)
  }

  mutating func intern(_ string: StaticString) -> Symbol {
    string.withUTF8Buffer { intern($0.span) }
  }

  /// The symbol of a text that some file or table has mentioned, without making one.
  package func find(_ bytes: Span<UInt8>) -> Symbol? {
    bytes.withUnsafeBytes { bytes in
      let short = ShortText(bytes)
      let slot = slot(of: short, hash: short.hash(seed: seed))
      return slots[slot].number == 0 ? nil : Symbol(raw: slots[slot].number - 1)
    }
  }

  /// The place of a text in `slots`, or the free one where it would be put.
  @inline(__always)
  private func slot(of short: ShortText, hash: UInt32) -> Int {
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot].number != 0 {
      if slots[slot].hash == hash, equals(slots[slot].number - 1, short) { break }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  /// Calls `body` with the bytes of a symbol.
  package func withBytes<Result>(of symbol: Symbol, _ body: (Span<UInt8>) -> Result) -> Result {
    let entry = entries[Int(symbol.raw)]
    return body(text.span.extracting(Int(entry.start)..<(Int(entry.start) + Int(entry.count))))
  }

  /// The number of a symbol's bytes.
  func length(of symbol: Symbol) -> Int { Int(entries[Int(symbol.raw)].count) }

  /// Puts the bytes of a symbol behind others.
  func append(_ symbol: Symbol, to bytes: inout ContiguousArray<UInt8>) {
    withBytes(of: symbol) { text in
      text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
    }
  }

  /// Whether the bytes of one symbol come before those of another one.
  func precedes(_ a: Symbol, _ b: Symbol) -> Bool {
    withBytes(of: a) { a in
      withBytes(of: b) { b in
        let shorter = min(a.count, b.count)
        var index = 0
        while index < shorter, a[index] == b[index] { index += 1 }
        return index < shorter ? a[index] < b[index] : a.count < b.count
      }
    }
  }

  package func string(_ symbol: Symbol) -> String {
    String(decoding: bytes(symbol), as: UTF8.self)
  }

  func bytes(_ symbol: Symbol) -> ArraySlice<UInt8> {
    let entry = entries[Int(symbol.raw)]
    return ArraySlice(text[Int(entry.start)..<(Int(entry.start) + Int(entry.count))])
  }

  private func equals(_ candidate: UInt32, _ short: ShortText) -> Bool {
    let entry = entries[Int(candidate)]
    guard entry.lastWord == short.lastWord, Int(entry.count) == short.count else { return false }
    if short.count <= 8 { return true }
    let end = Int(entry.start) + short.count
    return text.withUnsafeBytes { text in
      short.isEqual(UnsafeRawBufferPointer(rebasing: text[Int(entry.start)..<end]))
    }
  }

  private mutating func grow(to size: Int) {
    let old = slots
    slots = ContiguousArray(repeating: Slot(), count: size)
    for known in old where known.number != 0 {
      var slot = Int(known.hash) & (slots.count - 1)
      while slots[slot].number != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = known
    }
  }
}
