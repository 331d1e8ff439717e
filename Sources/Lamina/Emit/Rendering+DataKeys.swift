/// A key of the data of a ConfigMap or a Secret, and never its value.
package struct DataKey: Sendable {
  @ByteText package private(set) var name: String
  /// Where its value was written: in an object, a patch, a generator or a file that one reads. Nil where no file
  /// holds it.
  package let location: Diagnostic.Location?
}

extension Rendering {
  /// The keys of the objects that have, or had in some layer, a name: as files write it, without the prefix and the
  /// hash that a later step adds.
  ///
  /// A key of a Secret without a value is left out: a line of an env file without `=` may be a part of a value.
  ///
  /// - Parameter kind: `ConfigMap` or `Secret`.
  package func dataKeys(ofKind kind: String, name: String) -> [DataKey] {
    let (tree, symbols) = (stage.tree, stage.tree.symbols)
    guard let kind = symbols.find(Array(kind.utf8).span),
      let name = symbols.find(Array(name.utf8).span)
    else { return [] }
    var keys: [DataKey] = []
    for resource in stage.resources
    where resource.id.type.kind == kind && resource.id.type.group == .empty
      && (resource.id.name == name || resource.formerIDs.contains { $0.name == name })
    {
      for field in [Symbol.data, .binaryData, .stringData] {
        guard let data = tree.field(field, of: resource.root) else { continue }
        for value in tree.children(of: data)
        where tree.shape(data) == .mapping && (kind != .secret || !tree.isNullOrEmpty(value)) {
          keys.append(
            DataKey(name: symbols.string(tree.key(value)), location: stage.location(of: value)))
        }
      }
    }
    return keys
  }
}
