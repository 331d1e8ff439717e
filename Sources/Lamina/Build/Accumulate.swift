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
  private let options: RenderOptions
  /// Nil where helm may not be run.
  private let helm: HelmSession?
  /// Going on after a mistake, to find others, runs no programs.
  private let findsAllMistakes: Bool

  init(
    _ graph: LayerGraph, _ standard: TransformerConfiguration, _ options: RenderOptions,
    _ answers: SharedAnswers?
  ) {
    self.graph = graph
    self.standard = standard
    self.options = options
    let mayChange = options.functions.isEnabled
    findsAllMistakes = !options.functions.isEnabled && !options.helm.isEnabled
    helm =
      options.helm.isEnabled
      ? HelmSession(options.helm, isOffline: options.isOffline, mayChange: mayChange, answers) : nil
  }

  /// What comes of the root with everything done that it says.
  func root(_ workspace: inout Workspace) throws(Problem) -> Accumulation {
    workspace.beginHistory()
    let root = graph.layers[graph.root]
    let tracksOrigins = root.kustomization.buildMetadata.tracksOrigins
    let visit = Visit(root: graph, origin: tracksOrigins ? Origin() : nil)
    prepareCharts(of: visit, &workspace)
    return try layer(visit, &workspace)
  }

  // MARK: - Charts

  /// Runs helm for the charts of all layers at once, where no function can write what one of them reads.
  private func prepareCharts(of root: Visit, _ workspace: inout Workspace) {
    guard let helm, !options.functions.isEnabled else { return }
    var charts: [HelmInflation] = []
    var visits = 0
    // An invalid chart is reported when its layer's turn comes; the charts behind it are left until then.
    try? addCharts(of: root, to: &charts, &visits, workspace.tree.stack)
    helm.prepare(charts, &workspace)
  }

  /// Adds the charts of a layer and those below it in the order in which `accumulate` comes to them.
  private func addCharts(
    of visit: Visit, to charts: inout [HelmInflation], _ visits: inout Int, _ stack: StackLimit
  ) throws(Problem) {
    visits += 1
    // `accumulate` will come to the same layers, and refuse too many of them.
    guard stack.hasRoom, visits <= Workspace.mostVisits else { return }
    for case .layer(let index, let entry) in visit.layer.resources {
      let below = visit.visit(of: index, in: graph, at: entry)
      try addCharts(of: below, to: &charts, &visits, stack)
    }
    charts += try self.charts(of: visit)
    for (component, entry) in zip(visit.layer.components, visit.layer.kustomization.components) {
      let below = visit.visit(of: component, in: graph, at: entry)
      try addCharts(of: below, to: &charts, &visits, stack)
    }
  }

  /// What a layer's own `helmCharts` say.
  private func charts(of visit: Visit) throws(Problem) -> [HelmInflation] {
    let kustomization = visit.layer.kustomization
    var charts: [HelmInflation] = []
    for chart in kustomization.helmCharts {
      charts.append(
        try HelmInflation(
          chart, kustomization.helmGlobals, namespace: visit.releaseNamespace, session: helm,
          directory: visit.layer.directory))
    }
    return charts
  }

  // MARK: - Layers

  /// What comes of a layer with everything done that it says.
  private func layer(
    _ visit: Visit, _ workspace: inout Workspace
  ) throws(Problem) -> Accumulation {
    var accumulation = Accumulation()
    try accumulate(visit, into: &accumulation, &workspace)
    return accumulation
  }

  /// Adds a layer to what is there, and does to all of it what the layer says: a component so acts on
  /// the resources of those that use it, and with their configuration (internal/target/kusttarget.go
  /// `accumulateTarget`).
  private func accumulate(
    _ visit: Visit, into all: inout Accumulation, _ workspace: inout Workspace
  ) throws(Problem) {
    let layer = visit.layer
    try Cancellation.check()
    try workspace.noteVisit(of: layer.path)
    workspace.tree.ledger.enter(
      Ledger.Visit(
        parent: workspace.tree.ledger.visit, directory: layer.directory.displayRoot,
        position: visit.asked))
    var mistakes = Mistakes()
    for entry in layer.resources {
      try collect(&mistakes, &workspace) { (workspace) throws(Problem) in
        try add(entry, of: visit, to: &all, &workspace)
      }
    }
    try mistakes.check()
    try configure(&all, with: layer, &workspace)
    let generators = try generators(of: visit, &workspace)
    if let helm {
      helm.prepare(
        generators.prefix { $0.step.isBuiltIn }.compactMap { $0.step.chart }, &workspace)
    }
    for (generator, origin) in generators {
      try collect(&mistakes, &workspace) { (workspace) throws(Problem) in
        try generator.apply(to: &all.resources, origin: origin, &workspace)
        workspace.tree.ledger.end()
        try workspace.tree.checkSize(at: .none, path: layer.path)
      }
    }
    try mistakes.check()
    for (component, entry) in zip(layer.components, layer.kustomization.components) {
      try workspace.tree.stack.check(at: entry.position)
      do {
        try accumulate(
          visit.visit(of: component, in: graph, at: entry), into: &all, &workspace)
      } catch { throw error.included(at: entry.position) }
      // kustomize takes all into a new accumulator here, where a configuration can contradict itself.
      var configuration = TransformerConfiguration()
      try configuration.merge(
        all.configuration, workspace.tree.symbols, at: entry.position)
      all.configuration = configuration
    }
    // A step that finds nothing to change changes nothing, and the next one can be tried. After any other
    // mistake the steps that follow would fail for its sake.
    for transformer in try transformers(of: visit, all.configuration, &workspace) {
      for step in transformer.steps {
        try collect(&mistakes, &workspace) { (workspace) throws(Problem) in
          try transformer.apply(step, to: &all.resources, &workspace)
        }
        if !mistakes.areMisses { try mistakes.check() }
      }
      if mistakes.isEmpty { try transformer.note(on: &all.resources, &workspace) }
    }
    try mistakes.check()
    all.resources.removeEmpty(in: workspace.tree)
    try validate(&all.resources, of: visit, &workspace)
    try all.variables.add(
      layer.kustomization.vars, in: &all.resources, &workspace)
    workspace.tree.ledger.leave()
  }

  /// Does a piece of work that the next one does not depend on, and notes what is wrong with it and which
  /// edit met it.
  private func collect(
    _ mistakes: inout Mistakes, _ workspace: inout Workspace,
    _ work: (inout Workspace) throws(Problem) -> Void
  ) throws(Problem) {
    let visit = workspace.tree.ledger.visit
    do { try work(&workspace) } catch {
      mistakes.add(workspace.notingEdit(error))
      workspace.tree.ledger.goOn(in: visit)
      if !findsAllMistakes || mistakes.isFull { try mistakes.check() }
    }
  }

  private func add(
    _ entry: LayerResource, of visit: Visit, to all: inout Accumulation,
    _ workspace: inout Workspace
  ) throws(Problem) {
    switch entry {
    case .objects(let roots, let entry):
      let origin = visit.origin?.appending(entry.text)
      try add(roots, origin, of: visit, asked: entry.position, to: &all, &workspace)
    case .inline(let roots, let position):
      try add(roots, visit.file, of: visit, asked: position, to: &all, &workspace)
    case .layer(let index, let entry):
      try workspace.tree.stack.check(at: entry.position)
      let below: Accumulation
      do {
        below = try layer(visit.visit(of: index, in: graph, at: entry), &workspace)
      } catch { throw error.included(at: entry.position) }
      if let (mine, theirs) = all.resources.append(all: below.resources) {
        throw sameID(theirs, mine, asked: entry.position, of: visit, workspace)
      }
      try all.configuration.merge(
        below.configuration, workspace.tree.symbols, at: entry.position)
      try all.variables.merge(below.variables)
    }
  }

  private func add(
    _ roots: [NodeID], _ origin: Origin?, of visit: Visit, asked position: Position,
    to all: inout Accumulation, _ workspace: inout Workspace
  ) throws(Problem) {
    let origin = origin.map { workspace.origins.add($0) }
    for root in roots {
      let own = visit.isShared ? try workspace.tree.copy(root, for: position) : root
      if visit.isShared { try workspace.history?.noteCopy(own, of: root, in: workspace.tree) }
      workspace.tree.noteArrival(of: own, at: position)
      var resource = ResourceReader.resource(of: own, &workspace)
      if let origin {
        try checkAnnotations(of: own, in: workspace.tree)
        resource.origin = origin
        try resource.readTransformations(&workspace)
      }
      workspace.traceNotes(of: resource)
      if let taken = all.resources.append(resource) {
        throw sameID(resource, all.resources[taken], asked: position, of: visit, workspace)
      }
    }
  }

  /// - Parameter position: the entry that brings the new resource.
  private func sameID(
    _ new: Resource, _ old: Resource, asked position: Position, of visit: Visit,
    _ workspace: Workspace
  ) -> Problem {
    let twice = ListedTwice(
      new.root, old.root, asked: position, by: visit.layer, in: graph, workspace)
    return twice?.problem ?? .sameID(new, old, asked: position, workspace)
  }

  /// Refuses annotations that cannot hold an origin (resmap/reswrangler.go `AnnotateAll`).
  private func checkAnnotations(of root: NodeID, in tree: Tree) throws(Problem) {
    let metadata = tree.field(.metadata, of: root)
    guard let annotations = metadata.flatMap({ tree.field(.annotations, of: $0) }),
      !tree.isNull(annotations), tree.shape(annotations) != .mapping
    else { return }
    throw .notAMapping(at: tree.position(annotations))
  }

  /// Puts what the files of `configurations` say over the defaults, then what `crds` say.
  private func configure(
    _ all: inout Accumulation, with layer: Layer, _ workspace: inout Workspace
  ) throws(Problem) {
    let position = layer.configurations.first?.position ?? .none
    var own = standard
    if let written = try merged(layer.configurations, &workspace) {
      try own.merge(written, workspace.tree.symbols, at: position)
    }
    try all.configuration.merge(own, workspace.tree.symbols, at: position)
    if let written = try merged(layer.crds, &workspace) {
      let position = layer.crds.first?.position ?? .none
      try all.configuration.merge(written, workspace.tree.symbols, at: position)
    }
  }

  /// What several files say together; they may contradict each other, or one itself.
  private func merged(
    _ files: [WrittenConfiguration], _ workspace: inout Workspace
  ) throws(Problem) -> TransformerConfiguration? {
    if files.isEmpty { return nil }
    var result = TransformerConfiguration()
    for written in files {
      let file = TransformerConfiguration(written, symbols: &workspace.tree.symbols)
      try result.merge(file, workspace.tree.symbols, at: written.position)
    }
    return result
  }

  /// The fields of the kustomization first, then what `transformers` lists.
  private func transformers(
    of visit: Visit, _ configuration: TransformerConfiguration, _ workspace: inout Workspace
  ) throws(Problem) -> [Transformer] {
    var transformers: [Transformer] = []
    for entry in try Plan.entries(
      of: visit.layer, configuration, workspace.compatibility, symbols: &workspace.tree.symbols)
    {
      let origin = visit.origin(of: entry.kind).map { workspace.origins.add($0) }
      transformers.append(Transformer(steps: entry.steps, origin: origin, path: visit.layer.path))
    }
    let reader = StepReader(directory: visit.layer.directory, functions: options.functions)
    var mistakes = Mistakes()
    for object in try objects(visit.layer.transformers, of: visit, &workspace) {
      let origin = Visit.origin(of: object, workspace).map { workspace.origins.add($0) }
      try mistakes.collect { () throws(Problem) in
        transformers.append(
          Transformer(
            steps: try reader.steps(of: object, &workspace), origin: origin,
            path: visit.layer.path))
      }
    }
    try mistakes.check()
    return transformers
  }

  private func validate(
    _ resources: inout Resources, of visit: Visit, _ workspace: inout Workspace
  ) throws(Problem) {
    let reader = StepReader(directory: visit.layer.directory, functions: options.functions)
    for object in try objects(visit.layer.validators, of: visit, &workspace) {
      let steps = try reader.steps(of: object, &workspace)
      if case .function(let function)? = steps.first {
        try function.validate(&resources, &workspace)
        continue
      }
      let validation = try Validation(of: resources, in: &workspace.tree)
      for step in steps { try step.apply(to: &resources, &workspace) }
      // What a validator changed is its last edit's doing, which the message so names.
      try validation.check(resources, after: object, &workspace)
      workspace.tree.ledger.end()
    }
  }

  /// The objects of `transformers` and its like: resources of a build of their own.
  private func objects(
    _ entries: [LayerResource], of visit: Visit, _ workspace: inout Workspace
  ) throws(Problem) -> [Resource] {
    var objects = Accumulation()
    for entry in entries { try add(entry, of: visit, to: &objects, &workspace) }
    return objects.resources.all
  }

  /// Config maps, secrets, charts, each in the order of the file, then what `generators` lists.
  private func generators(
    of visit: Visit, _ workspace: inout Workspace
  ) throws(Problem) -> [(step: GeneratorStep, origin: OriginID?)] {
    let kustomization = visit.layer.kustomization
    var result: [(step: GeneratorStep, origin: OriginID?)] = []
    for (kind, list) in [
      (Generator.Kind.configMap, kustomization.configMapGenerator),
      (.secret, kustomization.secretGenerator),
    ] {
      let origin = visit.origin(of: kind == .configMap ? .configMap : .secret)
        .map { workspace.origins.add($0) }
      for arguments in list {
        let options = GeneratorOptions.merged(
          local: arguments.options, global: kustomization.generatorOptions)
        let step = Generator(
          kind: kind, arguments: arguments, options: options, directory: visit.layer.directory)
        result.append((.keyValues(step), origin))
      }
    }
    let origin = visit.origin(of: .helmChart).map { workspace.origins.add($0) }
    for chart in try charts(of: visit) { result.append((.helm(chart), origin)) }
    let reader = StepReader(directory: visit.layer.directory, functions: options.functions)
    var mistakes = Mistakes()
    for object in try objects(visit.layer.generators, of: visit, &workspace) {
      let origin = Visit.origin(of: object, workspace).map { workspace.origins.add($0) }
      try mistakes.collect { () throws(Problem) in
        result.append((try reader.generator(of: object, helm, &workspace), origin))
      }
    }
    try mistakes.check()
    return result
  }
}

extension Problem {
  fileprivate static func sameID(
    _ new: Resource, _ old: Resource, asked: Position, _ workspace: Workspace
  ) -> Problem {
    let tree = workspace.tree
    return Problem(
      .resourceAddedTwice,
      "may not add resource with an already registered id: \(tree.symbols.describe(new.id))",
      at: tree.position(ofNameIn: new.root)
    )
    .noting("it was added from here", at: tree.position(ofNameIn: old.root))
    .noting("the second was asked for here", at: asked)
  }
}
