/// Group, version and kind of a resource, or the part of them that a field spec asks for.
///
/// In a spec an empty field matches anything.
///
/// Comparing types is comparing three integers.
struct GroupVersionKind: Hashable, NumberedKey {
  var group: Symbol
  var version: Symbol
  var kind: Symbol

  func mix(into hash: inout NumberHash) {
    hash.combine(kind, version)
    group.mix(into: &hash)
  }

  static let any = GroupVersionKind(group: .empty, version: .empty, kind: .empty)

  /// Whether a spec's wish matches this type (kyaml resid/gvk.go `IsSelected`).
  func isSelected(by wish: GroupVersionKind) -> Bool {
    (wish.group.isEmpty || wish.group == group)
      && (wish.version.isEmpty || wish.version == version)
      && (wish.kind.isEmpty || wish.kind == kind)
  }
}

/// What tells one resource of a build from all others.
struct ResourceID: Hashable, Sendable {
  var type: GroupVersionKind
  var name: Symbol
  /// As written; empty where the file says nothing.
  var namespace: Symbol
  /// The kind is known to live outside namespaces.
  var isClusterScoped: Bool

  /// The namespace for comparisons: none is `default`, and cluster-scoped kinds share a place of
  /// their own (kyaml resid/resid.go `EffectiveNamespace`).
  var effectiveNamespace: Symbol {
    if isClusterScoped { return .notANamespace }
    return namespace.isEmpty ? .defaultNamespace : namespace
  }

  /// The id by which no two resources of a build may be equal.
  var key: ResourceKey {
    ResourceKey(type: type, name: name, namespace: effectiveNamespace)
  }
}

/// A resource's id with its effective namespace: what kustomize compares ids by.
struct ResourceKey: Hashable, NumberedKey {
  let type: GroupVersionKind
  let name: Symbol
  let namespace: Symbol

  func mix(into hash: inout NumberHash) {
    hash.combine(name, namespace)
    type.mix(into: &hash)
  }
}

/// A name, kind and effective namespace that a resource had before a step changed one of them.
struct FormerID: Hashable, Sendable {
  let name: Symbol
  let kind: Symbol
  let namespace: Symbol
}

extension SymbolTable {
  /// Cuts `apps/v1` in two; without a slash all of it is the version.
  ///
  /// Kept in the symbol table, since every object of a build asks and few API versions are used.
  mutating func groupAndVersion(of apiVersion: Symbol) -> (group: Symbol, version: Symbol) {
    if let known = apiVersions[apiVersion] { return known }
    let bytes = Array(bytes(apiVersion))
    var parts = (group: Symbol.empty, version: apiVersion)
    if let slash = bytes.firstIndex(of: UInt8(ascii: "/")) {
      parts.group = intern(bytes.span.extracting(0..<slash))
      parts.version = intern(bytes.span.extracting((slash + 1)..<bytes.count))
    }
    apiVersions.updateValue(parts, forKey: apiVersion)
    return parts
  }

  /// `Kind.version.group/name.namespace`, with words where a part is empty, as kustomize writes ids
  /// in its messages.
  func describe(_ id: ResourceID) -> String {
    let name = id.name.isEmpty ? "[noName]" : string(id.name)
    let namespace = id.namespace.isEmpty ? "[noNs]" : string(id.namespace)
    return "\(describe(id.type))/\(name).\(namespace)"
  }

  func describe(_ type: GroupVersionKind) -> String {
    let kind = type.kind.isEmpty ? "[noKind]" : string(type.kind)
    let version = type.version.isEmpty ? "[noVer]" : string(type.version)
    let group = type.group.isEmpty ? "[noGrp]" : string(type.group)
    return "\(kind).\(version).\(group)"
  }
}
