/// Reading charts: entries of `helmCharts`, of the older `helmChartInflationGenerator`, and objects
/// of `generators`.
extension FieldDecoder {
  /// `helmGlobals`, or the same fields of a HelmChartInflationGenerator object, which has them at
  /// its top.
  func helmGlobals(_ node: NodeID, as what: String) throws(Problem) -> HelmGlobals {
    var globals = HelmGlobals()
    try fields(of: node, as: what) { (field: HelmGlobalField, value) throws(Problem) in
      let text = try string(value, for: field.rawValue)
      switch field {
      case .chartHome: globals.chartHome = text
      case .configHome: globals.configHome = text
      }
    }
    return globals
  }

  // MARK: - helmCharts

  /// Entries of `helmCharts`. What is empty in one is as if it were not there.
  func helmCharts(_ list: NodeID) throws(Problem) -> [HelmChart] {
    var charts: [HelmChart] = []
    try eachItem(of: list, for: "helmCharts") { (item) throws(Problem) in
      var chart = try helmChart(item, as: "helmCharts")
      // kustomize hands the chart on without fields that are empty (types/helmchartargs.go).
      if chart.apiVersions?.isEmpty ?? false { chart.apiVersions = nil }
      if chart.kubeVersion?.isEmpty ?? false { chart.kubeVersion = nil }
      if chart.debug == false { chart.debug = nil }
      charts.append(chart)
    }
    return charts
  }

  /// The fields are those of an entry of `helmCharts`; an object has `helmGlobals` beside them.
  func helmChart(_ node: NodeID, as what: String) throws(Problem) -> HelmChart {
    var chart = HelmChart(position: tree.position(node))
    try element(node, of: what) { (field: HelmChartField, value) throws(Problem) in
      try read(field, value, into: &chart)
    }
    return chart
  }

  /// Reads one field. The switch has no default, so that a row of the table without a reader does
  /// not compile.
  private func read(
    _ field: HelmChartField, _ value: NodeID, into chart: inout HelmChart
  ) throws(Problem) {
    let name = field.rawValue
    switch field {
    case .name: chart.name = try string(value, for: name)
    case .version: chart.version = try string(value, for: name)
    case .repo: chart.repository = try string(value, for: name)
    case .releaseName: chart.releaseName = try string(value, for: name)
    case .namespace: chart.namespace = try string(value, for: name)
    case .nameTemplate: chart.nameTemplate = try string(value, for: name)
    case .apiVersions: chart.apiVersions = try strings(value, for: name)
    case .kubeVersion: chart.kubeVersion = try string(value, for: name)
    case .valuesFile: chart.valuesFile = try text(value, for: name)
    case .additionalValuesFiles: chart.additionalValuesFiles = try entries(value, for: name)
    case .valuesInline: chart.values = try helmValues(value, for: name)
    case .valuesMerge: chart.valuesMerge = try valuesMerge(value)
    case .includeCRDs: chart.includesCRDs = try bool(value, for: name)
    case .skipHooks: chart.skipsHooks = try bool(value, for: name)
    case .skipTests: chart.skipsTests = try bool(value, for: name)
    case .devel: chart.allowsDevelopmentVersions = try bool(value, for: name)
    case .debug: chart.debug = try bool(value, for: name)
    }
  }

  /// An empty mapping says nothing: the values file then goes to helm as it is.
  private func helmValues(_ node: NodeID, for name: String) throws(Problem) -> NodeID? {
    guard tree.shape(node) == .mapping else { throw wrongType(node, "a mapping", for: name) }
    return tree.isEmptyCollection(node) ? nil : node
  }

  /// - Throws: for an unknown word. kustomize refuses it when the chart is made
  ///   (`errIfIllegalValuesMerge`).
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
    let what = KustomizationField.helmChartInflationGenerator.rawValue
    try eachItem(of: list, for: what) { (item) throws(Problem) in
      var chart = HelmChart(position: tree.position(item))
      try element(item, of: what) { (field: FormerHelmChartField, value) throws(Problem) in
        try readFormer(field, value, into: &chart, &globals)
      }
      charts.append(chart)
    }
    let saysNothing = globals.chartHome.isEmpty && globals.configHome.isEmpty
    return (charts, saysNothing ? nil : globals)
  }

  /// Reads one field of the older form, which has names of its own.
  private func readFormer(
    _ field: FormerHelmChartField, _ value: NodeID, into chart: inout HelmChart,
    _ globals: inout HelmGlobals
  ) throws(Problem) {
    let name = field.rawValue
    switch field {
    case .chartName: chart.name = try string(value, for: name)
    case .chartVersion: chart.version = try string(value, for: name)
    case .chartRepoUrl: chart.repository = try string(value, for: name)
    case .releaseName: chart.releaseName = try string(value, for: name)
    case .values: chart.valuesFile = try text(value, for: name)
    case .valuesLocal: chart.values = try helmValues(value, for: name)
    case .valuesMerge: chart.valuesMerge = try valuesMerge(value)
    case .chartHome: if let home = try text(value, for: name) { globals.chartHome = home.text }
    case .helmHome: if let home = try text(value, for: name) { globals.configHome = home.text }
    // These are checked and have no effect.
    case .extraArgs: _ = try strings(value, for: name)
    case .chartRepoName, .helmBin, .releaseNamespace: _ = try string(value, for: name)
    }
  }
}

extension Problem {
  fileprivate static func unknownValuesMerge(_ word: Kustomization.Entry) -> Problem {
    let known = HelmChart.ValuesMerge.allCases.map(\.rawValue).joined(separator: ", ")
    return Problem(
      .unknownValuesMerge, "valuesMerge must be one of \(known)", at: word.position)
  }
}
