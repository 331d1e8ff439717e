/// Reading an object of `transformers`, `generators` or `validators`.
extension TransformerArguments {
  /// Decodes an object of a built-in kind.
  ///
  /// - Parameter kind: decides which table of fields the object has.
  static func read(
    _ root: NodeID, kind: BuiltInKind, tree: Tree, sources: SourceMap
  ) throws(Problem) -> TransformerArguments {
    let decoder = FieldDecoder(tree: tree, sources: sources, manner: .object)
    return try TransformerReader(decoder: decoder, root: root, kind: kind).read()
  }
}

/// The targets that the file of a `ValueAddTransformer` holds.
extension ValueArguments.Target {
  /// - Parameter root: a mapping with `targets`.
  static func readFile(
    _ root: NodeID, tree: Tree, sources: SourceMap
  ) throws(Problem) -> [ValueArguments.Target] {
    let decoder = FieldDecoder(tree: tree, sources: sources, manner: .object)
    var result: [ValueArguments.Target] = []
    try decoder.fields(of: root, as: "targets") {
      (field: ValueTargetListField, value) throws(Problem) in
      switch field {
      case .targets: result = try decoder.targets(value)
      }
    }
    return result
  }
}

/// The state of one reading.
///
/// One function for each kind. All go through the object's fields with the kind's table, and pass
/// over what other tables have (`FieldDecoder.Manner.object`).
private struct TransformerReader {
  let decoder: FieldDecoder
  let root: NodeID
  let kind: BuiltInKind

  private var position: Position { decoder.tree.position(root) }

  /// The switch has no default, so that a new kind without a reader does not compile.
  func read() throws(Problem) -> TransformerArguments {
    switch kind {
    case .annotations: return try annotations()
    case .label: return try labels()
    case .image: return try image()
    case .replicas: return try replicas()
    case .namespace: return .namespace(try namespace())
    case .prefix: return try affixes(without: .suffix)
    case .suffix: return try affixes(without: .prefix)
    case .prefixAndSuffix: return try affixes(without: nil)
    case .patch: return .patch(try patch(without: .jsonOp))
    case .jsonPatch: return .jsonPatch(try patch(without: .patch))
    case .strategicPatches: return .strategicPatches(try strategicPatches())
    case .value: return .value(try value())
    case .hash: return .hash
    case .configMap: return .configMap(try generator(without: .type))
    case .secret: return .secret(try generator(without: nil))
    case .iamPolicy: return .iamPolicy(try iamPolicy())
    case .replacement: return .replacements(try replacements())
    case .helmChart: return try helmChart()
    }
  }

  /// - Parameter excluded: a field that the kind does not have, though its table does.
  private func fields<Name: FieldSet>(
    without excluded: Name? = nil, _ read: (Name, NodeID) throws(Problem) -> Void
  ) throws(Problem) {
    try decoder.fields(of: root, as: kind.rawValue, without: excluded, read)
  }

  // MARK: - Kinds

  /// Source: api/internal/builtins/AnnotationsTransformer.go.
  private func annotations() throws(Problem) -> TransformerArguments {
    var (result, specs): ([Pair], [WrittenFieldSpec]) = ([], [])
    try fields { (field: AnnotationsTransformerField, value) throws(Problem) in
      switch field {
      case .annotations: result = try decoder.pairs(value, for: field.rawValue)
      case .fieldSpecs: specs = try decoder.fieldSpecs(value, for: field.rawValue)
      }
    }
    return .annotations(result, specs)
  }

  /// Source: api/internal/builtins/LabelTransformer.go.
  private func labels() throws(Problem) -> TransformerArguments {
    var (result, specs): ([Pair], [WrittenFieldSpec]) = ([], [])
    try fields { (field: LabelTransformerField, value) throws(Problem) in
      switch field {
      case .labels: result = try decoder.pairs(value, for: field.rawValue)
      case .fieldSpecs: specs = try decoder.fieldSpecs(value, for: field.rawValue)
      }
    }
    return .labels(result, specs)
  }

  /// One image, as one entry of `images` has it (api/internal/builtins/ImageTagTransformer.go).
  private func image() throws(Problem) -> TransformerArguments {
    var change = ImageChange(namePosition: position, position: position)
    var specs: [WrittenFieldSpec] = []
    try fields { (field: ImageTransformerField, value) throws(Problem) in
      switch field {
      case .imageTag: change = try decoder.image(value, for: field.rawValue)
      case .fieldSpecs: specs = try decoder.fieldSpecs(value, for: field.rawValue)
      }
    }
    return .image(change, specs)
  }

  /// One resource, as one entry of `replicas` has it
  /// (api/internal/builtins/ReplicaCountTransformer.go).
  private func replicas() throws(Problem) -> TransformerArguments {
    var change = ReplicaChange(namePosition: position, position: position)
    var specs: [WrittenFieldSpec] = []
    try fields { (field: ReplicasTransformerField, value) throws(Problem) in
      switch field {
      case .replica: change = try decoder.replica(value, for: field.rawValue)
      case .fieldSpecs: specs = try decoder.fieldSpecs(value, for: field.rawValue)
      }
    }
    return .replicas(change, specs)
  }

  /// The namespace is that of `metadata`; nil leaves the step out.
  private func namespace() throws(Problem) -> NamespaceArguments {
    var result = NamespaceArguments()
    result.namespace = try metadata().namespace
    try fields { (field: NamespaceTransformerField, value) throws(Problem) in
      switch field {
      case .fieldSpecs: result.fields = try decoder.fieldSpecs(value, for: field.rawValue)
      case .unsetOnly: result.unsetOnly = try decoder.bool(value, for: field.rawValue)
      case .setRoleBindingSubjects:
        let word = try decoder.entry(value, for: field.rawValue)
        guard let mode = word.text.isEmpty ? .defaultOnly : SubjectMode(rawValue: word.text) else {
          throw .unknownSubjects(word)
        }
        result.subjects = mode
      }
    }
    return result
  }

  /// Name and namespace of the object itself, where they say something. Labels and annotations have no
  /// effect, but must be strings (types/objectmeta.go).
  private func metadata() throws(Problem) -> (
    name: Kustomization.Entry?, namespace: Kustomization.Entry?
  ) {
    var result: (name: Kustomization.Entry?, namespace: Kustomization.Entry?) = (nil, nil)
    try fields { (field: ObjectField, node) throws(Problem) in
      guard field == .metadata else { return }
      try decoder.fields(of: node, as: "metadata") {
        (field: MetadataField, value) throws(Problem) in
        switch field {
        case .name: result.name = try decoder.text(value, for: "metadata.name")
        case .namespace: result.namespace = try decoder.text(value, for: "metadata.namespace")
        case .labels, .annotations:
          _ = try decoder.pairs(value, for: "metadata.\(field.rawValue)")
        }
      }
    }
    return result
  }

  /// An empty text is no reason to do nothing here, but a list of fields has to be there.
  private func affixes(without excluded: AffixTransformerField?) throws(Problem)
    -> TransformerArguments
  {
    var prefix = Kustomization.Entry(text: "", position: position)
    var suffix = prefix
    var specs: [WrittenFieldSpec]?
    try fields(without: excluded) { (field: AffixTransformerField, value) throws(Problem) in
      switch field {
      case .prefix: prefix = try decoder.entry(value, for: field.rawValue)
      case .suffix: suffix = try decoder.entry(value, for: field.rawValue)
      case .fieldSpecs: specs = try decoder.fieldSpecs(value, for: field.rawValue)
      }
    }
    guard let specs else { throw .noFieldSpecs(kind, at: position) }
    var result: [AffixArguments] = []
    if excluded != .prefix { result.append(AffixArguments(isPrefix: true, text: prefix)) }
    if excluded != .suffix { result.append(AffixArguments(isPrefix: false, text: suffix)) }
    return .affixes(result, specs)
  }

  /// Options are read for `PatchTransformer` only; the other kind has no such field in Go.
  private func patch(without excluded: PatchTransformerField) throws(Problem) -> PatchArguments {
    var result = PatchArguments(position: position)
    try fields(without: excluded) { (field: PatchTransformerField, value) throws(Problem) in
      switch field {
      case .path: result.path = try decoder.text(value, for: field.rawValue)
      case .patch, .jsonOp: result.patch = try decoder.text(value, for: field.rawValue)
      case .target:
        result.target = try Selector.read(value, for: field.rawValue, with: decoder)
      case .options:
        if kind == .patch { try decoder.readPatchOptions(value, into: &result) }
      }
    }
    return result
  }

  /// Embedded, so that a number where text belongs is an error: the list is one of a type that Go
  /// embeds.
  private func replacements() throws(Problem) -> [ReplacementEntry] {
    var result: [ReplacementEntry] = []
    try fields { (field: ReplacementTransformerField, value) throws(Problem) in
      switch field {
      case .replacements:
        result = try ReplacementReader(decoder: decoder.embedded).entries(value)
      }
    }
    return result
  }

  /// Files of patches and texts of them (api/internal/builtins/PatchStrategicMergeTransformer.go).
  private func strategicPatches() throws(Problem) -> StrategicPatchArguments {
    var result = StrategicPatchArguments(position: position)
    try fields { (field: StrategicPatchTransformerField, value) throws(Problem) in
      switch field {
      case .paths: result.paths = try decoder.entries(value, for: field.rawValue)
      case .patches: result.patches = try decoder.text(value, for: field.rawValue)
      }
    }
    return result
  }

  /// The targets stand in the object, in a file, or both
  /// (api/internal/builtins/ValueAddTransformer.go).
  private func value() throws(Problem) -> ValueArguments {
    var result = ValueArguments(position: position)
    try fields { (field: ValueTransformerField, value) throws(Problem) in
      switch field {
      case .value: result.value = try decoder.string(value, for: field.rawValue)
      case .targets: result.targets = try decoder.targets(value)
      case .targetFilePath: result.targetFile = try decoder.text(value, for: field.rawValue)
      }
    }
    return result
  }

  /// The name and the namespace of the object are those of what it generates, unless it says others.
  private func generator(without excluded: GeneratorField?) throws(Problem) -> GeneratorArguments {
    var result = try decoder.embedded.generator(root, for: kind.rawValue, without: excluded)
    let metadata = try metadata()
    if result.name.isEmpty { result.name = metadata.name?.text ?? "" }
    if result.namespace.isEmpty { result.namespace = metadata.namespace?.text ?? "" }
    return result
  }

  /// Chart and globals are fields of one mapping, so both tables are read from it, each passing
  /// over the other's.
  private func helmChart() throws(Problem) -> TransformerArguments {
    let decoder = decoder.embedded
    var result = try decoder.helmChart(root, as: kind.rawValue)
    result.isObject = true
    return .helmChart(result, try decoder.helmGlobals(root, as: kind.rawValue))
  }

  /// Source: api/types/iampolicygenerator.go.
  private func iamPolicy() throws(Problem) -> IAMPolicyArguments {
    var result = IAMPolicyArguments(position: position)
    try fields { (field: IAMPolicyField, value) throws(Problem) in
      switch field {
      case .cloud: result.cloud = try decoder.embedded.string(value, for: field.rawValue)
      case .kubernetesService: try readKubernetesService(value, into: &result)
      case .serviceAccount: try readServiceAccount(value, into: &result)
      }
    }
    return result
  }

  /// The service account of the cluster that the policy binds.
  private func readKubernetesService(
    _ node: NodeID, into policy: inout IAMPolicyArguments
  ) throws(Problem) {
    let what = IAMPolicyField.kubernetesService.rawValue
    try decoder.fields(of: node, as: what) {
      (field: IAMKubernetesServiceField, value) throws(Problem) in
      let text = try decoder.embedded.string(value, for: "\(what).\(field.rawValue)")
      switch field {
      case .name: policy.name = text
      case .namespace: policy.namespace = text
      }
    }
  }

  /// The service account of the cloud that it is bound to.
  private func readServiceAccount(
    _ node: NodeID, into policy: inout IAMPolicyArguments
  ) throws(Problem) {
    let what = IAMPolicyField.serviceAccount.rawValue
    try decoder.fields(of: node, as: what) {
      (field: IAMServiceAccountField, value) throws(Problem) in
      let text = try decoder.embedded.string(value, for: "\(what).\(field.rawValue)")
      switch field {
      case .name: policy.accountName = text
      case .projectId: policy.project = text
      }
    }
  }
}

extension FieldDecoder {
  /// Where a `ValueAddTransformer` puts its value.
  fileprivate func targets(_ list: NodeID) throws(Problem) -> [ValueArguments.Target] {
    var result: [ValueArguments.Target] = []
    try eachItem(of: list, for: "targets") { (item) throws(Problem) in
      var target = ValueArguments.Target(position: tree.position(item))
      try element(item, of: "targets") { (field: ValueTargetField, value) throws(Problem) in
        switch field {
        case .selector:
          target.selector = try Selector.read(value, for: "targets.selector", with: self)
        case .fieldPath: target.fieldPath = try string(value, for: "targets.fieldPath")
        case .filePathPosition:
          target.filePathPosition = try integer(value, for: "filePathPosition")
        }
      }
      result.append(target)
    }
    return result
  }
}

extension Problem {
  fileprivate static func unknownSubjects(_ word: Kustomization.Entry) -> Problem {
    let known = SubjectMode.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    return Problem(
      .unknownRoleBindingSubjects,
      "invalid value \"\(word.text)\" for setRoleBindingSubjects: must be one of \(known)",
      at: word.position)
  }

  fileprivate static func noFieldSpecs(_ kind: BuiltInKind, at position: Position) -> Problem {
    Problem(
      .affixWithoutFieldSpecs, "\(kind.rawValue) must have fieldSpecs", at: position,
      hint: "the usual one is 'path: metadata/name'")
  }
}
