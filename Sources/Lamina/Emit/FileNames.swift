/// The names of files when every resource is written to one of its own.
enum FileNames {
  /// `group_version_kind_name.yaml` in lower case, with the namespace in front where the resources
  /// live in more than one (commands/build/writer.go).
  ///
  /// Names may repeat: two resources whose ids differ in capitals only share a file in kustomize as
  /// well.
  static func names(of resources: [Resource], symbols: SymbolTable) -> [String] {
    // Objects without a namespace count as being in "default", cluster-scoped ones in none.
    let namespaces = Set(
      resources.map(\.id.effectiveNamespace).filter { $0 != .notANamespace })
    return resources.map { resource in
      let id = resource.id
      let type = [id.type.group, id.type.version, id.type.kind]
        .filter { !$0.isEmpty }.map { symbols.string($0) }.joined(separator: "_")
      let name = "\(type)_\(symbols.string(id.name)).yaml".lowercasedAsInGo
      if id.isClusterScoped || namespaces.count < 2 { return name }
      return symbols.string(id.effectiveNamespace).lowercasedAsInGo + "_" + name
    }
  }
}
