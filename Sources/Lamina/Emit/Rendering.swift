/// The outcome of a build.
public struct Rendering: Sendable {
  /// What does not stop the build, in the order in which it was met.
  public let warnings: [Diagnostic]
  /// The files that the build has read from its file system, by their canonical paths, each once, in
  /// the order in which they were first asked for. What a host fetched is not among them.
  public let filesRead: [String]
  /// How much work the build did, for `GrowthTests`.
  let counts: WorkCounts
  /// The settled tree and the printed bytes.
  let stage: FinalStage

  /// Prints the resources.
  ///
  /// - Parameters:
  ///   - layers: empty where no kustomization was built.
  ///   - written: see `FinalStage.written`.
  init(
    _ resources: Resources, _ workspace: inout Workspace, filesRead: [String],
    layers: [Layer] = [], written: [ArraySlice<UInt8>?] = []
  ) throws(Problem) {
    self.filesRead = filesRead
    counts = workspace.counts(with: resources)
    stage = try FinalStage(resources, &workspace, layers: layers, written: written)
    if workspace.warnings.isEmpty {
      warnings = []
    } else {
      let sources = workspace.sources.hidingSecrets(of: stage.tree)
      warnings = workspace.warnings.map { Diagnostic($0, severity: .warning, in: sources) }
    }
  }

  /// A rendering of the same files as another one, with the same warnings.
  init(_ stage: FinalStage, like other: Rendering) {
    (filesRead, counts, warnings) = (other.filesRead, other.counts, other.warnings)
    self.stage = stage
  }

  /// All resources as one stream of YAML, with `---` between them.
  public var bytes: [UInt8] { stage.bytes }

  /// The resources in the order of the stream.
  public var resources: [RenderedResource] {
    stage.resources.indices.map { RenderedResource(place: $0, in: stage) }
  }

  /// The resource with an id; nil where there is none. Takes a look at every resource.
  public func resource(_ id: RenderedResource.Identity) -> RenderedResource? {
    resources.first { $0.id == id }
  }

  /// The resources that a reference may mean, in the order of the stream: one, unless it leaves something open.
  ///
  ///     let target = rendering.resources(kind: "Deployment", name: "web", group: "apps").first
  ///
  /// - Parameters:
  ///   - kind: as references say it, such as `Deployment`.
  ///   - name: the name as it is rendered, with prefixes and content hashes.
  ///   - namespace: that of the resource as it says it, empty where it says nothing; nil is any.
  ///   - group: the API group, empty for the core group; nil is any.
  ///   - version: the version of the API; nil is any, since references often name another one.
  public func resources(
    kind: String, name: String, namespace: String? = nil, group: String? = nil,
    version: String? = nil
  ) -> [RenderedResource] {
    resources.filter { resource in
      let id = resource.id
      return id.kind.hasBytes(of: kind) && id.name.hasBytes(of: name)
        && id.namespace.hasBytes(of: namespace ?? id.namespace)
        && id.group.hasBytes(of: group ?? id.group)
        && id.version.hasBytes(of: version ?? id.version)
    }
  }

  /// A name for each resource when it is written to a file of its own, as kustomize names them:
  /// `group_version_kind_name.yaml` in lower case, with the namespace in front where the resources live
  /// in more than one.
  public var fileNames: [String] {
    FileNames.names(of: stage.resources, symbols: stage.tree.symbols)
  }
}
