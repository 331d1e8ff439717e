internal import Synchronization

/// Builds a root again where nothing has changed but the objects of some files.
///
/// A small build reads all kustomizations and patches, and of the files with objects only those that have changed. What
/// it makes of them takes the place of the old objects in a copy of the last build's tree; references are written
/// there, where all ids are known, and only the new objects are printed.
///
/// That gives what a whole build gives if the new objects mean to the others what the old ones meant. So the same small
/// build is done with the files as they were, and both have to agree on the ids of the objects, and on the entries that
/// find nothing to change. Whatever is in doubt is left to a whole build, errors among it: their words name what is
/// near. `PartialBuildTests` compares both after random edits.
///
/// A changed file of a patch counts as a change of the objects that the patch went to: the files with these are built
/// again, with the patch as it is and as it was. It goes to no others now: its id has to be the same, and what a target
/// selects changes only where the patch has changed an object before.
struct PartialBuild {
  private let renderer: Renderer
  private let shared: SharedFiles
  private let old: FinalStage
  private var remains: BuildRemains

  /// The files with objects that are built again, in the order in which they are read.
  private var changed: [(path: ByteText, entry: BuildRemains.Entry)] = []
  /// The files of patches that have changed, with their numbers in the sources, one for each entry that names them.
  private var patches: [(path: ByteText, files: [Int])] = []

  /// More at once are left to a whole build.
  private static let mostFiles = 8

  /// Nil where something else has changed than the objects of a few files, and patches of a few objects.
  ///
  /// - Parameter files: what the root reads and has changed, by canonical paths.
  init?(
    _ renderer: Renderer, _ shared: SharedFiles, _ old: Rendering, _ remains: BuildRemains,
    changed files: Set<ByteText>
  ) {
    guard !files.isEmpty, files.count <= Self.mostFiles else { return nil }
    // What has been replaced stays in the tree.
    guard old.stage.tree.nodes.count < remains.size.nodes + remains.size.nodes / 4 + 10_000,
      old.stage.tree.text.count < remains.size.text + remains.size.text / 4 + 100_000
    else { return nil }
    (self.renderer, self.shared, self.old, self.remains) = (renderer, shared, old.stage, remains)
    var entries: Set<BuildRemains.Entry> = []
    for path in files {
      if let entry = self.remains.entry(of: path, in: old.stage) {
        entries.insert(entry)
        continue
      }
      let numbers = self.old.sources.files.indices.filter {
        self.old.sources.files[$0].isShared(path)
      }
      guard let places = self.remains.places(ofPatches: numbers),
        let targets = self.remains.entries(at: places, in: old.stage)
      else { return nil }
      patches.append((path, numbers))
      entries.formUnion(targets)
    }
    guard entries.count <= Self.mostFiles else { return nil }
    for entry in entries {
      // A file that several entries name has none.
      guard let path = self.file(of: entry).flatMap({ self.old.sources.files[$0].sharedPath }),
        self.remains.entry(of: ByteText(path), in: old.stage) == entry
      else { return nil }
      changed.append((ByteText(path), entry))
    }
    changed.sort { ($0.entry.layer, $0.entry.place) < ($1.entry.layer, $1.entry.place) }
  }

  /// The rendering; nil where only a whole build can tell.
  func render(
    _ directory: String, displayPath: String, _ watch: BuildWatch?, after rendering: Rendering
  ) -> (Rendering, BuildRemains)? {
    var before: [ByteText: [UInt8]] = [:]
    for (path, entry) in changed {
      // A patch that has replaced an object is not the file that lists it.
      guard let file = file(of: entry).map({ old.sources.files[$0] }), file.isShared(path) else {
        return nil
      }
      before[path] = file.bytes
    }
    for (path, files) in patches { before[path] = files.first.map { old.sources.files[$0].bytes } }
    guard
      let new = try? small(directory, displayPath, watch, [:], old.tree.symbols),
      let past = try? small(directory, displayPath, watch, before, new.workspace.tree.symbols),
      new.footprint == past.footprint, new.graph.hasSamePatches(as: past.graph),
      new.resources.count == past.resources.count,
      zip(new.resources, past.resources).allSatisfy({ $0.meansTheSame(as: $1) })
    else { return nil }
    return try? exchange(new, past, rendering)
  }

  /// The number of an entry's file in the sources of the last build.
  private func file(of entry: BuildRemains.Entry) -> Int? {
    guard case .objects(let roots, _) = remains.layers[entry.layer].resources[entry.place],
      let root = roots.first
    else { return nil }
    return old.sources.textPlace(of: old.tree.position(root))?.file
  }

  // MARK: - The small build

  /// What a small build makes of the files that have changed.
  private struct Small {
    var workspace: Workspace
    let graph: LayerGraph
    /// The files by their numbers in the sources.
    let files: [Int]
    /// The objects of each of the files.
    let roots: [[NodeID]]
    /// What has become of them, in the same order.
    let resources: [Resource]
    let footprint: Footprint
  }

  /// What entries did not find, and what the build warns of.
  private struct Footprint: Equatable {
    struct Place: Equatable {
      let file: Int
      let offset: UInt32
      let what: DiagnosticID?
    }

    var places: [Place] = []

    mutating func add(_ position: Position, _ what: DiagnosticID?, in sources: SourceMap) {
      let place = sources.textPlace(of: position)
      places.append(
        Place(
          file: place?.file ?? -1,
          offset: place.map { position.raw - sources.files[$0.file].base } ?? 0, what: what))
    }
  }

  /// - Parameter past: the bytes of files that are read instead of those that are there.
  private func small(
    _ directory: String, _ displayPath: String, _ watch: BuildWatch?,
    _ past: [ByteText: [UInt8]], _ symbols: SymbolTable
  ) throws(Problem) -> Small? {
    var workspace = renderer.workspace(shared.defaults)
    if let watch { workspace.adopt(watch) }
    workspace.tree.symbols = symbols
    (workspace.passedMisses, workspace.patchUses) = ([], [])
    let files = CountedFiles(
      shared, past,
      counting: changed.map { ($0.path, 1) } + patches.map { ($0.path, $0.files.count) })
    let remotes = renderer.remotes(watch, host: workspace.host)
    defer { remotes.release() }
    let graph = try Loader.load(
      directory, displayPath: displayPath, fileSystem: ReadLog(files),
      options: renderer.options.loading, remotes: remotes, log: nil, leavingOut: leftOut,
      into: &workspace)
    guard !graph.mayPassHashesOn, let roots = roots(of: graph) else { return nil }
    var numbers: [Int] = []
    for ((path, _), roots) in zip(changed, roots) {
      guard let root = roots.first,
        let number = workspace.sources.textPlace(of: workspace.tree.position(root))?.file,
        workspace.sources.files[number].isShared(path)
      else { return nil }
      numbers.append(number)
    }
    let all = try Accumulate(graph, shared.defaults.standard, renderer.options, nil)
      .root(&workspace)
    guard files.wereReadAsOften, workspace.history == nil,
      workspace.tree.ledger.isPlain
    else { return nil }
    var resources: [Resource] = []
    let places = Dictionary(
      zip(all.resources.roots, all.resources.indices), uniquingKeysWith: { first, _ in first })
    for root in roots.joined() {
      guard let place = places[root] else { return nil }
      resources.append(all.resources[place])
    }
    var footprint = Footprint()
    for miss in workspace.passedMisses ?? [] {
      footprint.add(miss.position, miss.id, in: workspace.sources)
    }
    for warning in workspace.warnings {
      // The words of the last build stay, and the places in them.
      let file = workspace.sources.file(of: warning.position)
      guard let file, !isChanged(file) else { return nil }
      footprint.add(warning.position, warning.id, in: workspace.sources)
    }
    for idle in workspace.idleEntries {
      footprint.add(workspace.tree.ledger[idle.edit].position, nil, in: workspace.sources)
    }
    return Small(
      workspace: workspace, graph: graph, files: numbers, roots: roots, resources: resources,
      footprint: footprint)
  }

  private func isChanged(_ file: SourceFile) -> Bool {
    changed.contains { file.isShared($0.path) } || patches.contains { file.isShared($0.path) }
  }

  /// The entries that name files with objects which have not changed, by the directories of the layers.
  private var leftOut: [ByteText: [Bool]] {
    var result: [ByteText: [Bool]] = [:]
    for (number, layer) in remains.layers.enumerated() {
      var list = layer.resources.map { if case .objects = $0 { true } else { false } }
      for (_, entry) in changed where entry.layer == number { list[entry.place] = false }
      result[ByteText(layer.directory.root)] = list
    }
    return result
  }

  /// The objects of each file that has changed; nil where layers are not what they were.
  private func roots(of graph: LayerGraph) -> [[NodeID]]? {
    guard graph.layers.count == remains.layers.count else { return nil }
    var result: [[NodeID]] = []
    for (layer, old) in zip(graph.layers, remains.layers) {
      guard layer.directory.root.hasBytes(of: old.directory.root) else { return nil }
      for case .objects(let roots, _) in layer.resources {
        if roots.isEmpty { return nil }
        result.append(roots)
      }
    }
    return result.count == changed.count ? result : nil
  }

  // MARK: - The exchange

  /// Puts the new objects in the places of the old ones.
  private func exchange(
    _ new: Small, _ past: Small, _ rendering: Rendering
  ) throws(Problem) -> (Rendering, BuildRemains)? {
    var sources = old.sources
    for ((_, entry), number) in zip(changed, new.files) {
      let text = new.workspace.sources.files[number]
      guard let place = file(of: entry), sources.replace(place, with: text.bytes),
        !text.isSpecial, !old.sources.files[place].isSpecial
      else { return nil }
    }
    for (path, numbers) in patches {
      let texts = new.workspace.sources.files.filter { $0.isShared(path) }
      guard texts.count == numbers.count, let text = texts.first, !text.isSpecial else {
        return nil
      }
      for number in numbers {
        guard !old.sources.files[number].isSpecial, sources.replace(number, with: text.bytes) else {
          return nil
        }
      }
    }
    guard let files = sources.places(of: new.workspace.sources) else { return nil }
    var workspace = renderer.workspace(shared.defaults)
    workspace.sources = sources
    workspace.schema = old.schema
    workspace.tree = old.tree
    workspace.tree.stack = .ofThread
    var edits = EditsAgain(old.tree.ledger)
    let small = new.workspace.tree
    let roots = workspace.tree.transplant(Array(new.roots.joined()), from: small) { writer in
      guard let edit = writer.edit else {
        return writer.position.flatMap { files.position($0) }.map { Writer($0) }
      }
      return edits.edit(like: edit, of: small.ledger) { files.position($0) }.map { Writer($0) }
    }
    guard let roots else { return nil }
    if small.ledger.hasRespelled { workspace.tree.ledger.noteRespelled() }

    var remains = remains
    guard try readPatches(of: &remains, &workspace),
      let places = try replace(roots, new, files, in: &remains, &workspace)
    else { return nil }
    let stage = try FinalStage(
      old, exchanging: places, &workspace, layers: remains.layers)
    return (
      Rendering(stage, like: rendering), remains
    )
  }

  /// Reads the patches that have changed once more, into the tree of the root, where rules look at them. Steps change
  /// nothing but copies of them.
  ///
  /// - Returns: false where they are not those that there were.
  private func readPatches(
    of remains: inout BuildRemains, _ workspace: inout Workspace
  ) throws(Problem) -> Bool {
    var unread = Set(patches.flatMap(\.files))
    if unread.isEmpty { return true }
    for (number, layer) in remains.layers.enumerated() {
      var patches = layer.patches
      let loader = PatchLoader(directory: layer.directory)
      let entries = zip(layer.kustomization.patches, layer.patches.patches)
      for (place, (arguments, patch)) in entries.enumerated() {
        guard let file = file(of: patch), unread.remove(file) != nil else { continue }
        patches.patches[place] = try loader.load(arguments, file: file, &workspace)
      }
      let jsonEntries = zip(layer.kustomization.patchesJson6902, layer.patches.json6902)
      for (place, (arguments, patch)) in jsonEntries.enumerated() {
        guard let file = file(of: .json(patch)), unread.remove(file) != nil else { continue }
        patches.json6902[place] = try loader.load(json: arguments, file: file, &workspace)
      }
      for (place, patch) in layer.patches.strategicMerge.enumerated() {
        guard let file = file(of: .strategic([patch])), unread.remove(file) != nil else { continue }
        // The objects of a file come one behind the other.
        let new = try loader.strategicPatches(inFile: file, asked: patch.asked, &workspace)
        guard place + new.count <= patches.strategicMerge.count else { return false }
        patches.strategicMerge.replaceSubrange(place..<place + new.count, with: new)
      }
      remains.layers[number] = layer.with(patches)
    }
    return unread.isEmpty
  }

  /// The number of the file in the sources that a patch of the last build stands in.
  private func file(of patch: LoadedPatch) -> Int? {
    switch patch {
    case .strategic(let patches):
      patches.first.flatMap {
        old.sources.textPlace(of: old.tree.position($0.resource.root))?.file
      }
    case .json(let patch): old.sources.textPlace(of: patch.position)?.file
    }
  }

  /// Lists the new objects instead of the old ones, and writes what they name.
  ///
  /// - Parameter files: where the files of the small build stand among those of the root.
  /// - Returns: the new objects in the places of the stream.
  private func replace(
    _ roots: [NodeID], _ new: Small, _ files: SourcePlaces, in remains: inout BuildRemains,
    _ workspace: inout Workspace
  ) throws(Problem) -> [Int: Resource]? {
    let resources = new.resources
    var formerRoots: [NodeID] = []
    var rest = roots[...]
    for (_, entry) in changed {
      let layer = remains.layers[entry.layer]
      guard case .objects(let former, let text) = layer.resources[entry.place] else { return nil }
      formerRoots += former
      remains.layers[entry.layer] = layer.with(
        .objects(Array(rest.prefix(former.count)), text), at: entry.place)
      rest = rest.dropFirst(former.count)
    }
    guard formerRoots.count == roots.count, roots.count == resources.count else { return nil }
    let placesInBuild = Self.places(of: formerRoots, among: remains.resources)
    let placesInStream = Self.places(of: formerRoots, among: old.resources)
    guard placesInBuild.count == roots.count, placesInStream.count == roots.count else {
      return nil
    }
    for (former, (root, resource)) in zip(formerRoots, zip(roots, resources)) {
      guard let place = placesInBuild[former],
        remains.resources[place].meansTheSame(as: resource)
      else { return nil }
      remains.resources[place] = resource.withRoot(root, id: resource.id)
    }
    var all = Resources(finished: remains.resources)
    let places = formerRoots.compactMap { placesInBuild[$0] }
    guard let uses = uses(in: new, files, places) else { return nil }
    remains.replaceUses(at: Set(places), by: uses)
    try NameReferences.apply(remains.references, to: &all, only: places.sorted(), &workspace)
    let localConfig = LocalConfig(symbols: &workspace.tree.symbols)
    let cleanup = AnnotationCleanup(symbols: &workspace.tree.symbols)
    var result: [Int: Resource] = [:]
    for (former, place) in zip(formerRoots, places) {
      guard all[place].id == remains.resources[place].id,
        try !localConfig.isLocal(all[place].root, in: workspace.tree),
        let placeInStream = placesInStream[former]
      else { return nil }
      var resource = all[place]
      AnnotationCleanup.makePlaceOfNotes(in: &resource, &workspace.tree)
      try cleanup.apply(to: resource.root, hasNotes: resource.hasNotes, in: &workspace.tree)
      result[placeInStream] = resource
    }
    return result
  }

  /// What the patches of a small build went to; nil where one that has changed goes nowhere.
  ///
  /// - Parameter places: those of the new objects.
  private func uses(
    in new: Small, _ files: SourcePlaces, _ places: [Int]
  ) -> [(file: Int, places: [Int])]? {
    let known = Dictionary(zip(new.roots.joined(), places), uniquingKeysWith: { first, _ in first })
    var result: [(file: Int, places: [Int])] = []
    for use in new.workspace.patchUses ?? [] {
      guard let position = files.position(use.position),
        let file = old.sources.textPlace(of: position)?.file
      else { return nil }
      if use.roots.isEmpty, patches.contains(where: { $0.files.contains(file) }) { return nil }
      guard old.sources.files[file].sharedPath != nil else { continue }
      result.append((file, use.roots.compactMap { known[$0] }))
    }
    return result
  }

  /// Where some objects stand in a list.
  private static func places(of roots: [NodeID], among resources: [Resource]) -> [NodeID: Int] {
    let wanted = Set(roots)
    var result: [NodeID: Int] = [:]
    for place in resources.indices where wanted.contains(resources[place].root) {
      result[resources[place].root] = place
    }
    return result
  }
}

extension Resource {
  /// Whether the others of a build cannot tell the two apart.
  fileprivate func meansTheSame(as other: Resource) -> Bool {
    id == other.id && formerIDs == other.formerIDs && repeatedIDs == other.repeatedIDs
      && prefixes == other.prefixes && suffixes == other.suffixes && !needsHash && !other.needsHash
      && !isGenerated && !other.isGenerated
  }
}

extension LayerGraph {
  /// Whether the patches are for the same objects, as far as they say themselves.
  fileprivate func hasSamePatches(as other: LayerGraph) -> Bool {
    layers.count == other.layers.count
      && zip(layers, other.layers).allSatisfy { $0.patches.areForTheSame(as: $1.patches) }
  }
}

extension LayerPatches {
  fileprivate func areForTheSame(as other: LayerPatches) -> Bool {
    patches.count == other.patches.count && json6902.count == other.json6902.count
      && LoadedPatch.strategic(strategicMerge).isForTheSame(as: .strategic(other.strategicMerge))
      && zip(patches, other.patches).allSatisfy { $0.isForTheSame(as: $1) }
  }
}

extension LoadedPatch {
  fileprivate func isForTheSame(as other: LoadedPatch) -> Bool {
    switch (self, other) {
    case (.json, .json): true
    case (.strategic(let mine), .strategic(let theirs)):
      mine.count == theirs.count
        && zip(mine, theirs).allSatisfy { $0.resource.meansTheSame(as: $1.resource) }
    default: false
    }
  }
}

extension Layer {
  /// The same layer with another entry in the place of one.
  fileprivate func with(_ resource: LayerResource, at place: Int) -> Layer {
    var resources = resources
    resources[place] = resource
    return with(resources, patches)
  }

  fileprivate func with(_ patches: LayerPatches) -> Layer { with(resources, patches) }

  private func with(_ resources: [LayerResource], _ patches: LayerPatches) -> Layer {
    Layer(
      kustomization: kustomization, directory: directory, path: path, file: file,
      document: document, resources: resources, patches: patches, replacements: replacements,
      components: components, configurations: configurations, crds: crds, generators: generators,
      transformers: transformers, validators: validators)
  }
}

extension SourceFile {
  /// It is the file with this canonical path.
  fileprivate func isShared(_ path: ByteText) -> Bool {
    sharedPath?.hasBytes(of: path.string) == true
  }

  /// There may be objects of which more is asked than what they are: Secrets, which are looked for among all nodes,
  /// those that are no longer used among them; and such as have kustomize's own annotations. Where there are escapes or
  /// other encodings, there may be anything.
  fileprivate var isSpecial: Bool {
    if bytes.contains(where: { $0 == 0 || $0 == UInt8(ascii: "\\") }) { return true }
    return ["Secret", "config.kubernetes.io", "config.k8s.io"].contains {
      bytes.firstRange(of: Array($0.utf8)) != nil
    }
  }
}

/// Files that some builds share, of which some are read as they were, and counted.
private final class CountedFiles: FileSystem {
  private let base: SharedFiles
  private let past: [ByteText: [UInt8]]
  /// How often each file is still to be read.
  private let counts: Mutex<[ByteText: Int]>

  /// - Parameter expected: how often some files should be read.
  init(
    _ base: SharedFiles, _ past: [ByteText: [UInt8]], counting expected: [(ByteText, Int)]
  ) {
    self.base = base
    self.past = past
    counts = Mutex(Dictionary(expected, uniquingKeysWith: { first, _ in first }))
  }

  /// A file with objects that is also a patch, or what a generator reads, is read once more for that.
  var wereReadAsOften: Bool { counts.withLock { $0.values.allSatisfy { $0 == 0 } } }

  func resolve(_ path: String) throws(FileSystemError) -> ResolvedPath { try base.resolve(path) }

  func names(in directory: String) -> [String] { base.names(in: directory) }

  func read(_ path: String) throws(FileSystemError) -> [UInt8] {
    note(path)
    if let bytes = past[ByteText(path)] { return bytes }
    return try base.read(path)
  }

  func file(inKnownDirectory path: String) -> [UInt8]? {
    guard let bytes = past[ByteText(path)] ?? base.file(inKnownDirectory: path) else { return nil }
    note(path)
    return bytes
  }

  private func note(_ path: String) {
    let path = ByteText(path)
    counts.withLock { counts in
      if let left = counts[path] { counts[path] = left - 1 }
    }
  }
}

/// Finds the edits of a whole build that a small one makes again.
private struct EditsAgain {
  private struct Key: Hashable {
    let kind: Ledger.Kind
    let position: UInt32
    let directory: ByteText
  }

  private let old: Ledger
  /// In their order; an entry may make several.
  private var known: [Key: [EditID]] = [:]
  /// The edits of the small build that have been looked for, and how many of each key came before.
  private var answers: [EditID: EditID?] = [:]

  init(_ old: Ledger) {
    self.old = old
    for (number, edit) in old.edits.enumerated()
    where edit.kind != .nameReference && edit.kind != .contentHash {
      known[Self.key(edit, at: edit.position, in: old), default: []]
        .append(EditID(raw: UInt32(truncatingIfNeeded: number)))
    }
  }

  private static func key(_ edit: Ledger.Edit, at position: Position, in ledger: Ledger) -> Key {
    Key(
      kind: edit.kind, position: position.raw,
      directory: ByteText(edit.visit.map { ledger[$0].directory } ?? ""))
  }

  /// Nil where the whole build has no such edit, or not as many.
  mutating func edit(
    like edit: EditID, of small: Ledger, _ moved: (Position) -> Position?
  ) -> EditID? {
    if let known = answers[edit] { return known }
    guard let position = moved(small[edit].position) else { return nil }
    let key = Self.key(small[edit], at: position, in: small)
    let before = small.edits.prefix(Int(edit.raw)).count {
      $0.kind == small[edit].kind && $0.position == small[edit].position
        && $0.visit == small[edit].visit
    }
    let all = known[key] ?? []
    let answer: EditID? = all.indices.contains(before) ? all[before] : nil
    answers.updateValue(answer, forKey: edit)
    return answer
  }
}
