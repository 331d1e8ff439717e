/// Reads the graph of kustomizations below a root, and every resource file they name.
struct Loader {
  private var layers: [Layer] = []
  private var placesByDirectory: [LayerPlace: Int] = [:]
  /// What is below a layer, to find cycles when it is reached on a second way.
  private var descendants: [LayersBelow] = []
  private var chain = LayerChain()
  private var schema = SchemaLoader()
  private var hasReadObjects = false
  private var visits = 0

  /// The names a kustomization file may have, in kustomize's order.
  static let fileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

  /// How a layer was asked for.
  fileprivate enum Role {
    case root
    case resource(Kustomization.Entry)
    case component(Kustomization.Entry)
  }

  /// Where a layer lies. One that is reached by two addresses is two, because they say differently
  /// where it comes from.
  private struct LayerPlace: Hashable {
    let repository: String?
    let ref: String?
    let wantsSubmodules: Bool?
    let directory: String

    init(_ reader: DirectoryReader) {
      repository = reader.source?.address.repository
      ref = reader.source?.address.ref
      wantsSubmodules = reader.source?.address.wantsSubmodules
      directory = reader.root
    }
  }

  /// Loads everything below a directory, or below the directory of a repository.
  ///
  /// - Parameters:
  ///   - path: an absolute path, of which links are followed, or the address of a repository.
  ///   - displayPath: the path in the user's words, for messages.
  static func load(
    _ path: String, displayPath: String, fileSystem: any FileSystem, restriction: LoadRestriction,
    remotes: RemoteContent, into workspace: inout Workspace
  ) throws(Problem) -> LayerGraph {
    var loader = Loader()
    let directory: DirectoryReader
    if let address = try? RepositoryAddress(path) {
      directory = try RepositoryReader(remotes: remotes)
        .directory(of: address, as: "repository", at: .none, visit: 0)
    } else {
      directory = try self.directory(
        path, displayPath: displayPath, fileSystem: fileSystem, restriction: restriction, remotes)
    }
    _ = try loader.layer(in: directory, role: .root, &workspace)
    return LayerGraph(loader.layers)
  }

  private static func directory(
    _ path: String, displayPath: String, fileSystem: any FileSystem, restriction: LoadRestriction,
    _ remotes: RemoteContent
  ) throws(Problem) -> DirectoryReader {
    let found: ResolvedPath
    do { found = try fileSystem.resolve(path) } catch { throw .noDirectory(displayPath, error) }
    guard found.isDirectory else { throw .notADirectory(displayPath) }
    return DirectoryReader(
      fileSystem: fileSystem, restriction: restriction, root: found.path,
      writtenRoot: Path.clean(displayPath), remotes: remotes)
  }

  // MARK: - Layers

  private mutating func layer(
    in directory: DirectoryReader, role: Role, _ workspace: inout Workspace
  ) throws(Problem) -> Int {
    if let place = placesByDirectory[LayerPlace(directory)] {
      if let entry = role.entry { try chain.check(descendants[place], of: directory, entry) }
      try checkKind(of: layers[place], role: role)
      return place
    }
    let file = try kustomizationFile(in: directory, role: role)
    let reading = try read(file, &workspace)
    workspace.warnings += reading.warnings
    chain.enter(directory)
    let kustomization = reading.kustomization
    try checkKind(of: kustomization, in: directory, role: role)
    try schema.adopt(
      kustomization.openapi, in: directory, knowsObjects: hasReadObjects, &workspace)
    var resources: [LayerResource] = []
    for entry in kustomization.resources {
      resources.append(try resource(entry, in: directory, &workspace))
    }
    let components = try components(of: kustomization, in: directory, &workspace)
    var layer = Layer(
      kustomization: kustomization, directory: directory, path: file.displayPath,
      resources: resources, patches: try patches(of: kustomization, in: directory, &workspace),
      replacements: try ReplacementLoader(directory: directory)
        .load(kustomization.replacements, &workspace),
      components: components)
    try loadConfigurations(of: &layer, &workspace)
    try loadObjects(of: &layer, &workspace)
    layers.append(layer)
    descendants.append(chain.leave())
    placesByDirectory[LayerPlace(directory)] = layers.count - 1
    return layers.count - 1
  }

  private mutating func components(
    of kustomization: Kustomization, in directory: DirectoryReader, _ workspace: inout Workspace
  ) throws(Problem) -> [Int] {
    var components: [Int] = []
    for entry in kustomization.components {
      components.append(
        try layer(at: entry, in: directory, role: .component(entry), after: nil, &workspace))
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
      let root = try document(
        of: entry, as: "configuration", in: layer.directory, mergesStrictly: true, &workspace)
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
    mergesStrictly: Bool = false, _ workspace: inout Workspace
  ) throws(Problem) -> NodeID? {
    let file = try directory.read(entry, as: what)
    let index = workspace.sources.add(path: file.displayPath, bytes: file.bytes)
    return try YAMLReader.firstDocument(
      ofFile: index, into: &workspace.tree, sources: workspace.sources,
      mergesStrictly: mergesStrictly)
  }

  /// Reads what `generators`, `transformers` and `validators` list.
  private mutating func loadObjects(
    of layer: inout Layer, _ workspace: inout Workspace
  ) throws(Problem) {
    let kustomization = layer.kustomization
    layer.generators = try objects(kustomization.generators, in: layer.directory, &workspace)
    layer.transformers = try objects(kustomization.transformers, in: layer.directory, &workspace)
    layer.validators = try objects(kustomization.validators, in: layer.directory, &workspace)
  }

  /// Whatever can be read as objects is no path; those come first, wherever they stand
  /// (internal/target/kusttarget.go `configureExternalTransformers`).
  private mutating func objects(
    _ entries: [Kustomization.Entry], in directory: DirectoryReader, _ workspace: inout Workspace
  ) throws(Problem) -> [LayerResource] {
    var inline: [LayerResource] = []
    var named: [LayerResource] = []
    for entry in entries {
      let file = workspace.sources.add(textOf: entry, bytes: Array(entry.text.utf8))
      if let roots = try? ResourceReader.objects(inFile: file, &workspace) {
        inline.append(.inline(roots, entry.position))
        continue
      }
      named.append(try resource(entry, in: directory, &workspace))
    }
    return inline + named
  }

  private func read(
    _ file: DirectoryReader.File, _ workspace: inout Workspace
  ) throws(Problem) -> Kustomization.Reading {
    let index = workspace.sources.add(
      path: file.displayPath, bytes: file.bytes, sharedPath: file.path)
    let root = try workspace.firstDocument(ofFile: index)
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
    try Cancellation.check()
    let file: DirectoryReader.File
    do { file = try directory.read(entry.text) } catch {
      let place = try layer(
        at: entry, in: directory, role: .resource(entry), after: error, &workspace)
      return .layer(place, entry)
    }
    let index = workspace.sources.add(
      path: file.displayPath, bytes: file.bytes, sharedPath: file.path)
    hasReadObjects = true
    do {
      return .objects(try ResourceReader.objects(inFile: index, &workspace), entry)
    } catch {
      // A server may show a repository's address as a page, which is no file of objects.
      guard file.isRemote, let address = try? RepositoryAddress(entry.text) else { throw error }
      let child = try child(
        at: address, entry, in: directory, role: .resource(entry), insteadOf: error)
      let place = try layer(in: child, role: .resource(entry), &workspace)
      chain.note(descendants[place], reachedBy: address)
      return .layer(place, entry)
    }
  }

  /// The repository at an address that served what is no file of objects; what was wrong with that file
  /// says more than git does where the file is not even YAML.
  private mutating func child(
    at address: RepositoryAddress, _ entry: Kustomization.Entry, in directory: DirectoryReader,
    role: Role, insteadOf problem: Problem
  ) throws(Problem) -> DirectoryReader {
    do {
      return try child(
        at: address, entry, in: directory, role: role,
        after: .remote(.other(problem.message)))
    } catch { throw problem.code == .malformedYAML ? problem : error }
  }

  /// The layer in a directory that an entry names (internal/loader/fileloader.go `New`).
  ///
  /// `failure` is what went wrong when the entry was tried as a file.
  private mutating func layer(
    at entry: Kustomization.Entry, in directory: DirectoryReader, role: Role,
    after failure: DirectoryReader.ReadFailure?, _ workspace: inout Workspace
  ) throws(Problem) -> Int {
    if entry.text.isEmpty { throw .emptyPath(at: entry.position) }
    let address = try? RepositoryAddress(entry.text)
    let child =
      if let address {
        try self.child(at: address, entry, in: directory, role: role, after: failure)
      } else {
        try self.child(entry, of: directory, role: role, after: failure)
      }
    let place = try layer(in: child, role: role, &workspace)
    chain.note(descendants[place], reachedBy: address)
    return place
  }

  private mutating func child(
    at address: RepositoryAddress, _ entry: Kustomization.Entry, in directory: DirectoryReader,
    role: Role, after failure: DirectoryReader.ReadFailure? = nil
  ) throws(Problem) -> DirectoryReader {
    try chain.check(address.text, entry)
    if address.isFile, chain.isElsewhere { throw .repositoryOfThisMachine(entry) }
    visits += 1
    return try RepositoryReader(remotes: directory.remotes)
      .directory(of: address, as: role.what, at: entry.position, after: failure, visit: visits)
  }

  private func child(
    _ entry: Kustomization.Entry, of directory: DirectoryReader, role: Role,
    after failure: DirectoryReader.ReadFailure?
  ) throws(Problem) -> DirectoryReader {
    if Path.isAbsolute(entry.text) { throw .absoluteDirectory(entry) }
    guard let found = try? directory.fileSystem.resolve(Path.join(directory.root, entry.text)),
      found.isDirectory
    else {
      if leavesRepository(entry.text) { throw .addressLeavesRepository(entry) }
      throw .neitherFileNorDirectory(entry, role.what, failure, in: directory)
    }
    if let source = directory.source,
      !Path.isInside(found.path, directory: source.checkout.directory)
    {
      throw .outsideRepository(entry, source)
    }
    var child = directory
    child.root = found.path
    child.writtenRoot = Path.join(directory.writtenRoot, entry.text)
    try chain.check(child, entry)
    return child
  }
}

/// Whether a text would be an address, were it not for the path in it.
private func leavesRepository(_ text: String) -> Bool {
  do { _ = try RepositoryAddress(text) } catch { return error == .leavesRepository }
  return false
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

  fileprivate static func repositoryOfThisMachine(_ entry: Kustomization.Entry) -> Problem {
    Problem(
      .outsideRoot,
      "repository \"\(entry.text)\" is on this machine, where a repository from elsewhere may not look",
      at: entry.position)
  }

  fileprivate static func addressLeavesRepository(_ entry: Kustomization.Entry) -> Problem {
    Problem(
      .outsideRoot,
      "the path in \"\(entry.text)\" leads out of the repository, and so may not be read",
      at: entry.position)
  }

  fileprivate static func outsideRepository(
    _ entry: Kustomization.Entry, _ source: RemoteSource
  ) -> Problem {
    Problem(
      .outsideRoot,
      "directory \"\(entry.text)\" is not in the repository \(source.address.repository), and so may not be read",
      at: entry.position)
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
}
