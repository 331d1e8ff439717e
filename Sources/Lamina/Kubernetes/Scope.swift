/// Which kinds certainly live outside any namespace, for one build.
///
/// Kinds that the table does not know count as namespaced (kyaml openapi.go
/// `IsCertainlyClusterScoped`).
struct ClusterScope: Sendable {
  private var kinds: Set<GroupVersionKind> = []

  /// The kinds of Kubernetes v1.21.2, the version that kustomize knows by default.
  init(symbols: inout SymbolTable) {
    for line in TableLines(ClusterScopeTable.kinds) {
      guard let space = line.firstIndex(of: UInt8(ascii: " ")) else { continue }
      let apiVersion = symbols.intern(line.prefix(upTo: space))
      let kind = symbols.intern(line.suffix(from: space + 1))
      let (group, version) = symbols.groupAndVersion(of: apiVersion)
      kinds.insert(GroupVersionKind(group: group, version: version, kind: kind))
    }
  }

  /// Adds what a user's own schema knows (see `SchemaDocument`).
  mutating func add(_ types: Set<GroupVersionKind>) { kinds.formUnion(types) }

  func contains(_ type: GroupVersionKind) -> Bool { kinds.contains(type) }
}

/// The lines of a generated table.
///
/// Tables are static strings: as literals of structs the same facts take minutes to compile, and
/// reading them costs microseconds.
struct TableLines: Sequence, IteratorProtocol {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0

  init(_ table: StaticString) {
    bytes = UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount)
  }

  mutating func next() -> ArraySlice<UInt8>? {
    guard index < bytes.count else { return nil }
    let rest = bytes[index...]
    let end = rest.firstIndex(of: 0x0A) ?? bytes.endIndex
    index = end + 1
    return ArraySlice(bytes[rest.startIndex..<end])
  }
}

extension SymbolTable {
  mutating func intern(_ bytes: ArraySlice<UInt8>) -> Symbol {
    let copy = Array(bytes)
    return intern(copy.span)
  }
}
