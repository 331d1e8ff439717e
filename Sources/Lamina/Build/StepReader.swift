/// Makes steps of the objects of `transformers`, `generators` and `validators`.
///
/// There is no registry, and no round trip through text: what an object says is decoded, and put into
/// the same steps that the fields of a kustomization become (internal/plugins/loader/loader.go).
struct StepReader {
  /// Files are those of the kustomization that lists the object, wherever the object itself lies.
  let directory: DirectoryReader
  /// Which programs may run; an object of no built-in kind is one.
  let functions: FunctionOptions

  /// The steps of one object; a kind that stands for two others makes two.
  ///
  /// - Parameter object: a resource of the build that `transformers` or `validators` asks for. It
  ///   is only read.
  func steps(
    of object: Resource, _ workspace: inout Workspace
  ) throws(Problem) -> [Step] {
    let position = workspace.tree.position(object.root)
    if !BuiltInKind.isBuiltIn(object.root, in: workspace.tree) {
      return [.function(try function(of: object, &workspace))]
    }
    let arguments = try arguments(of: object, &workspace)
    workspace.configuredObjects.append(ConfiguredObject(arguments: arguments))
    switch arguments {
    case .annotations(let pairs, let fields):
      return entries(.annotations, pairs, specs(fields, &workspace))
    case .labels(let pairs, let fields): return entries(.labels, pairs, specs(fields, &workspace))
    case .image(let change, let fields):
      return [.images(ImageStep([change], fields: specs(fields, &workspace)))]
    case .replicas(let change, let fields):
      return [.replicas(ReplicaStep(change: change, fields: specs(fields, &workspace)))]
    case .namespace(let arguments): return namespace(arguments, &workspace)
    case .affixes(let affixes, let fields):
      let fields = specs(fields, &workspace)
      return affixes.map { affix in
        .affix(
          NameAffixStep(
            side: affix.isPrefix ? .prefix : .suffix, text: affix.text.text, fields: fields,
            position: affix.text.position))
      }
    case .patch(let arguments): return [try patch(arguments, &workspace)]
    case .jsonPatch(let arguments): return try jsonPatch(arguments, &workspace)
    case .strategicPatches(let arguments):
      let patches = try PatchLoader(directory: directory).load(arguments, &workspace)
      return [.strategicPatches(StrategicPatchesStep(patches: patches))]
    case .replacements(let entries): return try replacements(entries, &workspace)
    case .value(let arguments): return try values(arguments, &workspace)
    case .hash: return [.hashes]
    case .configMap, .secret, .iamPolicy, .helmChart: throw .notATransformer(at: position)
    }
  }

  /// The generator of one object.
  ///
  /// - Parameter helm: nil where helm may not be run, which a chart then reports.
  func generator(
    of object: Resource, _ helm: HelmSession?, _ workspace: inout Workspace
  ) throws(Problem) -> GeneratorStep {
    func make(_ kind: Generator.Kind, _ arguments: GeneratorArguments) -> GeneratorStep {
      .keyValues(
        Generator(
          kind: kind, arguments: arguments, options: arguments.options ?? GeneratorOptions(),
          directory: directory))
    }
    if !BuiltInKind.isBuiltIn(object.root, in: workspace.tree) {
      return .function(try function(of: object, &workspace))
    }
    let arguments = try arguments(of: object, &workspace)
    workspace.configuredObjects.append(ConfiguredObject(arguments: arguments))
    switch arguments {
    case .configMap(let arguments): return make(.configMap, arguments)
    case .secret(let arguments): return make(.secret, arguments)
    case .iamPolicy(let arguments): return .iamPolicy(try IAMPolicy(arguments))
    case .helmChart(let chart, let globals):
      return .helm(
        try HelmInflation(chart, globals, session: helm, directory: directory))
    default: throw .notAGenerator(at: workspace.tree.position(object.root))
    }
  }

  /// An object that kustomize would start a plugin for.
  private func function(
    of object: Resource, _ workspace: inout Workspace
  ) throws(Problem) -> FunctionStep {
    try FunctionReader(directory: directory, options: functions).step(of: object, &workspace)
  }

  /// Decodes an object of a built-in kind. Lint rules look at it again (`configuredObjects`).
  private func arguments(
    of object: Resource, _ workspace: inout Workspace
  ) throws(Problem) -> TransformerArguments {
    let kind = try BuiltInKind.read(object.root, in: workspace.tree)
    // kustomize prints the object before it decodes it, and so refuses what cannot be printed, repeated
    // keys among it (internal/plugins/loader/loader.go `loadAndConfigurePlugin`).
    let copy = try workspace.tree.copy(
      object.root, for: workspace.tree.position(object.root))
    try JSONTrip.marshal(copy, in: &workspace.tree)
    return try .read(object.root, kind: kind, tree: workspace.tree, sources: workspace.sources)
  }

  /// Notes for the rules what the object that is being read names besides.
  ///
  /// It is the last one that was noted: reading an object is not interrupted by another.
  private func note(_ workspace: inout Workspace, _ change: (inout ConfiguredObject) -> Void) {
    let last = workspace.configuredObjects.count - 1
    if workspace.configuredObjects.indices.contains(last) {
      change(&workspace.configuredObjects[last])
    }
  }

  /// The fields to write to. An object brings its own; kustomize's defaults are not added to them.
  private func specs(
    _ written: [WrittenFieldSpec], _ workspace: inout Workspace
  ) -> [FieldSpec] {
    written.map { FieldSpec($0, symbols: &workspace.tree.symbols) }
  }

  // MARK: - Kinds

  /// Without pairs the transformer does nothing.
  private func entries(
    _ kind: Ledger.Kind, _ pairs: [Pair], _ fields: [FieldSpec]
  ) -> [Step] {
    if pairs.isEmpty { return [] }
    return [.entries(StringEntryStep(kind: kind, entries: pairs, fields: fields))]
  }

  /// A NamespaceTransformer without a namespace does nothing (builtins/NamespaceTransformer.go
  /// `Transform`).
  private func namespace(
    _ arguments: NamespaceArguments, _ workspace: inout Workspace
  ) -> [Step] {
    guard let namespace = arguments.namespace else { return [] }
    return [
      .namespace(
        NamespaceStep(
          namespace: namespace.text, fields: specs(arguments.fields, &workspace),
          position: namespace.position, unsetOnly: arguments.unsetOnly,
          subjects: arguments.subjects))
    ]
  }

  /// The patch is in `path` or in `patch` (text); `PatchLoader` finds out which sort it is.
  private func patch(
    _ arguments: PatchArguments, _ workspace: inout Workspace
  ) throws(Problem) -> Step {
    let patch = try PatchLoader(directory: directory).load(arguments, &workspace)
    note(&workspace) { $0.patch = patch }
    let target = try selector(arguments.target, &workspace)
    return .patch(PatchStep(patch: patch, target: target, arguments: arguments))
  }

  /// Without a target nothing is patched, but what the patch says is checked.
  private func jsonPatch(
    _ arguments: PatchArguments, _ workspace: inout Workspace
  ) throws(Problem) -> [Step] {
    let patch = try PatchLoader(directory: directory).load(json: arguments, &workspace)
    note(&workspace) { $0.patch = .json(patch) }
    guard let target = try selector(arguments.target, &workspace) else { return [] }
    return [
      .jsonPatch(
        JSONPatchStep(patch: patch, target: target, arguments: arguments))
    ]
  }

  /// Nil where the object names no target.
  private func selector(
    _ selector: Selector?, _ workspace: inout Workspace
  ) throws(Problem) -> CompiledSelector? {
    guard let selector else { return nil }
    return try CompiledSelector(selector, symbols: &workspace.tree.symbols)
  }

  /// Entries may be files, each with a list of replacements.
  private func replacements(
    _ entries: [ReplacementEntry], _ workspace: inout Workspace
  ) throws(Problem) -> [Step] {
    var steps: [Step] = []
    let replacements = try ReplacementLoader(directory: directory).load(entries, &workspace)
    note(&workspace) { $0.replacements = replacements }
    for replacement in replacements {
      steps.append(
        .replacement(try ReplacementStep(replacement, symbols: &workspace.tree.symbols)))
    }
    return steps
  }

  /// One step for each target of a ValueAddTransformer. Its value is trimmed; without one it is the
  /// name of the directory (builtins/ValueAddTransformer.go `Config`).
  private func values(
    _ arguments: ValueArguments, _ workspace: inout Workspace
  ) throws(Problem) -> [Step] {
    var targets = arguments.targets
    if let entry = arguments.targetFile {
      let file = try directory.read(entry, as: "targets file")
      let index = workspace.sources.add(path: file.displayPath, bytes: file.bytes)
      let root = try YAMLReader.firstDocument(
        ofFile: index, into: &workspace.tree, sources: workspace.sources)
      if let root {
        targets += try ValueArguments.Target.readFile(
          root, tree: workspace.tree, sources: workspace.sources)
      }
    }
    if targets.isEmpty { throw .noTargets(at: arguments.position) }
    let own = arguments.value.withoutOuterWhiteSpace
    let value = own.isEmpty ? Path.lastPart(directory.root) : own
    var steps: [Step] = []
    for target in targets {
      steps.append(
        .value(try ValueAddStep(target, value: value, symbols: &workspace.tree.symbols)))
    }
    return steps
  }
}

extension Problem {
  fileprivate static func notATransformer(at position: Position) -> Problem {
    Problem(
      .generatorAsTransformer, "a generator cannot be a transformer", at: position,
      hint: "list it under generators")
  }

  fileprivate static func notAGenerator(at position: Position) -> Problem {
    Problem(
      .transformerAsGenerator, "a transformer cannot be a generator", at: position,
      hint: "list it under transformers")
  }

  fileprivate static func noTargets(at position: Position) -> Problem {
    Problem(.valueWithoutTargets, "must specify at least one target", at: position)
  }
}
