/// Trying selectors on resources.
extension CompiledSelector {
  /// Whether a resource is meant (resmap/reswrangler.go `Select`).
  ///
  /// Name and namespace may be those that the resource began with or those it has now; the type is
  /// the one it has now.
  func matches(_ resource: Resource, in tree: Tree) throws(Problem) -> Bool {
    let symbols = tree.symbols
    let id = resource.id
    let original = resource.formerIDs.first
    guard
      matchesNamespace(
        resource.originalEffectiveNamespace, id.effectiveNamespace, in: symbols),
      matchesName(original?.name ?? id.name, id.name, in: symbols),
      matchesType(id.type, symbols)
    else { return false }
    let metadata = tree.lastField(.metadata, of: resource.root)
    let own = metadata.flatMap { tree.lastField(.labels, of: $0) }
    guard try labels.matches(own, in: tree) else { return false }
    return try annotations.matches(
      metadata.flatMap { tree.lastField(.annotations, of: $0) }, in: tree)
  }
}

extension Tree {
  /// Of a key that stands twice, the last field, as kyaml's getters of metadata have it.
  fileprivate func lastField(_ key: Symbol, of mapping: NodeID) -> NodeID? {
    guard shape(mapping) == .mapping else { return nil }
    var result: NodeID?
    var child = first(of: mapping)
    while let current = child {
      if self.key(current) == key { result = current }
      child = next(after: current)
    }
    return result
  }
}
