/// `helmCharts`: the objects that helm makes of a chart.
///
/// Helm is run as kustomize runs it: asked for its version, then told to download the chart if it is
/// not there, then to print the chart's objects. These get no hash, and `namespace` leaves them
/// alone, since helm was told it (builtins/HelmChartInflationGenerator.go).
struct HelmInflation: Sendable {
  private let chart: HelmChart
  private let globals: HelmGlobals
  private let namespace: String
  private let options: HelmOptions
  private let directory: DirectoryReader

  /// Refuses what can be refused before anything is run.
  ///
  /// - Parameter namespace: the namespace of the release, if the chart does not name its own.
  init(
    _ chart: HelmChart, _ globals: HelmGlobals, namespace: String = "", options: HelmOptions,
    directory: DirectoryReader
  ) throws(Problem) {
    guard options.isEnabled else { throw .notEnabled(at: chart.position) }
    guard !options.command.isEmpty else { throw .noCommand(at: chart.position) }
    guard !chart.name.isEmpty else { throw .noChartName(at: chart.position) }
    for name in [chart.name, chart.releaseName] where name.hasPrefix("-") {
      throw .nameIsOption(name, at: chart.position)
    }
    for file in chart.additionalValuesFiles {
      _ = try directory.read(file, as: "additional values file")
    }
    self.chart = chart
    self.globals = globals
    self.namespace = chart.namespace.isEmpty ? namespace : chart.namespace
    self.options = options
    self.directory = directory
  }

  /// Makes the objects and puts them into the layer.
  func apply(
    to resources: inout Resources, origin: OriginID?, _ workspace: inout Workspace
  ) throws(Problem) {
    let output = try inflate(&workspace)
    for resource in try HelmOutput(chart: chart).resources(of: output, &workspace) {
      try GeneratedObject(resource, origin: origin, position: chart.position)
        .absorb(into: &resources, &workspace)
    }
  }

  /// Runs helm. What it needs on the disk is gone afterwards, but for the chart.
  private func inflate(_ workspace: inout Workspace) throws(Problem) -> [UInt8] {
    guard let host = workspace.host else { throw .noHost(at: chart.position) }
    let scratch: String
    do { scratch = try host.makeTemporaryDirectory() } catch {
      throw .noScratch(error, at: chart.position)
    }
    defer { host.removeTemporaryDirectory(scratch) }
    let arguments = HelmArguments(chart, globals, options, root: directory.root)
    let configHome = globals.configHome.isEmpty ? "\(scratch)/helm" : globals.configHome
    let helm = HelmProgram(host: host, options: options, configHome: configHome, chart: chart)
    try helm.checkVersion()
    if isDirectory(arguments.chartPath) {
      directory.log?.note(.directory(arguments.chartPath), of: directory)
    } else {
      if chart.repository.isEmpty { throw .noRepository(arguments, chart) }
      _ = try helm.run(arguments.pull)
    }
    let values = try valuesFile(arguments, in: scratch, host, &workspace)
    // kustomize takes an absolute path for a relative one here.
    let more = chart.additionalValuesFiles.map { Path.join(directory.root, $0.text) }
    return try helm.run(arguments.template(namespace, valuesFiles: [values] + more))
  }

  private func isDirectory(_ path: String) -> Bool {
    let found = try? directory.fileSystem.resolve(path)
    return found?.isDirectory ?? false
  }

  /// Writes the values for helm, and returns the path.
  private func valuesFile(
    _ arguments: HelmArguments, in scratch: String, _ host: any Host,
    _ workspace: inout Workspace
  ) throws(Problem) -> String {
    let own = Kustomization.Entry(text: arguments.ownValues, position: chart.position)
    let values = HelmValues(chart: chart, file: chart.valuesFile ?? own, directory: directory)
    let bytes = try values.bytes(&workspace)
    // The name of a chart may be a path, which must not lead out of the directory.
    let path = "\(scratch)/\(Path.lastPart(chart.name))-kustomize-values.yaml"
    do { try host.write(bytes, to: path) } catch { throw .notWritten(error, at: chart.position) }
    return path
  }
}

extension Problem {
  fileprivate static func notEnabled(at position: Position) -> Problem {
    Problem(
      .notAllowed, "a chart needs helm to be run: must specify --enable-helm", at: position)
  }

  fileprivate static func noCommand(at position: Position) -> Problem {
    Problem(
      .invalidOption, "a chart needs helm to be run: must specify --helm-command", at: position)
  }

  fileprivate static func noChartName(at position: Position) -> Problem {
    Problem(.invalidGenerator, "chart name cannot be empty", at: position)
  }

  /// Helm has options that run other programs, and nobody has allowed that.
  fileprivate static func nameIsOption(_ name: String, at position: Position) -> Problem {
    Problem(
      .invalidGenerator, "the name \"\(name)\" would be an option of helm", at: position,
      hint: "names of charts and releases do not begin with -")
  }

  fileprivate static func noHost(at position: Position) -> Problem {
    Problem(
      .notAllowed, "a chart needs helm to be run, and this renderer has no host to run it",
      at: position)
  }

  fileprivate static func noRepository(
    _ arguments: HelmArguments, _ chart: HelmChart
  ) -> Problem {
    Problem(
      .invalidGenerator,
      "no repo specified for pull, no chart found at '\(Path.join(arguments.home, chart.name))'",
      at: chart.position)
  }

  fileprivate static func noScratch(_ failure: HostFailure, at position: Position) -> Problem {
    Problem(
      .programFailed, "unable to make a temporary directory for helm: \(failure)", at: position)
  }

  fileprivate static func notWritten(_ failure: HostFailure, at position: Position) -> Problem {
    Problem(.programFailed, "failed to write values file for helm: \(failure)", at: position)
  }
}
