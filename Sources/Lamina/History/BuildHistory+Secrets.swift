/// What an object is called may come from a Secret, since replacements write anywhere.
extension BuildHistory {
  /// The identity of a resource without values that were copied from the data of a Secret.
  package func identityWithoutSecrets(of resource: RenderedResource) -> RenderedResource.Identity {
    let id = resource.id
    let metadata = field("metadata", of: resource.root)
    func isHidden(_ key: String, of parent: NodeID?) -> Bool {
      parent.flatMap { field(key, of: $0) }.map(isSecret) == true
    }
    return id.masking(
      apiVersion: isHidden("apiVersion", of: resource.root),
      kind: isHidden("kind", of: resource.root),
      namespace: isHidden("namespace", of: metadata), name: isHidden("name", of: metadata))
  }

  private func field(_ key: String, of mapping: NodeID) -> NodeID? {
    guard tree.shape(mapping) == .mapping else { return nil }
    return tree.children(of: mapping).first { tree.symbols.string(tree.key($0)).hasBytes(of: key) }
  }
}

extension RenderedResource.Identity {
  /// A part of it is not shown.
  package var isMasked: Bool {
    [version, kind, namespace, name].contains(bytesOf: SecretLines.mask)
  }

  /// The identity without some of its parts.
  package func masking(
    apiVersion: Bool, kind: Bool, namespace: Bool, name: Bool
  ) -> RenderedResource.Identity {
    RenderedResource.Identity(
      group: apiVersion ? "" : group, version: apiVersion ? SecretLines.mask : version,
      kind: kind ? SecretLines.mask : self.kind,
      namespace: namespace ? SecretLines.mask : self.namespace,
      name: name ? SecretLines.mask : self.name)
  }
}
