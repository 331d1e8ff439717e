/// Reads the graph of kustomizations below a root, and every resource file they name.
struct Loader {
  private var layers: [Layer] = []
  private var placesByDirectory: [String: [(LayerPlace, layer: Int)]] = [:]
  /// What each layer stands on, and its directory, to find cycles when it is reached on a second way.
  private var edges: [[LayerEdge]] = []
  private var roots: [String] = []
  private var directories: LayerDirectories
  private var schema = SchemaLoader()
  private var hasReadObjects = false

  private init(_ compatibility: Compatibility) {
    directories = LayerDirectories(compatibility)
  }

  /// Where a layer lies. One that is reached by two addresses is two, because they say differently
  /// where it comes from.
  private struct LayerPlace: Equatable {
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
    _ path: String, displayPath: String, fileSystem: any BuildFiles, restriction: LoadRestriction,
    remotes: RemoteContent, log: LayerLog?, into workspace: inout Workspace
  ) throws(Problem) -> LayerGraph {
    var loader = Loader(workspace.compatibility)
    var directory: DirectoryReader
    if let address = try? RepositoryAddress(path) {
      directory = try RepositoryReader(remotes: remotes, log: log)
        .directory(of: address, as: "repository", at: .none, visit: 0)
    } else {
      directory = try self.directory(
        path, displayPath: displayPath, fileSystem: fileSystem, restriction: restriction, remotes)
      directory.log = log
    }
    _ = try loader.layer(in: directory, role: .root, &workspace)
    return LayerGraph(loader.layers)
  }

  private static func directory(
    _ path: String, displayPath: String, fileSystem: any BuildFiles, restriction: LoadRestriction,
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
    in directory: DirectoryReader, role: LayerRole, _ workspace: inout Workspace
  ) throws(Problem) -> Int {
    let own = LayerPlace(directory)
    if let place = placesByDirectory[own.directory]?.first(where: { $0.0 == own })?.layer {
      if let entry = role.entry {
        let below = LayersBelow(place, edges: edges, directories: roots)
        try directories.chain.check(below, of: directory, entry)
      }
      try role.check(layers[place].kustomization)
      return place
    }
    try workspace.tree.stack.check(at: role.entry?.position ?? .none)
    let file = try KustomizationFile(in: directory, role: role)
    let reading = try file.read(&workspace)
    workspace.warnings += reading.warnings
    directories.chain.enter(directory)
    let kustomization = reading.kustomization
    try role.check(kustomization)
    try schema.adopt(
      kustomization.openapi, in: directory, knowsObjects: hasReadObjects, &workspace)
    var resources: [LayerResource] = []
    for entry in kustomization.resources {
      resources.append(try resource(entry, in: directory, &workspace))
    }
    let components = try components(of: kustomization, in: directory, &workspace)
    let loader = ConfigurationLoader(directory: directory)
    let layer = Layer(
      kustomization: kustomization, directory: directory, path: file.displayPath,
      resources: resources,
      patches: try PatchLoader(directory: directory).load(of: kustomization, &workspace),
      replacements: try ReplacementLoader(directory: directory)
        .load(kustomization.replacements, &workspace),
      components: components,
      configurations: try loader.load(configurations: kustomization.configurations, &workspace),
      crds: try loader.load(crds: kustomization.crds, &workspace),
      generators: try objects(kustomization.generators, in: directory, &workspace),
      transformers: try objects(kustomization.transformers, in: directory, &workspace),
      validators: try objects(kustomization.validators, in: directory, &workspace))
    layers.append(layer)
    edges.append(directories.chain.leave())
    roots.append(directory.root)
    placesByDirectory[own.directory, default: []].append((own, layers.count - 1))
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

  /// Reads what `generators`, `transformers` or `validators` lists.
  ///
  /// Whatever can be read as objects is no path; those come first, wherever they stand
  /// (internal/target/kusttarget.go `configureExternalTransformers`).
  private mutating func objects(
    _ entries: [Kustomization.Entry], in directory: DirectoryReader, _ workspace: inout Workspace
  ) throws(Problem) -> [LayerResource] {
    var inline: [LayerResource] = []
    var named: [LayerResource] = []
    for entry in entries {
      let file = workspace.sources.add(textOf: entry, bytes: Array(entry.text.utf8))
      let roots = try Problem.forgiving { () throws(Problem) in
        try ResourceReader.objects(inFile: file, &workspace)
      }
      if let roots {
        inline.append(.inline(roots, entry.position))
        continue
      }
      named.append(try resource(entry, in: directory, &workspace))
    }
    return inline + named
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
      let child = try directories.directory(
        at: address, entry, in: directory, role: .resource(entry), insteadOf: error)
      directory.note(child, .resource(entry))
      let place = try layer(in: child, role: .resource(entry), &workspace)
      directories.chain.note(LayerEdge(layer: place, address: address.text))
      return .layer(place, entry)
    }
  }

  /// The layer in a directory that an entry names (internal/loader/fileloader.go `New`).
  ///
  /// `failure` is what went wrong when the entry was tried as a file.
  private mutating func layer(
    at entry: Kustomization.Entry, in directory: DirectoryReader, role: LayerRole,
    after failure: DirectoryReader.ReadFailure?, _ workspace: inout Workspace
  ) throws(Problem) -> Int {
    if entry.text.isEmpty { throw .emptyPath(at: entry.position) }
    let address = try? RepositoryAddress(entry.text)
    let child =
      if let address {
        try directories.directory(
          at: address, entry, in: directory, role: role, after: failure)
      } else {
        try directories.directory(of: entry, in: directory, role: role, after: failure)
      }
    if address == nil, LayerDirectories.hasDotsInsidePart(entry.text) {
      workspace.meet(.dotsInsidePathPart, at: entry.position)
    }
    directory.note(child, role)
    let place = try layer(in: child, role: role, &workspace)
    directories.chain.note(LayerEdge(layer: place, address: address?.text))
    return place
  }
}

extension Problem {
  fileprivate static func noDirectory(_ path: String, _ error: FileSystemError) -> Problem {
    Problem(.unreadable, "cannot read directory: \(error)", path: path)
  }

  fileprivate static func notADirectory(_ path: String) -> Problem {
    Problem(
      .unreadable, "not a directory; render takes a directory with a kustomization file",
      path: path)
  }

  fileprivate static func emptyPath(at position: Position) -> Problem {
    Problem(.invalidKustomization, "a path cannot be empty", at: position)
  }
}
