/// One directory with a kustomization: a base, an overlay or a component.
struct Layer: Sendable {
  let kustomization: Kustomization
  /// Reads further files that the kustomization names.
  let directory: DirectoryReader
  /// The path of the kustomization file, for messages.
  let path: String
  /// The name of the kustomization file.
  var fileName: String { Path.lastPart(path) }
  let resources: [LayerResource]
  let patches: LayerPatches
  /// Replacements, those of files among them.
  let replacements: [Replacement]
  /// Components by their place in the graph.
  let components: [Int]
  /// The objects that `generators`, `transformers` and `validators` name or hold.
  var generators: [LayerResource] = []
  var transformers: [LayerResource] = []
  var validators: [LayerResource] = []
  var configurations: [WrittenConfiguration] = []
  var crds: [WrittenConfiguration] = []
  /// More than one way leads here from the root, so that everything below must be copied for each.
  var isShared = false
}

/// The patches of a layer, in the order of their fields.
struct LayerPatches: Sendable {
  var strategicMerge: [StrategicPatch] = []
  var patches: [LoadedPatch] = []
  var json6902: [JSONPatch] = []
}

/// What an entry of `resources` turned out to be.
enum LayerResource: Sendable {
  /// Objects of a file, and the entry that names it.
  case objects([NodeID], Kustomization.Entry)
  /// Objects that stand in the kustomization itself.
  case inline([NodeID], Position)
  /// Another layer by its place in the graph.
  case layer(Int, Kustomization.Entry)
}

/// All layers below a root, each read and parsed once. Children come before their parents.
struct LayerGraph: Sendable {
  var layers: [Layer]

  var root: Int { layers.count - 1 }

  init(_ layers: [Layer]) {
    self.layers = layers
    markShared()
  }

  private mutating func markShared() {
    var references = [Int](repeating: 0, count: layers.count)
    for index in layers.indices.reversed() {
      for child in children(of: index) {
        references[child] += 1
        if references[child] > 1 || layers[index].isShared { layers[child].isShared = true }
      }
    }
  }

  private func children(of index: Int) -> [Int] {
    let layer = layers[index]
    let entries = layer.resources + layer.generators + layer.transformers + layer.validators
    return layer.components
      + entries.compactMap { if case .layer(let child, _) = $0 { child } else { nil } }
  }
}
