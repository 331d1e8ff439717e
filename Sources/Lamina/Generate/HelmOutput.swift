/// What helm printed, as resources.
struct HelmOutput {
  let chart: HelmChart

  /// Reads the objects. What cannot be read the usual way is tried once more with lists left closed
  /// and without objects for local use, as kustomize does it.
  ///
  /// In kustomize the second way is meant for output with other text before the first `---`
  /// (builtins/HelmChartInflationGenerator.go `Generate`). If it fails as well, the first problem
  /// is the one to report.
  func resources(
    of output: [UInt8], _ workspace: inout Workspace
  ) throws(Problem) -> [Resource] {
    let path = "\(chart.name) (printed by helm)"
    let file = workspace.sources.add(path: path, bytes: output)
    do {
      return try distinct(ResourceReader.objects(inFile: file, &workspace), &workspace)
    } catch {
      let rest = try Problem.forgiving { () throws(Problem) in
        try distinct(leftObjects(inFile: file, &workspace), &workspace)
      }
      guard let rest else { throw error }
      return rest
    }
  }

  /// The objects as resources; a chart may not print one id twice.
  private func distinct(
    _ roots: [NodeID], _ workspace: inout Workspace
  ) throws(Problem) -> [Resource] {
    var resources = Resources()
    for root in roots {
      var resource = try ResourceReader.resource(of: root, &workspace)
      try checkAnnotations(of: root, in: workspace.tree)
      resource.isMadeByHelm = true
      if let taken = resources.append(resource) {
        throw .sameObject(resource, resources[taken], workspace)
      }
    }
    return resources.all
  }

  /// kustomize writes an annotation into every object, and fails where it cannot.
  private func checkAnnotations(of root: NodeID, in tree: Tree) throws(Problem) {
    guard let metadata = tree.field(.metadata, of: root),
      let annotations = tree.field(.annotations, of: metadata),
      tree.shape(annotations) == .sequence
    else { return }
    throw .listInsteadOfMapping("annotations", at: tree.position(annotations))
  }

  /// The objects of the second way: kustomize reads them with kio alone there, and drops those for
  /// local use itself (resource/factory.go `DropLocalNodes`).
  private func leftObjects(
    inFile file: Int, _ workspace: inout Workspace
  ) throws(Problem) -> [NodeID] {
    let localConfig = LocalConfig(symbols: &workspace.tree.symbols)
    var left: [NodeID] = []
    for root in try ResourceReader.closedObjects(inFile: file, &workspace)
    where try !localConfig.isLocal(root, in: workspace.tree) {
      left.append(root)
    }
    return left
  }
}

extension Problem {
  fileprivate static func sameObject(
    _ new: Resource, _ old: Resource, _ workspace: Workspace
  ) -> Problem {
    let id = workspace.tree.symbols.describe(new.id)
    return Problem(
      .chartPrintsTwice, "may not add resource with an already registered id: \(id)",
      at: workspace.tree.position(new.root)
    ).noting("it was added from here", at: workspace.tree.position(old.root))
  }
}
