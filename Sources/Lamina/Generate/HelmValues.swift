/// The values that helm gets in a file: those of a file, of the kustomization, or of both.
///
/// kustomize merges the two as it applies a strategic merge patch, with all that comes with it: null
/// takes a value out, `$patch` is obeyed, and lists are replaced. The walk does not know aliases, so
/// that fields whose value is one are lost, `<<: *common` among them
/// (builtins/HelmChartInflationGenerator.go `replaceValuesInline`).
struct HelmValues {
  let chart: HelmChart
  /// The file of values that the chart names, or else the one that comes with it.
  let file: Kustomization.Entry
  let directory: DirectoryReader

  /// The bytes of the file that helm gets. Without values in the kustomization it is the given one.
  ///
  /// The bytes are printed as Go's `yaml.Marshal` prints a map: keys sorted, comments gone.
  func bytes(_ workspace: inout Workspace) throws(Problem) -> [UInt8] {
    guard let inline = try inlineValues(&workspace) else {
      return try directory.read(file, as: "values file").bytes
    }
    let values =
      chart.valuesMerge == .replace ? inline : try merge(inline, withFile: &workspace)
    guard let values else { return Array("{}\n".utf8) }
    var printer = workspace.printer(passes: .json)
    try printer.print(values)
    return printer.take()
  }

  /// The values of the kustomization as Go has them: every number is a `float64`.
  ///
  /// Nil where the kustomization has none. Values of a kustomization are decoded from YAML 1.1 by
  /// sigs.k8s.io/yaml, those of a HelmChartInflationGenerator object have been through the object's
  /// JSON: hence the two ways to JSON form.
  private func inlineValues(_ workspace: inout Workspace) throws(Problem) -> NodeID? {
    guard let written = chart.values else { return nil }
    let values = try workspace.tree.copy(written, for: workspace.tree.position(written))
    if chart.isObject {
      try JSONTrip.marshalValue(values, in: &workspace.tree)
    } else {
      try JSONTrip.marshalPatch(values, in: &workspace.tree)
    }
    // Values that are merged have been printed as YAML and parsed before.
    try JSONTrip.unmarshal(
      values, in: &workspace.tree, isParsed: chart.valuesMerge != .replace)
    return values
  }

  /// Merges both, in the direction that `valuesMerge` asks for: `override` lets the inline values
  /// win, `merge` the file. Merge keys (`<<`) that are left are resolved when kustomize turns the
  /// outcome into a Go map.
  private func merge(
    _ inline: NodeID, withFile workspace: inout Workspace
  ) throws(Problem) -> NodeID? {
    let found = try directory.read(file, as: "values file")
    let index = workspace.sources.add(path: found.displayPath, bytes: found.bytes)
    let document = try YAMLReader.markedDocument(
      ofFile: index, into: &workspace.tree, sources: workspace.sources)
    guard let document else { throw .emptyValuesFile(found.displayPath, chart) }
    let (winner, other) =
      chart.valuesMerge == .override ? (inline, document) : (document, inline)
    do {
      let values = try StrategicMerge.merge(
        values: winner, into: other, schema: workspace.schema, in: &workspace.tree)
      if let values { try workspace.tree.resolveMergeKeys(below: values) }
      return values
    } catch { throw .valuesDoNotMerge(error) }
  }
}

extension Problem {
  fileprivate static func emptyValuesFile(_ path: String, _ chart: HelmChart) -> Problem {
    Problem(
      .emptyValuesFile, "values file \(path) is empty, and cannot be merged with valuesInline",
      at: chart.position,
      hint: "kustomize fails here as well; write {} into the file, or 'valuesMerge: replace' here")
  }

  fileprivate static func valuesDoNotMerge(_ problem: Problem) -> Problem {
    Problem(
      .valuesNotMerged, "could not merge values: \(problem.message)", at: problem.position,
      hint: problem.hint, notes: problem.notes)
  }
}
