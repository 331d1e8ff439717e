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
    warnings = workspace.warnings.map {
      Diagnostic($0, severity: .warning, in: workspace.sources)
    }
  }

  /// All resources as one stream of YAML, with `---` between them.
  public var bytes: [UInt8] { stage.bytes }

  /// The resources in the order of the stream.
  public var resources: [RenderedResource] {
    stage.resources.indices.map { RenderedResource(place: $0, in: stage) }
  }

  /// A name for each resource when it is written to a file of its own, as kustomize names them:
  /// `group_version_kind_name.yaml` in lower case, with the namespace in front where the resources live
  /// in more than one.
  public var fileNames: [String] {
    FileNames.names(of: stage.resources, symbols: stage.tree.symbols)
  }
}
