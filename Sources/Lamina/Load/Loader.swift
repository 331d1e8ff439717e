/// Reads the graph of kustomizations below a root, and every resource file they name.
///
/// Reading is depth first, in the order of kustomize, which decides what is reported first and
/// which schema counts. A layer is read once, however many entries name it. If an entry fails, the
/// others are read nevertheless, so that all mistakes are reported together.
struct Loader {
  /// Complete layers, children before parents.
  private var layers: [Layer] = []
  /// Layers by their canonical directory; several if a directory is reached as a path and as an
  /// address.
  private var placesByDirectory = NumberTable<PathKey, [(LayerPlace, layer: Int)]>()
  /// What each layer stands on, and its directory, to find cycles when it is reached on a second way.
  private var edges: [[LayerEdge]] = []
  private var roots: [String] = []
  private var directories: LayerDirectories
  /// What was wrong with layers that more than one way may lead to.
  private var failures: [ByteText: [(LayerPlace, Problem)]] = [:]
  private var schema = SchemaLoader()
  /// The built-in schema has been asked: kustomize then adds to it rather than replacing it
  /// (`SchemaLoader`).
  private var hasReadObjects = false
  /// Entries of `resources` that are passed over, by the canonical directories of their layers.
  private var leftOut: [ByteText: [Bool]] = [:]

  private init(_ compatibility: Compatibility) {
    directories = LayerDirectories(compatibility)
  }

  /// Where a layer lies. One that is reached by two addresses is two, because they say differently
  /// where it comes from.
  private struct LayerPlace: Equatable {
    let repository: ByteText?
    let ref: ByteText?
    let wantsSubmodules: Bool?
    @ByteText var directory: String

    init(_ reader: DirectoryReader) {
      repository = reader.source.map { ByteText($0.address.repository) }
      ref = reader.source.map { ByteText($0.address.ref) }
      wantsSubmodules = reader.source?.address.wantsSubmodules
      directory = reader.root
    }
  }

  /// Loads everything below a directory, or below the directory of a repository.
  ///
  /// - Parameters:
  ///   - path: an absolute path, of which links are followed, or the address of a repository.
  ///   - displayPath: the path in the user's words, for messages.
  ///   - options: what may be read, and what messages write before paths.
  ///   - leftOut: entries of `resources` that are passed over, by the canonical directories of their layers.
  static func load(
    _ path: String, displayPath: String, fileSystem: any BuildFiles, options: LoadOptions,
    remotes: RemoteContent, log: LayerLog?, leavingOut leftOut: [ByteText: [Bool]] = [:],
    into workspace: inout Workspace
  ) throws(Problem) -> LayerGraph {
    var loader = Loader(workspace.compatibility)
    loader.leftOut = leftOut
    var directory: DirectoryReader
    if let address = try? RepositoryAddress(path) {
      directory = try RepositoryReader(remotes: remotes, log: log)
        .directory(of: address, as: "repository", at: .none, visit: 0)
    } else {
      directory = try self.directory(
        path, displayPath: displayPath, fileSystem: fileSystem, options, remotes)
      directory.log = log
    }
    _ = try loader.layer(in: directory, role: .root, &workspace)
    return LayerGraph(loader.layers)
  }

  /// The directory that is rendered, on this machine.
  private static func directory(
    _ path: String, displayPath: String, fileSystem: any BuildFiles, _ options: LoadOptions,
    _ remotes: RemoteContent
  ) throws(Problem) -> DirectoryReader {
    let prefix = options.displayPrefix
    let found: ResolvedPath
    do { found = try fileSystem.resolve(path) } catch {
      let nearest =
        error == .notFound
        ? PathSuggestion(fileSystem: fileSystem, wanted: .directory)
          .nearest(to: displayPath, at: Path.clean(path)) : nil
      throw .noDirectory(prefix + displayPath, error, nearest: nearest.map { prefix + $0 })
    }
    guard found.isDirectory else { throw .notADirectory(prefix + displayPath) }
    var directory = DirectoryReader(
      fileSystem: fileSystem, restriction: options.restriction, root: found.path,
      writtenRoot: Path.clean(displayPath), prefix: prefix, remotes: remotes)
    if let loadRoot = options.loadRoot {
      try directory.stay(in: try LoadRoot(loadRoot, in: fileSystem), from: path, displayPath)
    }
    return directory
  }

  // MARK: - Layers

  /// The number of the layer in a directory, which is read unless it has been before.
  private mutating func layer(
    in directory: DirectoryReader, role: LayerRole, _ workspace: inout Workspace
  ) throws(Problem) -> Int {
    let own = LayerPlace(directory)
    if let place = placesByDirectory[PathKey(own.directory)]?.first(where: { $0.0 == own })?.layer {
      if let entry = role.entry {
        let below = LayersBelow(place, edges: edges, directories: roots)
        try directories.chain.check(below, of: directory, entry)
      }
      try role.check(layers[place].kustomization)
      return place
    }
    if let failure = failures[own.directory]?.first(where: { $0.0 == own }) { throw failure.1 }
    try workspace.tree.stack.check(at: role.entry?.position ?? .none)
    let warningCount = workspace.warnings.count
    defer { Self.note(role.entry, inWarnings: &workspace.warnings, from: warningCount) }
    do {
      let layer = try read(directory, role, &workspace)
      layers.append(layer)
      edges.append(directories.chain.leave())
      roots.append(directory.root)
      placesByDirectory[PathKey(own.directory), default: []].append((own, layers.count - 1))
      return layers.count - 1
    } catch {
      failures[own.directory, default: []].append((own, error))
      throw error
    }
  }

  /// Notes in the warnings of a layer, and of those below it, which entry includes the layer. Errors are told by
  /// those who meet them.
  private static func note(
    _ entry: Kustomization.Entry?, inWarnings warnings: inout [Problem], from start: Int
  ) {
    guard let entry else { return }
    for place in warnings.indices.dropFirst(start) {
      warnings[place] = warnings[place].included(at: entry.position)
    }
  }

  /// Reads a kustomization and all that it names. The entries are independent of one another: what is
  /// wrong with each is thrown in the end.
  private mutating func read(
    _ directory: DirectoryReader, _ role: LayerRole, _ workspace: inout Workspace
  ) throws(Problem) -> Layer {
    let file = try KustomizationFile(in: directory, role: role)
    let outcome = try file.read(&workspace)
    workspace.warnings += outcome.reading.warnings
    directories.chain.enter(directory)
    do {
      return try read(outcome, of: file, in: directory, role, &workspace)
    } catch {
      // The layers above go on with their other entries.
      _ = directories.chain.leave()
      throw error
    }
  }

  /// Reads all that the kustomization names.
  ///
  /// What is wrong with one part does not keep the others from being read; all mistakes are thrown
  /// together.
  private mutating func read(
    _ outcome: KustomizationFile.Outcome, of file: KustomizationFile, in directory: DirectoryReader,
    _ role: LayerRole, _ workspace: inout Workspace
  ) throws(Problem) -> Layer {
    let kustomization = outcome.reading.kustomization
    var mistakes = Mistakes()
    if let problem = outcome.reading.problem {
      mistakes.add(problem)
    } else {
      try role.check(kustomization)
    }
    try mistakes.collect { () throws(Problem) in
      try schema.adopt(
        kustomization.openapi, in: directory, knowsObjects: hasReadObjects, &workspace)
    }
    var resources: [LayerResource] = []
    let passed = leftOut.isEmpty ? [] : leftOut[ByteText(directory.root)] ?? []
    let ahead = FilesAhead(kustomization.resources, in: directory, workspace)
    for (place, entry) in kustomization.resources.enumerated()
    where mayRead(entry, after: mistakes) {
      if place < passed.count, passed[place] { continue }
      try mistakes.collect { () throws(Problem) in
        resources.append(
          try resource(entry, in: directory, &workspace, ahead: ahead?.file(place)))
      }
    }
    let components = try components(of: kustomization, in: directory, &mistakes, &workspace)
    var patches = LayerPatches()
    var replacements: [Replacement] = []
    var configurations: [WrittenConfiguration] = []
    var crds: [WrittenConfiguration] = []
    let loader = ConfigurationLoader(directory: directory)
    try mistakes.collect { () throws(Problem) in
      patches = try PatchLoader(directory: directory).load(of: kustomization, &workspace)
    }
    try mistakes.collect { () throws(Problem) in
      replacements = try ReplacementLoader(directory: directory)
        .load(kustomization.replacements, &workspace)
    }
    try mistakes.collect { () throws(Problem) in
      configurations = try loader.load(configurations: kustomization.configurations, &workspace)
    }
    try mistakes.collect { () throws(Problem) in
      crds = try loader.load(crds: kustomization.crds, &workspace)
    }
    var objects: [[LayerResource]] = []
    for entries in [
      kustomization.generators, kustomization.transformers, kustomization.validators,
    ] {
      try mistakes.collect { () throws(Problem) in
        objects.append(try self.objects(entries, in: directory, &workspace))
      }
    }
    try mistakes.check()
    return Layer(
      kustomization: kustomization, directory: directory, path: file.displayPath,
      file: outcome.file, document: outcome.document,
      resources: resources, patches: patches, replacements: replacements, components: components,
      configurations: configurations, crds: crds, generators: objects[0],
      transformers: objects[1], validators: objects[2])
  }

  /// Reads the layers of the components, and returns their numbers.
  private mutating func components(
    of kustomization: Kustomization, in directory: DirectoryReader, _ mistakes: inout Mistakes,
    _ workspace: inout Workspace
  ) throws(Problem) -> [Int] {
    var components: [Int] = []
    for entry in kustomization.components where mayRead(entry, after: mistakes) {
      try mistakes.collect { () throws(Problem) in
        components.append(
          try layer(at: entry, in: directory, role: .component(entry), after: nil, &workspace))
      }
    }
    return components
  }

  /// Nothing is fetched any more for a build that has failed.
  private func mayRead(_ entry: Kustomization.Entry, after mistakes: Mistakes) -> Bool {
    (mistakes.isEmpty && failures.isEmpty) || !Self.isRemote(entry.text)
  }

  /// The text is a URL or the address of a repository; nothing is fetched to find out.
  private static func isRemote(_ path: String) -> Bool {
    RemoteFile.isURL(path) || (try? RepositoryAddress(path)) != nil
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
    var mistakes = Mistakes()
    for entry in entries where mayRead(entry, after: mistakes) {
      try mistakes.collect { () throws(Problem) in
        let file = workspace.sources.add(textOf: entry, bytes: Array(entry.text.utf8))
        do throws(Problem) {
          inline.append(
            .inline(try ResourceReader.objects(inFile: file, &workspace), entry.position))
        } catch {
          if error.isLimit { throw error }
          let problem = error
          do throws(Problem) { named.append(try resource(entry, in: directory, &workspace)) } catch
          {
            throw entry.isText ? problem : error
          }
        }
      }
    }
    try mistakes.check()
    return inline + named
  }

  // MARK: - Entries

  /// Tries an entry of `resources` as a file, then as a directory (internal/target/kusttarget.go
  /// `accumulateResources`).
  ///
  /// - Parameter ahead: what another thread has read of the file.
  private mutating func resource(
    _ entry: Kustomization.Entry, in directory: DirectoryReader, _ workspace: inout Workspace,
    ahead: FilesAhead.File? = nil
  ) throws(Problem) -> LayerResource {
    try Cancellation.check(workspace.watch)
    let file: DirectoryReader.File
    do { file = try directory.read(entry.text, known: ahead?.bytes) } catch {
      let place = try layer(
        at: entry, in: directory, role: .resource(entry), after: error, &workspace)
      return .layer(place, entry)
    }
    let index = workspace.sources.add(
      path: file.displayPath, bytes: file.bytes, sharedPath: file.path)
    hasReadObjects = true
    do {
      let documents = ahead?.take(as: index, &workspace)
      return .objects(
        try ResourceReader.objects(inFile: index, documents: documents, &workspace), entry)
    } catch {
      // A server may show a repository's address as a page, which is no file of objects.
      guard file.isRemote, let address = try? RepositoryAddress(entry.text) else {
        throw ListedFile(entry: entry, file: index).problem(error, &workspace)
      }
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
    let place: Int
    do { place = try layer(in: child, role: role, &workspace) } catch {
      throw error.included(at: entry.position)
    }
    directories.chain.note(LayerEdge(layer: place, address: address?.text))
    return place
  }
}

extension Problem {
  fileprivate static func noDirectory(
    _ path: String, _ error: FileSystemError, nearest: String?
  ) -> Problem {
    Problem(
      .rootNotReadable, "cannot read directory: \(error)", path: path,
      hint: nearest.map { "did you mean \"\($0)\"?" })
  }

  fileprivate static func notADirectory(_ path: String) -> Problem {
    Problem(
      .rootNotADirectory, "not a directory; render takes a directory with a kustomization file",
      path: path)
  }

  fileprivate static func emptyPath(at position: Position) -> Problem {
    Problem(.emptyPath, "a path cannot be empty", at: position)
  }
}
