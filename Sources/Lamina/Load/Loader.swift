/// Reads the graph of kustomizations below a root, and every resource file they name.
struct Loader {
  private let fileSystem: any FileSystem
  private let restriction: LoadRestriction
  private var layers: [Layer] = []
  private var placesByDirectory: [String: Int] = [:]
  /// All directories below a layer, to find cycles when it is reached on a second way.
  private var descendants: [Set<String>] = []
  /// The directories from the root to the layer that is being read.
  private var chain: [DirectoryReader] = []
  private var schema = SchemaLoader()
  private var hasReadObjects = false

  /// The names a kustomization file may have, in kustomize's order.
  static let fileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

  /// How a layer was asked for.
  fileprivate enum Role {
    case root
    case resource(Kustomization.Entry)
    case component(Kustomization.Entry)
  }

  /// Loads everything below a directory.
  ///
  /// - Parameters:
  ///   - path: an absolute path, of which links are followed.
  ///   - displayPath: the path in the user's words, for messages.
  static func load(
    _ path: String, displayPath: String, fileSystem: any FileSystem, restriction: LoadRestriction,
    into workspace: inout Workspace
  ) throws(Problem) -> LayerGraph {
    let found: ResolvedPath
    do { found = try fileSystem.resolve(path) } catch { throw .noDirectory(displayPath, error) }
    guard found.isDirectory else { throw .notADirectory(displayPath) }
    var loader = Loader(fileSystem: fileSystem, restriction: restriction)
    let directory = DirectoryReader(
      fileSystem: fileSystem, restriction: restriction, root: found.path,
      displayRoot: Path.clean(displayPath))
    _ = try loader.layer(in: directory, role: .root, &workspace)
    return LayerGraph(loader.layers)
  }

  private init(fileSystem: any FileSystem, restriction: LoadRestriction) {
    self.fileSystem = fileSystem
    self.restriction = restriction
  }

  // MARK: - Layers

  private mutating func layer(
    in directory: DirectoryReader, role: Role, _ workspace: inout Workspace
  ) throws(Problem) -> Int {
    if let place = placesByDirectory[directory.root] {
      try checkCycle(below: place, role: role)
      try checkKind(of: layers[place], role: role)
      return place
    }
    let file = try kustomizationFile(in: directory, role: role)
    let reading = try read(file, &workspace)
    workspace.warnings += reading.warnings
    chain.append(directory)
    defer { chain.removeLast() }
    var below: Set<String> = [directory.root]
    let kustomization = reading.kustomization
    try checkKind(of: kustomization, in: directory, role: role)
    try schema.adopt(
      kustomization.openapi, in: directory, knowsObjects: hasReadObjects, &workspace)
    var resources: [LayerResource] = []
    for entry in kustomization.resources {
      let resource = try self.resource(entry, in: directory, &workspace)
      if case .layer(let place, _) = resource { below.formUnion(descendants[place]) }
      resources.append(resource)
    }
    let components = try components(of: kustomization, in: directory, &below, &workspace)
    var layer = Layer(
      kustomization: kustomization, directory: directory, path: file.displayPath,
      resources: resources, patches: try patches(of: kustomization, in: directory, &workspace),
      replacements: try ReplacementLoader(directory: directory)
        .load(kustomization.replacements, &workspace),
      components: components)
    try loadConfigurations(of: &layer, &workspace)
    try loadObjects(of: &layer, below: &below, &workspace)
    layers.append(layer)
    descendants.append(below)
    placesByDirectory[directory.root] = layers.count - 1
    return layers.count - 1
  }

  private mutating func components(
    of kustomization: Kustomization, in directory: DirectoryReader, _ below: inout Set<String>,
    _ workspace: inout Workspace
  ) throws(Problem) -> [Int] {
    var components: [Int] = []
    for entry in kustomization.components {
      let place = try layer(
        at: entry, in: directory, role: .component(entry), after: nil, &workspace)
      below.formUnion(descendants[place])
      components.append(place)
    }
    return components
  }

  private func patches(
    of kustomization: Kustomization, in directory: DirectoryReader, _ workspace: inout Workspace
  ) throws(Problem) -> LayerPatches {
    let loader = PatchLoader(directory: directory)
    var patches = LayerPatches()
    for entry in kustomization.patchesStrategicMerge {
      patches.strategicMerge += try loader.load(strategic: entry, &workspace)
    }
    if patches.strategicMerge.isEmpty, let first = kustomization.patchesStrategicMerge.first {
      throw .emptyPatches(at: first.position)
    }
    for arguments in kustomization.patches {
      patches.patches.append(try loader.load(arguments, &workspace))
    }
    for arguments in kustomization.patchesJson6902 {
      patches.json6902.append(try loader.load(json: arguments, &workspace))
    }
    return patches
  }

  /// Reads the files of `configurations` and `crds`.
  private func loadConfigurations(
    of layer: inout Layer, _ workspace: inout Workspace
  ) throws(Problem) {
    for entry in layer.kustomization.configurations {
      let root = try document(of: entry, as: "configuration", in: layer.directory, &workspace)
      layer.configurations.append(
        try .read(
          root, asked: entry.position, tree: workspace.tree, sources: workspace.sources))
    }
    for entry in layer.kustomization.crds {
      let root = try document(of: entry, as: "crds file", in: layer.directory, &workspace)
      layer.crds.append(try TypeDefinitions.read(root, asked: entry, tree: workspace.tree))
    }
  }

  private func document(
    of entry: Kustomization.Entry, as what: String, in directory: DirectoryReader,
    _ workspace: inout Workspace
  ) throws(Problem) -> NodeID? {
    let file = try directory.read(entry, as: what)
    let index = workspace.sources.add(path: file.displayPath, bytes: file.bytes)
    return try YAMLReader.firstDocument(
      ofFile: index, into: &workspace.tree, sources: workspace.sources)
  }

  /// Reads what `generators`, `transformers` and `validators` list.
  private mutating func loadObjects(
    of layer: inout Layer, below: inout Set<String>, _ workspace: inout Workspace
  ) throws(Problem) {
    let kustomization = layer.kustomization
    layer.generators = try objects(
      kustomization.generators, in: layer.directory, &below, &workspace)
    layer.transformers = try objects(
      kustomization.transformers, in: layer.directory, &below, &workspace)
    layer.validators = try objects(
      kustomization.validators, in: layer.directory, &below, &workspace)
  }

  /// Whatever can be read as objects is no path; those come first, wherever they stand
  /// (internal/target/kusttarget.go `configureExternalTransformers`).
  private mutating func objects(
    _ entries: [Kustomization.Entry], in directory: DirectoryReader, _ below: inout Set<String>,
    _ workspace: inout Workspace
  ) throws(Problem) -> [LayerResource] {
    var inline: [LayerResource] = []
    var named: [LayerResource] = []
    for entry in entries {
      let file = workspace.sources.add(textOf: entry, bytes: Array(entry.text.utf8))
      if let roots = try? ResourceReader.objects(inFile: file, &workspace) {
        inline.append(.inline(roots, entry.position))
        continue
      }
      let resource = try self.resource(entry, in: directory, &workspace)
      if case .layer(let place, _) = resource { below.formUnion(descendants[place]) }
      named.append(resource)
    }
    return inline + named
  }

  private func read(
    _ file: DirectoryReader.File, _ workspace: inout Workspace
  ) throws(Problem) -> Kustomization.Reading {
    let index = workspace.sources.add(path: file.displayPath, bytes: file.bytes)
    let root = try YAMLReader.firstDocument(
      ofFile: index, into: &workspace.tree, sources: workspace.sources)
    return try Kustomization.read(
      root, path: file.displayPath, tree: workspace.tree, sources: workspace.sources)
  }

  private func kustomizationFile(
    in directory: DirectoryReader, role: Role
  ) throws(Problem) -> DirectoryReader.File {
    var found: [DirectoryReader.File] = []
    for name in Self.fileNames {
      // Whatever cannot be read counts as not there, as in kustomize's `LoadKustFile`.
      if let file = try? directory.read(name) { found.append(file) }
    }
    guard let file = found.first else {
      throw .missingKustomization(directory.displayRoot, asked: role.entry)
    }
    if found.count > 1 {
      throw .severalKustomizations(directory.displayRoot, found.map(\.displayPath))
    }
    return file
  }

  private func checkKind(
    of kustomization: Kustomization, in directory: DirectoryReader, role: Role
  ) throws(Problem) {
    switch (role, kustomization.kind) {
    case (.resource(let entry), .component): throw .componentAsResource(entry)
    case (.component(let entry), .kustomization): throw .resourceAsComponent(entry)
    default: break
    }
  }

  private func checkKind(of layer: Layer, role: Role) throws(Problem) {
    try checkKind(of: layer.kustomization, in: layer.directory, role: role)
  }

  // MARK: - Entries

  /// Tries an entry of `resources` as a file, then as a directory (internal/target/kusttarget.go
  /// `accumulateResources`).
  private mutating func resource(
    _ entry: Kustomization.Entry, in directory: DirectoryReader, _ workspace: inout Workspace
  ) throws(Problem) -> LayerResource {
    if RemotePath.isURL(entry.text) { throw .remote(entry) }
    let file: DirectoryReader.File
    do { file = try directory.read(entry.text) } catch {
      let place = try layer(
        at: entry, in: directory, role: .resource(entry), after: error, &workspace)
      return .layer(place, entry)
    }
    let index = workspace.sources.add(path: file.displayPath, bytes: file.bytes)
    hasReadObjects = true
    return .objects(try ResourceReader.objects(inFile: index, &workspace), entry)
  }

  /// The layer in a directory that an entry names (internal/loader/fileloader.go `New`).
  ///
  /// `failure` is what went wrong when the entry was tried as a file.
  private mutating func layer(
    at entry: Kustomization.Entry, in directory: DirectoryReader, role: Role,
    after failure: DirectoryReader.ReadFailure?, _ workspace: inout Workspace
  ) throws(Problem) -> Int {
    if entry.text.isEmpty { throw .emptyPath(at: entry.position) }
    if RemotePath.isRepository(entry.text) { throw .remote(entry) }
    if Path.isAbsolute(entry.text) { throw .absoluteDirectory(entry) }
    let path = Path.join(directory.root, entry.text)
    guard let found = try? fileSystem.resolve(path), found.isDirectory else {
      throw .neitherFileNorDirectory(entry, role.what, failure, in: directory)
    }
    let child = DirectoryReader(
      fileSystem: fileSystem, restriction: restriction, root: found.path,
      displayRoot: Path.join(directory.displayRoot, entry.text))
    try checkCycle(child, entry)
    return try layer(in: child, role: role, &workspace)
  }

  // MARK: - Cycles

  /// A layer may not lie in or above a directory that is being read.
  private func checkCycle(
    _ candidate: DirectoryReader, _ entry: Kustomization.Entry
  ) throws(Problem) {
    for visited in chain.reversed()
    where Path.isInside(visited.root, directory: candidate.root) {
      throw .cycle(entry, directory: candidate.displayRoot, visited: visited.displayRoot)
    }
  }

  /// The same for what is below a layer that was read on another way.
  private func checkCycle(below place: Int, role: Role) throws(Problem) {
    guard let entry = role.entry else { return }
    for visited in chain {
      var directory = visited.root
      while true {
        if descendants[place].contains(directory) {
          throw .cycle(entry, directory: directory, visited: visited.displayRoot)
        }
        if directory == "/" { break }
        directory = Path.directory(directory)
      }
    }
  }
}

extension Loader.Role {
  fileprivate var entry: Kustomization.Entry? {
    switch self {
    case .root: nil
    case .resource(let entry), .component(let entry): entry
    }
  }

  fileprivate var what: String {
    switch self {
    case .root: "root"
    case .resource: "resource"
    case .component: "component"
    }
  }
}

extension Problem {
  fileprivate static func emptyPatches(at position: Position) -> Problem {
    Problem(.invalidPatch, "the patches of patchesStrategicMerge appear to be empty", at: position)
  }

  fileprivate static func noDirectory(_ path: String, _ error: FileSystemError) -> Problem {
    Problem(.unreadable, "cannot read directory: \(error)", path: path)
  }

  fileprivate static func notADirectory(_ path: String) -> Problem {
    Problem(
      .unreadable, "not a directory; render takes a directory with a kustomization file",
      path: path)
  }

  fileprivate static func missingKustomization(
    _ path: String, asked: Kustomization.Entry?
  ) -> Problem {
    Problem(
      .missingKustomization,
      "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '\(path)'",
      at: asked?.position ?? .none, path: path)
  }

  fileprivate static func severalKustomizations(_ path: String, _ files: [String]) -> Problem {
    Problem(
      .invalidKustomization,
      "found multiple kustomization files: \(files.joined(separator: ", "))", path: path)
  }

  fileprivate static func componentAsResource(_ entry: Kustomization.Entry) -> Problem {
    Problem(
      .invalidKustomization, "\"\(entry.text)\" is a Component, not a Kustomization",
      at: entry.position, hint: "list it under components")
  }

  fileprivate static func resourceAsComponent(_ entry: Kustomization.Entry) -> Problem {
    Problem(
      .invalidKustomization, "\"\(entry.text)\" is a Kustomization, not a Component",
      at: entry.position, hint: "list it under resources, or give it kind: Component")
  }

  fileprivate static func remote(_ entry: Kustomization.Entry) -> Problem {
    Problem(
      .unsupported, "remote resource \"\(entry.text)\" is not supported yet", at: entry.position)
  }

  fileprivate static func emptyPath(at position: Position) -> Problem {
    Problem(.invalidKustomization, "a path cannot be empty", at: position)
  }

  fileprivate static func absoluteDirectory(_ entry: Kustomization.Entry) -> Problem {
    Problem(
      .invalidKustomization, "directory \"\(entry.text)\" cannot be absolute", at: entry.position,
      hint: "write the path relative to the kustomization")
  }

  fileprivate static func neitherFileNorDirectory(
    _ entry: Kustomization.Entry, _ what: String, _ failure: DirectoryReader.ReadFailure?,
    in directory: DirectoryReader
  ) -> Problem {
    .unreadable(entry, what, failure ?? .fileSystem(.notADirectory), in: directory)
  }

  fileprivate static func cycle(
    _ entry: Kustomization.Entry, directory: String, visited: String
  ) -> Problem {
    Problem(
      .cycle,
      "cycle detected: \"\(entry.text)\" leads to '\(directory)', which holds '\(visited)' that is being read",
      at: entry.position)
  }
}
