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
    for generator in try generators(of: layer, &workspace) {
      try generator.apply(to: &resources, &workspace)
    }
    for component in layer.components {
      try accumulate(component, into: &resources, &workspace)
    }
    for step in try steps(of: layer, &workspace) {
      try step.apply(to: &resources, &workspace)
      resources.keep { !workspace.tree.isNullOrEmpty($0.root) }
    }
    try validate(resources: &resources, of: layer, &workspace)
  }

  /// The fields of the kustomization first, then what `transformers` lists.
  private func steps(
    of layer: Layer, _ workspace: inout Workspace
  ) throws(Problem) -> [Step] {
    var steps = try Plan.steps(of: layer, configuration, symbols: &workspace.tree.symbols)
    let reader = StepReader(directory: layer.directory)
    for object in try objects(layer.transformers, of: layer, &workspace) {
      steps += try reader.steps(of: object, &workspace)
    }
    return steps
  }

  private func validate(
    resources: inout Resources, of layer: Layer, _ workspace: inout Workspace
  ) throws(Problem) {
    let reader = StepReader(directory: layer.directory)
    for object in try objects(layer.validators, of: layer, &workspace) {
      let steps = try reader.steps(of: object, &workspace)
      let validation = Validation(of: resources, in: &workspace.tree)
      for step in steps { try step.apply(to: &resources, &workspace) }
      try validation.check(resources, after: object, &workspace)
    }
  }

  /// The objects of `transformers` and its like: resources of a build of their own.
  private func objects(
    _ entries: [LayerResource], of layer: Layer, _ workspace: inout Workspace
  ) throws(Problem) -> [Resource] {
    var objects = Resources()
    for entry in entries { try add(entry, of: layer, to: &objects, &workspace) }
    return objects.all
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

  /// Config maps before secrets, each in the order of the file, then what `generators` lists.
  private func generators(
    of layer: Layer, _ workspace: inout Workspace
  ) throws(Problem) -> [GeneratorStep] {
    let kustomization = layer.kustomization
    func make(_ kind: Generator.Kind, _ arguments: GeneratorArguments) -> GeneratorStep {
      .keyValues(
        Generator(
          kind: kind, arguments: arguments,
          options: .merged(local: arguments.options, global: kustomization.generatorOptions),
          directory: layer.directory))
    }
    var steps = kustomization.configMapGenerator.map { make(.configMap, $0) }
    steps += kustomization.secretGenerator.map { make(.secret, $0) }
    let reader = StepReader(directory: layer.directory)
    for object in try objects(layer.generators, of: layer, &workspace) {
      steps.append(try reader.generator(of: object, &workspace))
    }
    return steps
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
