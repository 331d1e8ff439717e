/// What a layer hands to those above it.
struct Accumulation: Sendable {
  /// In the order in which they came: files and layers as `resources` lists them, then generated
  /// ones.
  var resources = Resources()
  /// What this layer and those below it say of the fields that steps write to: it holds for the
  /// layers above as well.
  var configuration = TransformerConfiguration()
  /// The `vars` of this layer and those below it. They are filled in at the top (`Variables`),
  /// since layers above may still change the names and values that they stand for.
  var variables = VariableSet()
}

/// Goes through the layers, each after those it stands on, and gathers their resources.
///
/// A layer that several others name is visited once for each way that leads to it, on copies of its
/// objects, since each way may change them in another manner. What a layer holds is thrown away if
/// any of its entries fails; `Mistakes` gathers the problems of entries that do not depend on each
/// other.
struct Accumulate {
  /// The layers as they were read; a layer is named by its index there.
  private let graph: LayerGraph
  /// The fields that steps write to if no `configurations` says otherwise.
  private let standard: TransformerConfiguration
  private let options: RenderOptions
  /// Nil where helm may not be run.
  private let helm: HelmSession?
  /// Going on after a mistake, to find others, runs no programs.
  ///
  /// Otherwise programs of the user's would run although the build has failed already.
  private let findsAllMistakes: Bool

  /// - Parameter answers: what helm has printed for other builds of the same run; nil where there
  ///   are none.
  init(
    _ graph: LayerGraph, _ standard: TransformerConfiguration, _ options: RenderOptions,
    _ answers: SharedAnswers?
  ) {
    self.graph = graph
    self.standard = standard
    self.options = options
    // A function may write files, the values of a chart among them.
    let mayChange = options.functions.isEnabled
    findsAllMistakes = !options.functions.isEnabled && !options.helm.isEnabled
    helm =
      options.helm.isEnabled
      ? HelmSession(options.helm, isOffline: options.isOffline, mayChange: mayChange, answers) : nil
  }

  /// What comes of the root with everything done that it says.
  ///
  /// Origins are tracked only if the root's `buildMetadata` asks for them: that of other layers has
  /// no effect (internal/target/kusttarget.go `makeCustomizedResMap`).
  func root(_ workspace: inout Workspace) throws(Problem) -> Accumulation {
    // The symbols of a build of a few objects of many are those of all, which say nothing of the files.
    if workspace.passedMisses == nil {
      workspace.beginHistory(isWanted: graph.mayPassHashesOn)
    }
    let root = graph.layers[graph.root]
    let tracksOrigins = root.kustomization.buildMetadata.tracksOrigins
    let visit = Visit(root: graph, origin: tracksOrigins ? Origin() : nil)
    prepareCharts(of: visit, &workspace)
    return try layer(visit, &workspace)
  }

  // MARK: - Charts

  /// Runs helm for the charts of all layers at once, where no function can write what one of them reads.
  ///
  /// This is an optimisation: `HelmInflation.apply` runs helm for a chart that has not been
  /// prepared, one at a time. Charts are prepared in the order in which `accumulate` asks for them,
  /// because the session hands out the outcomes of equal charts in that order.
  private func prepareCharts(of root: Visit, _ workspace: inout Workspace) {
    guard let helm, !options.functions.isEnabled else { return }
    var charts: [HelmInflation] = []
    var visits = 0
    // An invalid chart is reported when its layer's turn comes; the charts behind it are left until then.
    try? addCharts(of: root, to: &charts, &visits, workspace.tree.stack)
    helm.prepare(charts, &workspace)
  }

  /// Adds the charts of a layer and those below it in the order in which `accumulate` comes to them.
  ///
  /// - Parameter visits: the number of visits so far. Without a limit, layers that double with
  ///   every level would take forever here.
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
  ///
  /// The order is kustomize's: resources, configurations, generators, components, transformers,
  /// validators, variables. Within each group the problems of all entries are gathered, but the
  /// next group is only begun if there are none.
  private func accumulate(
    _ visit: Visit, into all: inout Accumulation, _ workspace: inout Workspace
  ) throws(Problem) {
    let layer = visit.layer
    try Cancellation.check(workspace.watch)
    try workspace.noteVisit(of: layer.path)
    workspace.tree.ledger.enter(
      Ledger.Visit(
        parent: workspace.tree.ledger.visit, directory: layer.directory.displayRoot,
        position: visit.asked))
    var mistakes = Mistakes()
    for entry in layer.resources {
      try collect(&mistakes, &workspace) { (workspace) throws(Problem) in
        try add(entry, of: visit, to: &all, &workspace)
        try checkCount(of: all, layer, workspace)
      }
    }
    try mistakes.check()
    try configure(&all, with: layer, &workspace)
    let generators = try generators(of: visit, &workspace)
    if let helm {
      helm.prepare(
        // Only the charts before the first function: that one may write what later charts read.
        generators.prefix { $0.step.isBuiltIn }.compactMap { $0.step.chart }, &workspace)
    }
    try generate(
      .configMap, layer.kustomization.configMapGenerator, visit, &all, &mistakes, &workspace)
    try generate(
      .secret, layer.kustomization.secretGenerator, visit, &all, &mistakes, &workspace)
    for generator in generators { try apply(generator, layer, &all, &mistakes, &workspace) }
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
      for step in workspace.passedMisses == nil ? transformer.steps : transformer.singleSteps {
        try collect(&mistakes, &workspace) { (workspace) throws(Problem) in
          try transformer.apply(step, to: &all.resources, &workspace)
          try checkCount(of: all, layer, workspace)
        }
        if !mistakes.areMisses { try mistakes.check() }
      }
      if mistakes.isEmpty { try transformer.note(on: &all.resources, &workspace) }
    }
    workspace.pass(&mistakes)
    try mistakes.check()
    workspace.jsonTrips.forgetAll()
    all.resources.removeEmpty(in: workspace.tree)
    try validate(&all.resources, of: visit, &workspace)
    try all.variables.add(
      layer.kustomization.vars, in: &all.resources, &workspace)
    workspace.tree.ledger.leave()
  }

  /// Makes config maps or secrets, one at a time: the steps of thousands together would take more memory than what
  /// they make. Inlined, they would stand in the frame of each layer on the stack.
  @inline(never)
  private func generate(
    _ kind: Generator.Kind, _ list: [GeneratorArguments], _ visit: Visit,
    _ all: inout Accumulation, _ mistakes: inout Mistakes, _ workspace: inout Workspace
  ) throws(Problem) {
    if list.isEmpty { return }
    if list.count > 16 { all.resources.reserveCapacity(forMore: list.count) }
    let layer = visit.layer
    let origin = visit.origin(of: kind == .configMap ? .configMap : .secret)
      .map { workspace.origins.add($0) }
    for arguments in list {
      let options = GeneratorOptions.merged(
        local: arguments.options, global: layer.kustomization.generatorOptions)
      let step = Generator(
        kind: kind, arguments: arguments, options: options, directory: layer.directory)
      try apply(
        OriginatedGenerator(step: .keyValues(step), origin: origin), layer, &all, &mistakes,
        &workspace)
    }
  }

  @inline(never)
  private func apply(
    _ generator: OriginatedGenerator, _ layer: Layer, _ all: inout Accumulation,
    _ mistakes: inout Mistakes, _ workspace: inout Workspace
  ) throws(Problem) {
    try collect(&mistakes, &workspace) { (workspace) throws(Problem) in
      try generator.step.apply(to: &all.resources, origin: generator.origin, &workspace)
      workspace.tree.ledger.end()
      try workspace.tree.checkSize(at: .none, path: layer.path)
      try checkCount(of: all, layer, workspace)
    }
  }

  private func checkCount(
    of all: Accumulation, _ layer: Layer, _ workspace: Workspace
  ) throws(Problem) {
    guard let watch = workspace.watch else { return }
    try watch.check(resourceCount: all.resources.count, path: layer.path)
  }

  /// Does a piece of work that the next one does not depend on, and notes what is wrong with it and which
  /// edit met it.
  ///
  /// The ledger is put back into the visit of this layer: an error may have left it in one below.
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

  /// Adds what one entry of `resources` brings: objects of a file, objects written in the
  /// kustomization, or a layer with all its steps done.
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

  /// Adds objects that were read from a file.
  ///
  /// - Parameters:
  ///   - roots: the nodes of the objects. A shared layer adds copies, since its other visits start
  ///     from the same nodes.
  ///   - origin: nil where no origins are tracked.
  ///   - position: the entry that brings them.
  private func add(
    _ roots: [NodeID], _ origin: Origin?, of visit: Visit, asked position: Position,
    to all: inout Accumulation, _ workspace: inout Workspace
  ) throws(Problem) {
    let origin = origin.map { workspace.origins.add($0) }
    for root in roots {
      let own = visit.isShared ? try workspace.tree.copy(root, for: position) : root
      if visit.isShared { try workspace.history?.noteCopy(own, of: root, in: workspace.tree) }
      workspace.tree.noteArrival(of: own, at: position)
      var resource = try ResourceReader.resource(of: own, &workspace)
      if let origin {
        try checkAnnotations(of: own, in: workspace.tree)
        resource.origin = origin
        try resource.readTransformations(&workspace)
      }
      workspace.traceNotes(of: &resource)
      if let taken = all.resources.append(resource) {
        throw sameID(resource, all.resources[taken], asked: position, of: visit, workspace)
      }
    }
  }

  /// The problem with two resources of one id. If both are one object of one file, the mistake is
  /// in the entries, and `ListedTwice` explains those.
  ///
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
  ///
  /// Asked only if origins are tracked: kustomize keeps these in annotations, where we keep them in
  /// `Resource`.
  private func checkAnnotations(of root: NodeID, in tree: Tree) throws(Problem) {
    let metadata = tree.field(.metadata, of: root)
    guard let annotations = metadata.flatMap({ tree.field(.annotations, of: $0) }),
      !tree.isNull(annotations), tree.shape(annotations) != .mapping
    else { return }
    throw .notAMapping(at: tree.position(annotations))
  }

  /// Puts what the files of `configurations` say over the defaults, then what `crds` say.
  ///
  /// A file of `configurations` adds to the defaults of this layer; the outcome adds to what the
  /// layers below have brought along (internal/target/kusttarget.go `accumulateTarget`).
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
  ///
  /// Objects of `transformers` are read when the layer's turn comes and not with the layer: they
  /// come from a build of their own, whose layers may themselves have transformers.
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

  /// Runs the objects of `validators`: like transformers, but what they change is an error.
  /// Functions check this themselves, since they see the resources as text.
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

  /// What makes other things than the config maps and secrets of the file: charts, then what `generators` lists.
  private func generators(
    of visit: Visit, _ workspace: inout Workspace
  ) throws(Problem) -> [OriginatedGenerator] {
    var result: [OriginatedGenerator] = []
    let origin = visit.origin(of: .helmChart).map { workspace.origins.add($0) }
    for chart in try charts(of: visit) {
      result.append(OriginatedGenerator(step: .helm(chart), origin: origin))
    }
    let reader = StepReader(directory: visit.layer.directory, functions: options.functions)
    var mistakes = Mistakes()
    for object in try objects(visit.layer.generators, of: visit, &workspace) {
      let origin = Visit.origin(of: object, workspace).map { workspace.origins.add($0) }
      try mistakes.collect { () throws(Problem) in
        let step = try reader.generator(of: object, helm, &workspace)
        result.append(OriginatedGenerator(step: step, origin: origin))
      }
    }
    try mistakes.check()
    return result
  }
}

/// A generator of a layer, and the origin of what it makes. No tuple: to make the type of a list of tuples takes a
/// hundredth of a small build.
private struct OriginatedGenerator {
  let step: GeneratorStep
  let origin: OriginID?
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
