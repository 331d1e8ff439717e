/// What is kept of a build beside its rendering, so that a change of a file's objects need not be the reason to build
/// all of the root again (`PartialBuild`).
///
/// Only builds in which objects have nothing to do with each other but by their ids leave anything: no replacements,
/// vars, functions or charts, and no layer that more than one way leads to.
struct BuildRemains: Sendable {
  /// All layers, with the objects of the newest files.
  var layers: [Layer]
  /// After references were written, and before anything was left out or sorted.
  var resources: [Resource]
  /// Which fields name which kinds.
  let references: [NameBackReference]
  /// The number of nodes and bytes of text that the whole build has made.
  var size = (nodes: 0, text: 0)
  /// Where files with objects are listed, by their canonical paths; made when it is first needed.
  private(set) var entries: [ByteText: Entry]?

  /// An entry of `resources` that names a file.
  struct Entry: Sendable, Hashable {
    let layer: Int
    let place: Int
  }

  /// Nil where the build leaves nothing that could be used.
  ///
  /// - Parameter former: the ids of all resources before references were written, which may change them.
  init?(
    _ all: Accumulation, _ graph: LayerGraph, former: [ResourceID], _ workspace: Workspace
  ) {
    let ledger = workspace.tree.ledger
    guard all.variables.isEmpty, workspace.history == nil,
      ledger.isPlain, !graph.isShared.contains(true), !graph.mayPassHashesOn,
      graph.layers[graph.root].kustomization.buildMetadata.options.isEmpty,
      graph.layers.allSatisfy(\.leavesObjectsAlone),
      all.resources.all.elementsEqual(former, by: { $0.id == $1 })
    else { return nil }
    layers = graph.layers
    resources = all.resources.all
    references = all.configuration.nameReference
  }

  /// The entry that names a file with objects; nil where none does, or several do.
  mutating func entry(of path: ByteText, in stage: FinalStage) -> Entry? {
    if let entries { return entries[path] }
    var known: [ByteText: Entry] = [:]
    var repeated: Set<ByteText> = []
    for (number, layer) in layers.enumerated() {
      for (place, resource) in layer.resources.enumerated() {
        guard case .objects(let roots, _) = resource, let root = roots.first,
          let path = stage.sources.file(of: stage.tree.position(root))?.sharedPath
        else { continue }
        let entry = Entry(layer: number, place: place)
        let isSecond = known.updateValue(entry, forKey: ByteText(path)) != nil
        if isSecond { repeated.insert(ByteText(path)) }
      }
    }
    for path in repeated { known[path] = nil }
    entries = known
    return known[path]
  }
}

extension Layer {
  /// No object of the layer depends on more of another one than its id.
  fileprivate var leavesObjectsAlone: Bool {
    directory.source == nil && kustomization.openapi == nil && kustomization.replacements.isEmpty
      && replacements.isEmpty && kustomization.vars.isEmpty && kustomization.helmCharts.isEmpty
      && generators.isEmpty && transformers.isEmpty && validators.isEmpty
  }
}

extension Ledger {
  /// Nothing was noted that rules or messages read.
  var isPlain: Bool { remarks.isEmpty && repetitions.isEmpty && !copiesSecrets }
}
