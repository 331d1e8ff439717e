/// How a build ended, and what it looked for and read.
///
///     let outcome = renderer.outcome(of: "/app/overlays/production")
///     switch outcome.result {
///     case .success(let rendering): respond(rendering.bytes)
///     case .failure(let diagnostic): respond(diagnostic.report)
///     }
///     // Until this is true, the same build would end in the same way.
///     let isOutdated = outcome.inputs.change(in: files) != nil
public struct BuildOutcome: Sendable {
  /// The rendering, or why there is none.
  public let result: Result<Rendering, Diagnostic>
  /// What the build looked for, found and read. Of a build that failed, what it did until then.
  public let inputs: BuildInputs
}

/// What a build looked for, found and read in its file system, what was fetched for it, and who asked for what.
///
/// It is `Codable`, for caches that outlive the process.
public struct BuildInputs: Sendable, Equatable, Codable {
  /// A file that was read.
  public struct File: Sendable, Hashable, Codable {
    /// Its canonical path.
    public let path: String
    /// The SHA-256 of its bytes as the build read them, 32 bytes.
    public let digest: [UInt8]
  }

  /// A path that was looked for.
  public struct Lookup: Sendable, Equatable, Codable {
    /// An absolute path, as the build asked for it.
    public let path: String
    /// What was there; nil is nothing that could be reached.
    public let found: ResolvedPath?
  }

  /// A directory with a kustomization, and what that asked for. Each list is in the order of the first time.
  public struct Layer: Sendable, Hashable, Codable {
    /// The canonical path of the directory; of what was fetched its address, with passwords as `***`.
    public let path: String
    /// It was fetched, or belongs to what was.
    public let isRemote: Bool
    /// The canonical paths of its files, the kustomization file first; addresses of those that were fetched.
    public fileprivate(set) var files: [String] = []
    /// The layers that `resources` and the lists of transformers name, by their `path`.
    public fileprivate(set) var layers: [String] = []
    /// The layers that `components` names, by their `path`.
    public fileprivate(set) var components: [String] = []
    /// Directories that programs read for it, such as charts, by their canonical paths.
    public fileprivate(set) var directories: [String] = []
  }

  /// The files that were read from the file system, each once, in the order in which they were first asked
  /// for. What a host fetched is not among them.
  public let files: [File]
  /// The paths that were looked for in the file system, found or not, by their bytes in rising order.
  public let lookups: [Lookup]
  /// The layers that were read, the root first, in the order in which they were met.
  public let layers: [Layer]
  /// The addresses of what was fetched, with passwords as `***`; of a repository its own, and not those of its files.
  public let remotes: [String]

  init(_ log: ReadLog, _ layers: LayerLog, root: String) {
    files = zip(log.paths, log.digests).map { File(path: $0, digest: $1) }
    lookups = log.lookups.sorted { $0.key < $1.key }
      .map { Lookup(path: $0.key.string, found: $0.value) }
    self.layers = Self.layers(layers.edges)
    remotes = layers.remotes(ofRoot: root)
  }

  /// The edges by the layers that they come from.
  private static func layers(_ edges: [LayerLog.Edge]) -> [Layer] {
    var places: [LayerLog.Layer: Int] = [:]
    var layers: [Layer] = []
    for edge in edges {
      let place = places[edge.layer] ?? layers.count
      if place == layers.count {
        places[edge.layer] = place
        layers.append(
          Layer(path: AddressUser.masked(edge.layer.path), isRemote: edge.layer.isRemote))
      }
      switch edge.part {
      case .file(let path, _): layers[place].files.append(AddressUser.masked(path.string))
      case .layer(let layer, false): layers[place].layers.append(AddressUser.masked(layer.path))
      case .layer(let layer, true):
        layers[place].components.append(AddressUser.masked(layer.path))
      case .directory(let path): layers[place].directories.append(path.string)
      }
    }
    return layers
  }

  /// A path about which a file system says something else than the build was told: the file there has
  /// other bytes, there is something else, nothing any more, or something at last. Nil where a build of the
  /// same directory would read the same, and so end in the same way.
  ///
  /// What was fetched, and what programs read or print, is not asked for: `remotes` says whether there was
  /// such. Names of neighbouring files, which some messages guess from, do not count either.
  ///
  /// - Parameter files: the file system as it is now; each file of the build is read once.
  public func change(in files: any FileSystem) -> String? {
    let moved = lookups.first { (try? files.resolve($0.path)) != $0.found }?.path
    return moved
      ?? self.files.first { file in
        (try? files.read(file.path)).map { Array(SHA256.hash($0.span)) } != file.digest
      }?.path
  }
}
