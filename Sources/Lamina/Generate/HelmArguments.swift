/// Where a chart lies, and what helm is asked to do with it
/// (builtins/HelmChartInflationGenerator.go, types/helmchartargs.go `AsHelmArgs`).
struct HelmArguments {
  let chart: HelmChart
  let options: HelmOptions
  /// The directory of charts, relative to the kustomization or absolute. Charts of which the version
  /// is known are kept apart.
  let home: String
  /// The same as an absolute path.
  let absoluteHome: String

  /// - Parameter root: the absolute path of the kustomization's directory.
  init(_ chart: HelmChart, _ globals: HelmGlobals, _ options: HelmOptions, root: String) {
    self.chart = chart
    self.options = options
    let written = globals.chartHome.isEmpty ? "charts" : globals.chartHome
    let absolute = Path.isAbsolute(written) ? written : Path.join(root, written)
    // `absChartHome`: a version without a repository cannot be downloaded, so it is not kept apart.
    guard !chart.version.isEmpty, !chart.repository.isEmpty else {
      home = written
      absoluteHome = absolute
      return
    }
    // Two versions of one chart would otherwise be taken for each other.
    let versioned = "\(chart.name)-\(chart.version)"
    home = Path.join(written, versioned)
    absoluteHome = Path.join(absolute, versioned)
  }

  /// The absolute path of the chart, once it is there.
  var chartPath: String { Path.join(absoluteHome, chart.name) }

  /// The values that come with the chart.
  var ownValues: String { Path.join(Path.join(home, chart.name), "values.yaml") }

  /// Registries have no index to name a chart in: the chart's name is the end of the address.
  var isInRegistry: Bool { chart.repository.begins(with: "oci://") }

  /// Downloads the chart to a directory.
  ///
  /// The arguments are those of kustomize (`pullCommand`), in its order.
  ///
  /// - Parameter repository: what helm calls the repository, where it is not given the address.
  func pull(to directory: String, from repository: String? = nil) -> [String] {
    var arguments = ["pull", "--untar", "--untardir", directory]
    if let repository {
      arguments.append("\(repository)/\(chart.name)")
    } else if isInRegistry {
      let isOpen = chart.repository.ends(with: "/")
      arguments.append("\(chart.repository)\(isOpen ? "" : "/")\(chart.name)")
    } else {
      arguments += ["--repo", chart.repository, chart.name]
    }
    if !chart.version.isEmpty { arguments += ["--version", chart.version] }
    if chart.allowsDevelopmentVersions { arguments.append("--devel") }
    return arguments
  }

  /// Prints the chart's objects, made with the values of these files.
  ///
  /// - Parameters:
  ///   - namespace: empty for none.
  ///   - valuesFiles: paths; of one value in several files, the last wins.
  func template(_ namespace: String, valuesFiles: [String]) -> [String] {
    var arguments = ["template"]
    // `--generate-name` makes a name from the time. kustomize leaves it at that, so such a chart
    // prints other bytes each time.
    arguments.append(chart.releaseName.isEmpty ? "--generate-name" : chart.releaseName)
    arguments.append(chartPath)
    if !namespace.isEmpty { arguments += ["--namespace", namespace] }
    if !chart.nameTemplate.isEmpty { arguments += ["--name-template", chart.nameTemplate] }
    for file in valuesFiles { arguments += ["-f", file] }
    // The chart's own list replaces that of the command line: kustomize sets the flags first and
    // then decodes the chart over them (`Config`).
    for version in chart.apiVersions ?? options.apiVersions {
      arguments += ["--api-versions", version]
    }
    let kubeVersion = chart.kubeVersion ?? options.kubeVersion
    if !kubeVersion.isEmpty { arguments += ["--kube-version", kubeVersion] }
    if chart.includesCRDs { arguments.append("--include-crds") }
    if chart.skipsTests { arguments.append("--skip-tests") }
    if chart.skipsHooks { arguments.append("--no-hooks") }
    if chart.debug ?? options.debug { arguments.append("--debug") }
    if chart.allowsDevelopmentVersions { arguments.append("--devel") }
    return arguments
  }
}
