/// One entry of `helmCharts`, or an object of the kind `HelmChartInflationGenerator`.
///
/// Texts are empty, and switches off, where nothing is said. Three arguments also have flags; these
/// count where the chart says nothing, which is not the same as saying nothing but "".
struct HelmChart: Sendable {
  /// What happens to the values file when there are values in the kustomization as well.
  enum ValuesMerge: String, Sendable, CaseIterable {
    /// The values of the file win.
    case merge
    /// The values of the kustomization win.
    case override
    /// The file does not count.
    case replace
  }

  /// The chart; in a directory of charts, its path there.
  var name = ""
  var version = ""
  /// An address: `https://…` of an index, or `oci://…` of a registry; empty for a chart that lies
  /// in the directory.
  var repository = ""
  /// Empty lets helm make a name.
  var releaseName = ""
  /// Empty for the namespace of the layer.
  var namespace = ""
  var nameTemplate = ""
  /// Nil for the file that comes with the chart.
  var valuesFile: Kustomization.Entry?
  /// Handed to helm as they are, behind the file with the merged values.
  var additionalValuesFiles: [Kustomization.Entry] = []
  /// The mapping of `valuesInline`, in the tree it was read from.
  var values: NodeID?
  var valuesMerge = ValuesMerge.override
  var includesCRDs = false
  var skipsHooks = false
  var skipsTests = false
  var allowsDevelopmentVersions = false
  /// Nil where the chart says nothing: the command line decides then. So it is with the next two.
  var apiVersions: [String]?
  var kubeVersion: String?
  var debug: Bool?
  /// The chart is an object of `generators`, and its values are those of a resource.
  var isObject = false
  var position = Position.none
}

/// `helmGlobals`: where charts, and helm's own files, lie.
struct HelmGlobals: Sendable {
  /// Charts are looked for here, and put here when they are downloaded.
  var chartHome = ""
  /// Helm's directory for its configuration, and that above its cache; empty is a temporary one.
  var configHome = ""
}
