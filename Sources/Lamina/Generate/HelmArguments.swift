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

  init(_ chart: HelmChart, _ globals: HelmGlobals, _ options: HelmOptions, root: String) {
    self.chart = chart
    self.options = options
    let written = globals.chartHome.isEmpty ? "charts" : globals.chartHome
    let absolute = Path.isAbsolute(written) ? written : Path.join(root, written)
    guard !chart.version.isEmpty, !chart.repository.isEmpty else {
      home = written
      absoluteHome = absolute
      return
    }
    let versioned = "\(chart.name)-\(chart.version)"
    home = Path.join(written, versioned)
    absoluteHome = Path.join(absolute, versioned)
  }

  /// The absolute path of the chart, once it is there.
  var chartPath: String { Path.join(absoluteHome, chart.name) }

  /// The values that come with the chart.
  var ownValues: String { Path.join(Path.join(home, chart.name), "values.yaml") }

  var isInRegistry: Bool { chart.repository.hasPrefix("oci://") }

  /// Downloads the chart to a directory.
  ///
  /// - Parameter repository: what helm calls the repository, where it is not given the address.
  func pull(to directory: String, from repository: String? = nil) -> [String] {
    var arguments = ["pull", "--untar", "--untardir", directory]
    if let repository {
      arguments.append("\(repository)/\(chart.name)")
    } else if isInRegistry {
      let isOpen = chart.repository.hasSuffix("/")
      arguments.append("\(chart.repository)\(isOpen ? "" : "/")\(chart.name)")
    } else {
      arguments += ["--repo", chart.repository, chart.name]
    }
    if !chart.version.isEmpty { arguments += ["--version", chart.version] }
    if chart.allowsDevelopmentVersions { arguments.append("--devel") }
    return arguments
  }

  /// Prints the chart's objects, made with the values of these files.
  func template(_ namespace: String, valuesFiles: [String]) -> [String] {
    var arguments = ["template"]
    arguments.append(chart.releaseName.isEmpty ? "--generate-name" : chart.releaseName)
    arguments.append(chartPath)
    if !namespace.isEmpty { arguments += ["--namespace", namespace] }
    if !chart.nameTemplate.isEmpty { arguments += ["--name-template", chart.nameTemplate] }
    for file in valuesFiles { arguments += ["-f", file] }
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
