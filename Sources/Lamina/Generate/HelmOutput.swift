/// What helm printed, as resources.
struct HelmOutput {
  let chart: HelmChart

  /// Reads the objects. What cannot be read the usual way is tried once more with lists left closed
  /// and without objects for local use, as kustomize does it.
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

  private func distinct(
    _ roots: [NodeID], _ workspace: inout Workspace
  ) throws(Problem) -> [Resource] {
    var resources = Resources()
    for root in roots {
      var resource = ResourceReader.resource(of: root, &workspace)
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
