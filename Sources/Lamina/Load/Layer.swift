/// One directory with a kustomization: a base, an overlay or a component.
///
/// An object, of which calls that are nested as deep as the layers are need one reference each.
final class Layer: Sendable {
  /// What the file says.
  let kustomization: Kustomization
  /// Reads further files that the kustomization names.
  let directory: DirectoryReader
  /// The path of the kustomization file, for messages.
  let path: String
  /// The name of the kustomization file.
  var fileName: String { Path.lastPart(path) }
  /// The kustomization file by its number in the sources.
  let file: Int
  /// The document of the kustomization file, of which rules read how it is written; nil for an empty one.
  let document: NodeID?
  /// In the order of the entries; layers among them come before this one in the graph.
  let resources: [LayerResource]
  let patches: LayerPatches
  /// Replacements, those of files among them.
  let replacements: [Replacement]
  /// Components by their place in the graph.
  let components: [Int]
  /// The objects that `generators`, `transformers` and `validators` name or hold.
  let generators: [LayerResource]
  let transformers: [LayerResource]
  let validators: [LayerResource]
  let configurations: [WrittenConfiguration]
  let crds: [WrittenConfiguration]

  init(
    kustomization: Kustomization, directory: DirectoryReader, path: String, file: Int,
    document: NodeID?, resources: [LayerResource], patches: LayerPatches,
    replacements: [Replacement],
    components: [Int], configurations: [WrittenConfiguration], crds: [WrittenConfiguration],
    generators: [LayerResource], transformers: [LayerResource], validators: [LayerResource]
  ) {
    self.kustomization = kustomization
    self.directory = directory
    self.path = path
    self.file = file
    self.document = document
    self.resources = resources
    self.patches = patches
    self.replacements = replacements
    self.components = components
    self.configurations = configurations
    self.crds = crds
    self.generators = generators
    self.transformers = transformers
    self.validators = validators
  }
}

/// The patches of a layer, in the order of their fields.
struct LayerPatches: Sendable {
  var strategicMerge: [StrategicPatch] = []
  /// At the same places as the entries of `patches`, and so `json6902` as those of
  /// `patchesJson6902`.
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
  let layers: [Layer]
  /// The layers to which more than one way leads from the root, so that everything below must be copied
  /// for each.
  private(set) var isShared: [Bool]

  var root: Int { layers.count - 1 }

  init(_ layers: [Layer]) {
    self.layers = layers
    isShared = Array(repeating: false, count: layers.count)
    markShared()
  }

  /// Parents are looked at before their children, so that a child of a shared layer is known to be
  /// shared as well.
  private mutating func markShared() {
    var references = [Int](repeating: 0, count: layers.count)
    for index in layers.indices.reversed() {
      for child in children(of: index) {
        references[child] += 1
        if references[child] > 1 || isShared[index] { isShared[child] = true }
      }
    }
  }

  /// The layers that a layer stands on, once for each entry that names them.
  private func children(of index: Int) -> [Int] {
    let layer = layers[index]
    let entries = layer.resources + layer.generators + layer.transformers + layer.validators
    return layer.components
      + entries.compactMap { if case .layer(let child, _) = $0 { child } else { nil } }
  }
}

extension LayerGraph {
  /// An object of another kind than ConfigMap and Secret may get a content hash without asking for it, which covers how
  /// kustomize has made it (`NodeHistory`): a generated object that changes its kind, or one that gets the annotations
  /// of a generated one.
  var mayPassHashesOn: Bool {
    layers.contains { $0.generates } && layers.contains { $0.mayPassHashesOn }
  }
}

extension Layer {
  fileprivate var generates: Bool {
    !kustomization.configMapGenerator.isEmpty || !kustomization.secretGenerator.isEmpty
      || !generators.isEmpty
  }

  fileprivate var mayPassHashesOn: Bool {
    kustomization.patches.contains { $0.allowKindChange }
      || patches.json6902.contains { $0.touches([.kind]) }
      || patches.patches.contains { $0.changesKinds }
      || replacements.contains { $0.mayPassHashesOn }
  }
}

extension LoadedPatch {
  fileprivate var changesKinds: Bool {
    if case .json(let patch) = self { patch.touches([.kind]) } else { false }
  }
}

extension Replacement {
  fileprivate var mayPassHashesOn: Bool {
    let copied = source?.fieldPath.text
    if copied == "metadata" || copied == "metadata.annotations" { return true }
    return targets?.contains { $0.fieldPaths.contains { $0.text == "kind" } } == true
  }
}
