/// Which kinds certainly live outside any namespace, for one build.
///
/// Kinds that the table does not know count as namespaced (kyaml openapi.go
/// `IsCertainlyClusterScoped`).
struct ClusterScope: Sendable {
  private var kinds = NumberSet<GroupVersionKind>()

  /// The kinds of Kubernetes v1.21.2, the version that kustomize knows by default.
  init(symbols: inout SymbolTable) {
    for type in ClusterScopeTable.kinds {
      kinds.insert(
        GroupVersionKind(
          group: symbols.intern(type.group), version: symbols.intern(type.version),
          kind: symbols.intern(type.kind)))
    }
  }

  /// Adds the kinds that upstream's main branch lists besides
  /// (`precomputedIsNamespaceScoped` in kyaml/openapi/openapi.go).
  mutating func addKindsOfNext(symbols: inout SymbolTable) {
    for type in AdmissionPolicies.types(symbols: &symbols) { kinds.insert(type) }
  }

  /// Adds what a user's own schema knows (see `SchemaDocument`).
  mutating func add(_ types: Set<GroupVersionKind>) { for type in types { kinds.insert(type) } }

  /// Asked once for each resource, when its id is made; the answer is kept in `ResourceID`.
  func contains(_ type: GroupVersionKind) -> Bool { kinds.contains(type) }
}
