/// The words that the layers of a build put into namespaces and names.
package struct LayerWords: Sendable {
  /// The values of `namespace`.
  package var namespaces: [String] = []
  /// With the sign at the end that sets them apart from the name.
  package var prefixes: [String] = []
  /// With the sign at the start that sets them apart from the name.
  package var suffixes: [String] = []
}

extension Rendering {
  /// The words of all layers. Prefixes and suffixes without a sign between them and the name cannot be
  /// found in a text, and are left out.
  package var layerWords: LayerWords {
    var words = LayerWords()
    for layer in stage.layers {
      let kustomization = layer.kustomization
      words.namespaces += [kustomization.namespace].compactMap { $0?.text }
      words.prefixes += [kustomization.namePrefix].compactMap { $0?.text }
        .filter { $0.ends(with: "-") || $0.ends(with: ".") }
      words.suffixes += [kustomization.nameSuffix].compactMap { $0?.text }
        .filter { $0.begins(with: "-") || $0.begins(with: ".") }
    }
    return words
  }
}
