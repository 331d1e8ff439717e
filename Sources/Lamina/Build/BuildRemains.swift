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
  /// The places in `resources` that the patches of each file went to, by the number of the file in the sources.
  private(set) var patched: [Int: PatchedPlaces] = [:]
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
    addUses(of: workspace)
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

/// The places that the patches of a file went to.
struct PatchedPlaces: Sendable {
  /// Whether all of them are known, and none of the patches went nowhere.
  var isKnown = true
  var places: Set<Int> = []

  /// More are not built again one by one.
  static let most = 32

  mutating func add(_ use: [Int?]) {
    places.formUnion(use.compactMap(\.self))
    if use.isEmpty || use.contains(nil) || places.count > Self.most { isKnown = false }
    if !isKnown { places = [] }
  }
}

extension BuildRemains {
  private mutating func addUses(of workspace: Workspace) {
    let uses = (workspace.patchUses ?? []).compactMap { use -> (Int, [NodeID])? in
      guard let file = workspace.sources.textPlace(of: use.position)?.file,
        workspace.sources.files[file].sharedPath != nil
      else { return nil }
      return (file, use.roots)
    }
    if uses.isEmpty { return }
    // Those that went to many objects are not looked up.
    let wanted = Set(uses.lazy.filter { $0.1.count <= PatchedPlaces.most }.flatMap(\.1))
    var places: [NodeID: Int] = [:]
    for place in resources.indices where wanted.contains(resources[place].root) {
      places[resources[place].root] = place
    }
    for (file, roots) in uses {
      let isMany = roots.count > PatchedPlaces.most
      patched[file, default: PatchedPlaces()].add(isMany ? [nil] : roots.map { places[$0] })
    }
  }

  /// What the patches of a small build did to objects that have been built again, in the place of what was known of them.
  ///
  /// - Parameters:
  ///   - rebuilt: the places of these objects.
  ///   - uses: by the numbers of the patches' files.
  mutating func replaceUses(at rebuilt: Set<Int>, by uses: [(file: Int, places: [Int])]) {
    for file in patched.keys { patched[file]?.places.subtract(rebuilt) }
    for use in uses where !use.places.isEmpty {
      patched[use.file, default: PatchedPlaces()].add(use.places)
    }
  }

  /// The places that the patches of a file went to; nil where that is not known, or the file is no patch.
  ///
  /// - Parameter files: the numbers of the file in the sources, one for each entry that names it.
  func places(ofPatches files: [Int]) -> Set<Int>? {
    var result: Set<Int> = []
    for file in files {
      guard let known = patched[file], known.isKnown, !known.places.isEmpty else { return nil }
      result.formUnion(known.places)
    }
    return result.isEmpty ? nil : result
  }

  /// The entries that name the files with the objects at some places; nil where another one holds one of them.
  mutating func entries(at places: Set<Int>, in stage: FinalStage) -> Set<Entry>? {
    var roots = Set(places.map { resources[$0].root })
    var result: Set<Entry> = []
    for (number, layer) in layers.enumerated() {
      for (place, resource) in layer.resources.enumerated() {
        guard case .objects(let all, _) = resource, all.contains(where: roots.contains) else {
          continue
        }
        roots.subtract(all)
        result.insert(Entry(layer: number, place: place))
      }
    }
    return roots.isEmpty ? result : nil
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
