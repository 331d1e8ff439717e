/// `helmCharts`: the objects that helm makes of a chart.
///
/// Helm is run as kustomize runs it (`HelmBatch`). What it prints gets no hash, and `namespace` leaves it
/// alone, since helm was told it (builtins/HelmChartInflationGenerator.go).
struct HelmInflation: Sendable {
  /// The entry of `helmCharts`, or an object of the kind HelmChartInflationGenerator.
  let chart: HelmChart
  /// `helmGlobals` of the kustomization.
  let globals: HelmGlobals
  /// The namespace of the release: the chart's own, else that of the nearest layer that names one.
  let namespace: String
  /// Reads the files of values.
  let directory: DirectoryReader
  private let session: HelmSession

  /// Refuses what can be refused before anything is run.
  ///
  /// - Parameters:
  ///   - namespace: the namespace of the release, if the chart does not name its own.
  ///   - session: nil where helm may not be run.
  init(
    _ chart: HelmChart, _ globals: HelmGlobals, namespace: String = "", session: HelmSession?,
    directory: DirectoryReader
  ) throws(Problem) {
    guard let session else { throw .notEnabled(chart) }
    guard !session.options.command.isEmpty else { throw .noCommand(at: chart.position) }
    guard !chart.name.isEmpty else { throw .noChartName(at: chart.position) }
    // kustomize passes them on, and helm takes `--post-renderer=program` for what it is.
    for name in [chart.name, chart.releaseName] where name.begins(with: "-") {
      throw .nameIsOption(name, at: chart.position)
    }
    // kustomize reads these early as well, to apply the load restriction (`validateArgs`).
    for file in chart.additionalValuesFiles {
      _ = try directory.read(file, as: "additional values file")
    }
    self.chart = chart
    self.globals = globals
    self.namespace = chart.namespace.isEmpty ? namespace : chart.namespace
    self.directory = directory
    self.session = session
  }

  /// What tells charts of one build apart: an entry of a kustomization, and the namespace, which differs
  /// between the ways that lead to the kustomization.
  struct Release: Hashable {
    /// The raw position of the entry: comparing it does not need the sources.
    let position: UInt32
    @ByteText var namespace: String
  }

  var release: Release { Release(position: chart.position.raw, namespace: namespace) }

  /// Makes the objects and puts them into the layer.
  ///
  /// The output may have been prepared with that of other charts; otherwise helm runs now.
  func apply(
    to resources: inout Resources, origin: OriginID?, _ workspace: inout Workspace
  ) throws(Problem) {
    _ = workspace.tree.ledger.begin(.helmChart, at: chart.position)
    let output = try session.output(of: self, &workspace)
    for resource in try HelmOutput(chart: chart).resources(of: output, &workspace) {
      try GeneratedObject(resource, origin: origin, position: chart.position)
        .absorb(into: &resources, &workspace)
    }
  }
}

extension Problem {
  fileprivate static func notEnabled(_ chart: HelmChart) -> Problem {
    let problem = Problem(
      .helmNotEnabled, "a chart needs helm to be run", at: chart.position, option: .helm)
    // The field of a kustomization asks for helm, whatever its charts say.
    return chart.isObject ? problem : problem.atKey(KustomizationField.helmCharts.rawValue)
  }

  fileprivate static func noCommand(at position: Position) -> Problem {
    Problem(
      .helmWithoutCommand, "a chart needs helm to be run", at: position, option: .helmCommand)
  }

  fileprivate static func noChartName(at position: Position) -> Problem {
    Problem(.chartWithoutName, "chart name cannot be empty", at: position)
  }

  /// Helm has options that run other programs, and nobody has allowed that.
  fileprivate static func nameIsOption(_ name: String, at position: Position) -> Problem {
    Problem(
      .chartNameIsOption, "the name \"\(name)\" would be an option of helm", at: position,
      hint: "names of charts and releases do not begin with -")
  }
}
