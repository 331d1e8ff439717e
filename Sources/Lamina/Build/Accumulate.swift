/// What a layer hands to those above it.
struct Accumulation: Sendable {
  var resources = Resources()
  /// What this layer and those below it say of the fields that steps write to: it holds for the
  /// layers above as well.
  var configuration = TransformerConfiguration()
  var variables = VariableSet()
}

/// Goes through the layers, each after those it stands on, and gathers their resources.
struct Accumulate {
  private let graph: LayerGraph
  private let standard: TransformerConfiguration

  init(_ graph: LayerGraph, _ standard: TransformerConfiguration) {
    self.graph = graph
    self.standard = standard
  }

  /// What comes of a layer with everything done that it says.
  func layer(
    _ layer: Int, _ workspace: inout Workspace
  ) throws(Problem) -> Accumulation {
    var accumulation = Accumulation()
    try accumulate(layer, into: &accumulation, &workspace)
    return accumulation
  }

  /// Adds a layer to what is there, and does to all of it what the layer says: a component so acts on
  /// the resources of those that use it, and with their configuration (internal/target/kusttarget.go
  /// `accumulateTarget`).
  private func accumulate(
    _ index: Int, into all: inout Accumulation, _ workspace: inout Workspace
  ) throws(Problem) {
    let layer = graph.layers[index]
    for entry in layer.resources { try add(entry, of: layer, to: &all, &workspace) }
    try configure(&all, with: layer, &workspace)
    for generator in try generators(of: layer, &workspace) {
      try generator.apply(to: &all.resources, &workspace)
    }
    for component in layer.components {
      try accumulate(component, into: &all, &workspace)
    }
    for step in try steps(of: layer, all.configuration, &workspace) {
      try step.apply(to: &all.resources, &workspace)
      all.resources.keep { !workspace.tree.isNullOrEmpty($0.root) }
    }
    try validate(&all.resources, of: layer, &workspace)
    try all.variables.add(
      layer.kustomization.vars, in: &all.resources, &workspace.tree.symbols)
  }

  private func add(
    _ entry: LayerResource, of layer: Layer, to all: inout Accumulation,
    _ workspace: inout Workspace
  ) throws(Problem) {
    switch entry {
    case .objects(let roots, let position):
      for root in roots {
        let own = layer.isShared ? workspace.tree.copy(root) : root
        let resource = ResourceReader.resource(of: own, &workspace)
        if let taken = all.resources.append(resource) {
          throw .sameID(resource, all.resources[taken], asked: position, workspace)
        }
      }
    case .layer(let index, let position):
      let below = try self.layer(index, &workspace)
      if let (mine, theirs) = all.resources.append(all: below.resources) {
        throw .sameID(theirs, mine, asked: position, workspace)
      }
      try all.configuration.merge(below.configuration, workspace.tree.symbols, at: position)
      try all.variables.merge(below.variables)
    }
  }

  /// Puts what the files of `configurations` say over the defaults, then what `crds` say.
  private func configure(
    _ all: inout Accumulation, with layer: Layer, _ workspace: inout Workspace
  ) throws(Problem) {
    var own = standard
    for written in layer.configurations {
      let file = TransformerConfiguration(written, symbols: &workspace.tree.symbols)
      try own.merge(file, workspace.tree.symbols, at: written.position)
    }
    let position = layer.configurations.first?.position ?? .none
    try all.configuration.merge(own, workspace.tree.symbols, at: position)
    for written in layer.crds {
      let file = TransformerConfiguration(written, symbols: &workspace.tree.symbols)
      try all.configuration.merge(file, workspace.tree.symbols, at: written.position)
    }
  }

  /// The fields of the kustomization first, then what `transformers` lists.
  private func steps(
    of layer: Layer, _ configuration: TransformerConfiguration, _ workspace: inout Workspace
  ) throws(Problem) -> [Step] {
    var steps = try Plan.steps(of: layer, configuration, symbols: &workspace.tree.symbols)
    let reader = StepReader(directory: layer.directory)
    for object in try objects(layer.transformers, of: layer, &workspace) {
      steps += try reader.steps(of: object, &workspace)
    }
    return steps
  }

  private func validate(
    _ resources: inout Resources, of layer: Layer, _ workspace: inout Workspace
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
    var objects = Accumulation()
    for entry in entries { try add(entry, of: layer, to: &objects, &workspace) }
    return objects.resources.all
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
