/// Reading charts: entries of `helmCharts`, of the older `helmChartInflationGenerator`, and objects
/// of `generators`.
extension FieldDecoder {
  static let helmGlobalsFields = ["chartHome", "configHome"]

  func helmGlobals(_ node: NodeID) throws(Problem) -> HelmGlobals {
    try helmGlobals(fields(of: node, as: "helmGlobals", known: Self.helmGlobalsFields))
  }

  func helmGlobals(_ fields: [Field]) throws(Problem) -> HelmGlobals {
    var globals = HelmGlobals()
    for field in fields {
      let text = try string(field.value, for: field.name)
      if field.name == "chartHome" { globals.chartHome = text } else { globals.configHome = text }
    }
    return globals
  }

  // MARK: - helmCharts

  func helmCharts(_ list: NodeID) throws(Problem) -> [HelmChart] {
    var charts: [HelmChart] = []
    for item in try items(list, for: "helmCharts") {
      let fields = try element(item, of: "helmCharts", known: Self.helmChartFields)
      var chart = try helmChart(fields, at: tree.position(item))
      // kustomize hands the chart on without fields that are empty (types/helmchartargs.go).
      if chart.apiVersions?.isEmpty ?? false { chart.apiVersions = nil }
      if chart.kubeVersion?.isEmpty ?? false { chart.kubeVersion = nil }
      if chart.debug == false { chart.debug = nil }
      charts.append(chart)
    }
    return charts
  }

  static let helmChartFields = [
    "name", "version", "repo", "releaseName", "namespace", "nameTemplate", "valuesFile",
    "additionalValuesFiles", "valuesInline", "valuesMerge", "includeCRDs", "skipHooks", "skipTests",
    "devel", "apiVersions", "kubeVersion", "debug",
  ]

  func helmChart(_ fields: [Field], at position: Position) throws(Problem) -> HelmChart {
    var chart = HelmChart(position: position)
    for field in fields {
      try readText(field, into: &chart)
      try readValues(field, into: &chart)
      try readSwitch(field, into: &chart)
    }
    return chart
  }

  private func readText(_ field: Field, into chart: inout HelmChart) throws(Problem) {
    switch field.name {
    case "name": chart.name = try string(field.value, for: field.name)
    case "version": chart.version = try string(field.value, for: field.name)
    case "repo": chart.repository = try string(field.value, for: field.name)
    case "releaseName": chart.releaseName = try string(field.value, for: field.name)
    case "namespace": chart.namespace = try string(field.value, for: field.name)
    case "nameTemplate": chart.nameTemplate = try string(field.value, for: field.name)
    case "apiVersions": chart.apiVersions = try strings(field.value, for: field.name)
    case "kubeVersion": chart.kubeVersion = try string(field.value, for: field.name)
    default: break
    }
  }

  private func readValues(_ field: Field, into chart: inout HelmChart) throws(Problem) {
    switch field.name {
    case "valuesFile": chart.valuesFile = try text(field.value, for: field.name)
    case "additionalValuesFiles":
      chart.additionalValuesFiles = try entries(field.value, for: field.name)
    case "valuesInline": chart.values = try helmValues(field.value, for: field.name)
    case "valuesMerge": chart.valuesMerge = try valuesMerge(field.value)
    default: break
    }
  }

  private func readSwitch(_ field: Field, into chart: inout HelmChart) throws(Problem) {
    switch field.name {
    case "includeCRDs": chart.includesCRDs = try bool(field.value, for: field.name)
    case "skipHooks": chart.skipsHooks = try bool(field.value, for: field.name)
    case "skipTests": chart.skipsTests = try bool(field.value, for: field.name)
    case "devel": chart.allowsDevelopmentVersions = try bool(field.value, for: field.name)
    case "debug": chart.debug = try bool(field.value, for: field.name)
    default: break
    }
  }

  /// An empty mapping says nothing: the values file then goes to helm as it is.
  private func helmValues(_ node: NodeID, for name: String) throws(Problem) -> NodeID? {
    guard tree.shape(node) == .mapping else { throw wrongType(node, "a mapping", for: name) }
    return tree.isEmptyCollection(node) ? nil : node
  }

  private func valuesMerge(_ node: NodeID) throws(Problem) -> HelmChart.ValuesMerge {
    let word = try entry(node, for: "valuesMerge")
    if word.text.isEmpty { return .override }
    guard let merge = HelmChart.ValuesMerge(rawValue: word.text) else {
      throw .unknownValuesMerge(word)
    }
    return merge
  }
}

// MARK: - helmChartInflationGenerator

extension FieldDecoder {
  /// The older way of writing charts, with what it says of all charts: there the last word counts
  /// (types/helmchartargs.go `SplitHelmParameters`).
  func formerHelmCharts(_ list: NodeID) throws(Problem) -> (charts: [HelmChart], HelmGlobals?) {
    var charts: [HelmChart] = []
    var globals = HelmGlobals()
    for item in try items(list, for: "helmChartInflationGenerator") {
      let fields = try element(
        item, of: "helmChartInflationGenerator", known: Self.formerHelmChartFields)
      var chart = HelmChart(position: tree.position(item))
      for field in fields { try readFormer(field, into: &chart, &globals) }
      charts.append(chart)
    }
    let saysNothing = globals.chartHome.isEmpty && globals.configHome.isEmpty
    return (charts, saysNothing ? nil : globals)
  }

  /// All of them are known, not all do something.
  private static let formerHelmChartFields = [
    "chartName", "chartVersion", "chartRepoUrl", "chartHome", "chartRepoName", "helmBin",
    "helmHome", "values", "valuesLocal", "valuesMerge", "releaseName", "releaseNamespace",
    "extraArgs",
  ]

  private func readFormer(
    _ field: Field, into chart: inout HelmChart, _ globals: inout HelmGlobals
  ) throws(Problem) {
    switch field.name {
    case "chartName": chart.name = try string(field.value, for: field.name)
    case "chartVersion": chart.version = try string(field.value, for: field.name)
    case "chartRepoUrl": chart.repository = try string(field.value, for: field.name)
    case "releaseName": chart.releaseName = try string(field.value, for: field.name)
    case "values": chart.valuesFile = try text(field.value, for: field.name)
    case "valuesLocal": chart.values = try helmValues(field.value, for: field.name)
    case "valuesMerge": chart.valuesMerge = try valuesMerge(field.value)
    case "chartHome":
      if let home = try text(field.value, for: field.name) { globals.chartHome = home.text }
    case "helmHome":
      if let home = try text(field.value, for: field.name) { globals.configHome = home.text }
    case "extraArgs": _ = try strings(field.value, for: field.name)
    default: _ = try string(field.value, for: field.name)
    }
  }
}

extension Problem {
  fileprivate static func unknownValuesMerge(_ word: Kustomization.Entry) -> Problem {
    let known = HelmChart.ValuesMerge.allCases.map(\.rawValue).joined(separator: ", ")
    return Problem(
      .invalidGenerator, "valuesMerge must be one of \(known)", at: word.position)
  }
}
