/// Goes through the layers, each after those it stands on, and gathers their resources.
struct Accumulate {
  private let graph: LayerGraph
  private let configuration: TransformerConfiguration

  init(_ graph: LayerGraph, _ configuration: TransformerConfiguration) {
    self.graph = graph
    self.configuration = configuration
  }

  /// The resources of a layer with everything done that the layer says.
  func resources(
    of layer: Int, _ workspace: inout Workspace
  ) throws(Problem) -> Resources {
    var resources = Resources()
    try accumulate(layer, into: &resources, &workspace)
    return resources
  }

  /// Adds a layer to what is there, and does to all of it what the layer says: a component so acts on
  /// the resources of those that use it (internal/target/kusttarget.go `accumulateTarget`).
  private func accumulate(
    _ index: Int, into resources: inout Resources, _ workspace: inout Workspace
  ) throws(Problem) {
    let layer = graph.layers[index]
    for entry in layer.resources { try add(entry, of: layer, to: &resources, &workspace) }
    for generator in generators(of: layer) { try generator.apply(to: &resources, &workspace) }
    for component in layer.components {
      try accumulate(component, into: &resources, &workspace)
    }
    let steps = try Plan.steps(
      of: layer, configuration, symbols: &workspace.tree.symbols)
    for step in steps {
      try step.apply(to: &resources, &workspace)
      resources.keep { !workspace.tree.isNullOrEmpty($0.root) }
    }
  }

  private func add(
    _ entry: LayerResource, of layer: Layer, to resources: inout Resources,
    _ workspace: inout Workspace
  ) throws(Problem) {
    switch entry {
    case .objects(let roots, let position):
      for root in roots {
        let own = layer.isShared ? workspace.tree.copy(root) : root
        let resource = ResourceReader.resource(of: own, &workspace)
        if let taken = resources.append(resource) {
          throw .sameID(resource, resources[taken], asked: position, workspace)
        }
      }
    case .layer(let index, let position):
      let below = try self.resources(of: index, &workspace)
      if let (mine, theirs) = resources.append(all: below) {
        throw .sameID(theirs, mine, asked: position, workspace)
      }
    }
  }

  /// Config maps before secrets, each in the order of the file.
  private func generators(of layer: Layer) -> [Generator] {
    let kustomization = layer.kustomization
    func make(_ kind: Generator.Kind, _ arguments: GeneratorArguments) -> Generator {
      Generator(
        kind: kind, arguments: arguments,
        options: .merged(local: arguments.options, global: kustomization.generatorOptions),
        directory: layer.directory)
    }
    return kustomization.configMapGenerator.map { make(.configMap, $0) }
      + kustomization.secretGenerator.map { make(.secret, $0) }
  }
}

extension Problem {
  fileprivate static func sameID(
    _ new: Resource, _ old: Resource, asked: Position, _ workspace: Workspace
  ) -> Problem {
    let id = workspace.tree.symbols.describe(new.id)
    let place = workspace.tree.position(new.root)
    return Problem(
      .duplicateResource, "may not add resource with an already registered id: \(id)", at: place
    )
    .noting("it was added from here", at: workspace.tree.position(old.root))
    .noting("the second was asked for here", at: asked)
  }
}
