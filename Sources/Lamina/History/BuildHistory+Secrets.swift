/// What an object is called may come from a Secret, since replacements write anywhere.
extension BuildHistory {
  /// The identity of a resource without values that were copied from the data of a Secret.
  package func identityWithoutSecrets(of resource: RenderedResource) -> RenderedResource.Identity {
    let id = resource.id
    let metadata = field("metadata", of: resource.root)
    func shown(_ text: String, _ key: String, of parent: NodeID?) -> String {
      parent.flatMap { field(key, of: $0) }.map(isSecret) == true ? SecretLines.mask : text
    }
    let version = shown(id.version, "apiVersion", of: resource.root)
    return RenderedResource.Identity(
      group: version.hasBytes(of: id.version) ? id.group : "", version: version,
      kind: shown(id.kind, "kind", of: resource.root),
      namespace: shown(id.namespace, "namespace", of: metadata),
      name: shown(id.name, "name", of: metadata))
  }

  private func field(_ key: String, of mapping: NodeID) -> NodeID? {
    guard tree.shape(mapping) == .mapping else { return nil }
    return tree.children(of: mapping).first { tree.symbols.string(tree.key($0)).hasBytes(of: key) }
  }
}
