/// The outcome of a build.
public struct Rendering: Sendable {
  /// What does not stop the build, in the order in which it was met.
  public let warnings: [Diagnostic]
  /// The files that the build has read from its file system, by their canonical paths, each once, in
  /// the order in which they were first asked for. What a host fetched is not among them.
  public let filesRead: [String]
  let counts: WorkCounts
  let stage: FinalStage

  init(
    _ resources: Resources, _ workspace: Workspace, filesRead: [String],
    written: [ArraySlice<UInt8>?] = []
  ) throws(Problem) {
    self.filesRead = filesRead
    stage = try FinalStage(resources, workspace, written: written)
    counts = workspace.counts(with: resources)
    warnings = workspace.warnings.map {
      Diagnostic($0, severity: .warning, in: workspace.sources)
    }
  }

  /// All resources as one stream of YAML, with `---` between them.
  public var bytes: [UInt8] { stage.bytes }

  /// The resources in the order of the stream.
  public var resources: [RenderedResource] {
    stage.ranges.indices.map { RenderedResource(place: $0, in: stage) }
  }

  /// A name for each resource when it is written to a file of its own, as kustomize names them:
  /// `group_version_kind_name.yaml` in lower case, with the namespace in front where the resources live
  /// in more than one.
  public var fileNames: [String] {
    FileNames.names(of: stage.resources, symbols: stage.tree.symbols)
  }
}

/// The end of a build, kept for those who ask what a resource is and where its fields come from.
final class FinalStage: Sendable {
  let tree: Tree
  let sources: SourceMap
  let resources: [Resource]
  /// All resources as one stream, and where each stands in it.
  let bytes: [UInt8]
  let ranges: [Range<Int>]
  /// For each resource the document that holds it and nothing else; empty for what a build made.
  let written: [ArraySlice<UInt8>?]

  init(
    _ resources: Resources, _ workspace: Workspace, written: [ArraySlice<UInt8>?] = []
  ) throws(Problem) {
    self.written = written
    var printer = TreePrinter(workspace.tree)
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(resources.count)
    for root in resources.roots {
      try Cancellation.check()
      if !ranges.isEmpty { printer.printSeparator() }
      let start = printer.count
      try printer.print(root)
      ranges.append(start..<printer.count)
    }
    tree = workspace.tree
    sources = workspace.sources
    self.resources = resources.all
    bytes = printer.take()
    self.ranges = ranges
  }

  func location(of node: NodeID) -> Diagnostic.Location? {
    sources.place(of: tree.position(node)).map {
      Diagnostic.Location(file: $0.path, line: $0.line, column: $0.column)
    }
  }
}
