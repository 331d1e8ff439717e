/// The fields of an entry of `helmCharts` (api/types/helmchartargs.go).
enum HelmChartField: String, FieldSet {
  case name
  case version
  case repo
  case releaseName
  case namespace
  case additionalValuesFiles
  case valuesFile
  case valuesInline
  case valuesMerge
  case includeCRDs
  case skipHooks
  case apiVersions
  case kubeVersion
  case nameTemplate
  case skipTests
  case debug
  case devel

  static var synonyms: [String: HelmChartField] {
    [
      "chart": .name,
      "repository": .repo,
      "repourl": .repo,
      "values": .valuesInline,
      "valuefile": .valuesFile,
      "release": .releaseName,
    ]
  }

  var row: FieldRow {
    switch self {
    case .name: FieldRow(.text, since: "4.1.0", "The name of the chart.")
    case .version: FieldRow(.text, since: "4.1.0", "The version of the chart.")
    case .repo: FieldRow(.text, since: "4.1.0", "The address of the chart's repository.")
    case .releaseName: FieldRow(.text, since: "4.1.0", "The name of the release.")
    case .namespace: FieldRow(.text, since: "4.1.3", "The namespace of the release.")
    case .additionalValuesFiles:
      FieldRow(.texts, since: "5.0.0", "Further files of values.", names: .file)
    case .valuesFile:
      FieldRow(
        .text, since: "4.1.0", "The file of values to use instead of the chart's.", names: .file)
    case .valuesInline: FieldRow(.mapping, since: "4.1.0", "Values.")
    case .valuesMerge:
      FieldRow(
        .word(HelmChart.ValuesMerge.allCases.map(\.rawValue)), since: "4.1.0",
        "How valuesInline and the file of values are put together.")
    case .includeCRDs: FieldRow(.flag, since: "4.2.0", "Renders the chart's definitions as well.")
    case .skipHooks: FieldRow(.flag, since: "5.0.0", "Leaves out hooks.")
    case .apiVersions: FieldRow(.texts, since: "5.0.0", "The API versions of the cluster.")
    case .kubeVersion: FieldRow(.text, since: "5.3.0", "The version of the cluster.")
    case .nameTemplate: FieldRow(.text, since: "5.0.0", "The template of the release's name.")
    case .skipTests: FieldRow(.flag, since: "5.0.0", "Leaves out tests.")
    case .debug: FieldRow(.flag, since: "5.5.0", "Passes --debug to helm.")
    case .devel: FieldRow(.flag, since: "5.7.0", "Accepts development versions of the chart.")
    }
  }
}

/// The fields of `helmGlobals`.
enum HelmGlobalField: String, FieldSet {
  case chartHome
  case configHome

  var row: FieldRow {
    switch self {
    case .chartHome:
      FieldRow(
        .text, since: "4.1.0", "The directory of the charts; charts if missing.",
        names: .directory)
    case .configHome: FieldRow(.text, since: "4.1.0", "The directory of helm's settings.")
    }
  }
}

/// The fields of an entry of `helmChartInflationGenerator`: all are known, not all have an effect.
enum FormerHelmChartField: String, FieldSet {
  case chartName
  case chartVersion
  case chartRepoUrl
  case chartHome
  case chartRepoName
  case helmBin
  case helmHome
  case values
  case valuesLocal
  case valuesMerge
  case releaseName
  case releaseNamespace
  case extraArgs

  var row: FieldRow {
    switch self {
    case .chartName: FieldRow(.text, since: "3.8.7", "The name of the chart.")
    case .chartVersion: FieldRow(.text, since: "3.8.7", "The version of the chart.")
    case .chartRepoUrl: FieldRow(.text, since: "3.8.7", "The address of the chart's repository.")
    case .chartHome:
      FieldRow(.text, since: "3.8.7", "The directory of the charts.", names: .directory)
    case .chartRepoName: FieldRow(.text, since: "4.1.0", "It has no effect.")
    case .helmBin: FieldRow(.text, since: "3.8.7", "It has no effect.")
    case .helmHome: FieldRow(.text, since: "3.8.7", "The directory of helm's settings.")
    case .values: FieldRow(.text, since: "3.8.7", "The file of values.", names: .file)
    case .valuesLocal: FieldRow(.mapping, since: "3.8.9", "Values.")
    case .valuesMerge:
      FieldRow(
        .word(HelmChart.ValuesMerge.allCases.map(\.rawValue)), since: "3.8.9",
        "How valuesLocal and the file of values are put together.")
    case .releaseName: FieldRow(.text, since: "3.8.7", "The name of the release.")
    case .releaseNamespace: FieldRow(.text, since: "3.8.7", "It has no effect.")
    case .extraArgs: FieldRow(.texts, since: "3.8.8", "It has no effect.")
    }
  }
}
