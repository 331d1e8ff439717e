/// An interned piece of text: a field's key, a kind, a name.
///
/// Two symbols of one build are equal exactly when their bytes are, so that comparing keys and ids
/// costs one comparison of integers. Swift's `String` compares by canonical equivalence, Go by
/// bytes; kustomize is written in Go.
struct Symbol: Hashable, NumberedKey {
  let raw: UInt32

  /// The empty text, which also stands for "not there" in ids.
  static let empty = Symbol(raw: 0)

  var isEmpty: Bool { raw == 0 }

  func mix(into hash: inout NumberHash) { hash.combine(UInt64(raw)) }
}

/// Symbols that the renderer itself asks for; each table interns them first, in this order.
extension Symbol {
  static let apiVersion = Symbol(raw: 1)
  static let kind = Symbol(raw: 2)
  static let metadata = Symbol(raw: 3)
  static let name = Symbol(raw: 4)
  static let namespace = Symbol(raw: 5)
  static let labels = Symbol(raw: 6)
  static let annotations = Symbol(raw: 7)
  static let items = Symbol(raw: 8)
  static let spec = Symbol(raw: 9)
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
struct SymbolTable: Sendable {
  private struct Entry {
    var start: UInt32
    var count: UInt32
    var hash: UInt32
  }

  private var text: ContiguousArray<UInt8> = []
  private var entries: ContiguousArray<Entry> = []
  /// Open addressing; 0 is a free place, n stands for entry n − 1. The size is a power of two.
  private var slots: ContiguousArray<UInt32>
  /// API versions that have been cut into group and version (see `groupAndVersion`).
  var apiVersions = NumberTable<Symbol, (group: Symbol, version: Symbol)>()
  /// Drawn anew for each table, so that no file can be written whose keys all collide.
  private let seed: UInt64

  init() {
    slots = ContiguousArray(repeating: 0, count: 512)
    seed = UInt64.random(in: 0 ... .max)
    text.reserveCapacity(4096)
    for known in Symbol.wellKnown { _ = intern(known) }
  }

  var count: Int { entries.count }

  /// The symbol of a text, made if this is its first mention.
  mutating func intern(_ bytes: Span<UInt8>) -> Symbol {
    let hash = Self.hash(bytes, seed: seed)
    let slot = slot(of: bytes, hash: hash)
    if slots[slot] != 0 { return Symbol(raw: slots[slot] - 1) }
    let symbol = UInt32(entries.count)
    entries.append(
      Entry(start: UInt32(truncatingIfNeeded: text.count), count: UInt32(bytes.count), hash: hash))
    bytes.withUnsafeBufferPointer { text.append(contentsOf: $0) }
    slots[slot] = symbol + 1
    if entries.count * 2 > slots.count { grow() }
    return Symbol(raw: symbol)
  }

  /// The symbol of a part of a text.
  ///
  /// - Parameter likely: what it probably is, which is less work to find out than to look for it.
  mutating func intern(
    _ text: borrowing ContiguousArray<UInt8>, _ range: Range<Int>, likely: Symbol = .empty
  ) -> Symbol {
    let bytes = text.span.extracting(range)
    return equals(likely.raw, bytes) ? likely : intern(bytes)
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
  func find(_ bytes: Span<UInt8>) -> Symbol? {
    let slot = slot(of: bytes, hash: Self.hash(bytes, seed: seed))
    return slots[slot] == 0 ? nil : Symbol(raw: slots[slot] - 1)
  }

  /// The place of a text in `slots`, or the free one where it would be put.
  private func slot(of bytes: Span<UInt8>, hash: UInt32) -> Int {
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let candidate = slots[slot] - 1
      if entries[Int(candidate)].hash == hash, equals(candidate, bytes) { break }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  /// Calls `body` with the bytes of a symbol.
  func withBytes<Result>(of symbol: Symbol, _ body: (Span<UInt8>) -> Result) -> Result {
    let entry = entries[Int(symbol.raw)]
    return body(text.span.extracting(Int(entry.start)..<Int(entry.start + entry.count)))
  }

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

  func string(_ symbol: Symbol) -> String {
    String(decoding: bytes(symbol), as: UTF8.self)
  }

  func bytes(_ symbol: Symbol) -> ArraySlice<UInt8> {
    let entry = entries[Int(symbol.raw)]
    return ArraySlice(text[Int(entry.start)..<Int(entry.start + entry.count)])
  }

  private func equals(_ candidate: UInt32, _ bytes: Span<UInt8>) -> Bool {
    let entry = entries[Int(candidate)]
    guard Int(entry.count) == bytes.count else { return false }
    return text.withUnsafeBytes { text in
      let known = UnsafeRawBufferPointer(rebasing: text.dropFirst(Int(entry.start)))
      return bytes.withUnsafeBytes { Self.begins(known, with: $0) }
    }
  }

  /// Whether the first text begins with the second one.
  private static func begins(
    _ known: UnsafeRawBufferPointer, with wanted: UnsafeRawBufferPointer
  ) -> Bool {
    var index = 0
    while index + 8 <= wanted.count {
      let (a, b) = (
        known.loadUnaligned(fromByteOffset: index, as: UInt64.self),
        wanted.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      )
      if a != b { return false }
      index += 8
    }
    while index < wanted.count {
      if known[index] != wanted[index] { return false }
      index += 1
    }
    return true
  }

  private mutating func grow() {
    slots = ContiguousArray(repeating: 0, count: slots.count * 4)
    for (index, entry) in entries.enumerated() {
      var slot = Int(entry.hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(index) + 1
    }
  }

  /// Takes eight bytes at a time. The two halves of a product with a secret number are put together, so
  /// that no difference between two texts can be undone by another one further on.
  private static func hash(_ bytes: Span<UInt8>, seed: UInt64) -> UInt32 {
    bytes.withUnsafeBytes { bytes in
      let secret = seed | 1
      var state = seed ^ UInt64(truncatingIfNeeded: bytes.count)
      var index = 0
      func mix(_ word: UInt64) {
        let product = (state ^ word).multipliedFullWidth(by: secret)
        state = product.high ^ product.low
      }
      while index + 8 <= bytes.count {
        mix(bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        index += 8
      }
      var rest: UInt64 = 0
      while index < bytes.count {
        rest = rest << 8 | UInt64(bytes[index])
        index += 1
      }
      mix(rest)
      return UInt32(truncatingIfNeeded: state ^ (state >> 32))
    }
  }
}
