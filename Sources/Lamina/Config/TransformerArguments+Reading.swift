/// Reading an object of `transformers`, `generators` or `validators`.
extension TransformerArguments {
  /// Decodes an object of a built-in kind.
  static func read(
    _ root: NodeID, kind: BuiltInKind, tree: Tree, sources: SourceMap
  ) throws(Problem) -> TransformerArguments {
    let decoder = FieldDecoder(tree: tree, sources: sources, manner: .object)
    return try TransformerReader(decoder: decoder, root: root, kind: kind).read()
  }
}

/// The targets that the file of a `ValueAddTransformer` holds.
extension ValueArguments.Target {
  static func readFile(
    _ root: NodeID, tree: Tree, sources: SourceMap
  ) throws(Problem) -> [ValueArguments.Target] {
    let decoder = FieldDecoder(tree: tree, sources: sources, manner: .object)
    var result: [ValueArguments.Target] = []
    for field in try decoder.fields(of: root, as: "targets", known: ["targets"]) {
      result = try decoder.targets(field.value)
    }
    return result
  }
}

/// The state of one reading.
private struct TransformerReader {
  let decoder: FieldDecoder
  let root: NodeID
  let kind: BuiltInKind

  private var position: Position { decoder.tree.position(root) }

  func read() throws(Problem) -> TransformerArguments {
    switch kind {
    case .annotations: return .annotations(try pairs("annotations"), try fieldSpecs())
    case .label: return .labels(try pairs("labels"), try fieldSpecs())
    case .image: return try image()
    case .replicas: return try replicas()
    case .namespace: return .namespace(try namespace())
    case .prefix: return try affixes(["prefix"])
    case .suffix: return try affixes(["suffix"])
    case .prefixAndSuffix: return try affixes(["prefix", "suffix"])
    case .patch: return .patch(try patch(textField: "patch"))
    case .jsonPatch: return .jsonPatch(try patch(textField: "jsonOp"))
    case .strategicPatches: return .strategicPatches(try strategicPatches())
    case .value: return .value(try value())
    case .hash: return .hash
    case .configMap: return .configMap(try generator())
    case .secret: return .secret(try generator())
    case .iamPolicy: return .iamPolicy(try iamPolicy())
    case .replacement: return .replacements(try replacements())
    case .helmChart: return try helmChart()
    }
  }

  private func fields(_ known: [String]) throws(Problem) -> [FieldDecoder.Field] {
    try decoder.fields(of: root, as: kind.rawValue, known: known)
  }

  /// The value of one field; nil where it is missing or null.
  private func field(_ name: String) throws(Problem) -> NodeID? {
    try fields([name]).last?.value
  }

  private func pairs(_ name: String) throws(Problem) -> [Pair] {
    guard let value = try field(name) else { return [] }
    return try decoder.pairs(value, for: name)
  }

  private func fieldSpecs() throws(Problem) -> [WrittenFieldSpec] {
    guard let value = try field("fieldSpecs") else { return [] }
    return try decoder.fieldSpecs(value, for: "fieldSpecs")
  }

  // MARK: - Kinds

  private func image() throws(Problem) -> TransformerArguments {
    var change = ImageChange(position: position)
    if let value = try field("imageTag") { change = try decoder.image(value, for: "imageTag") }
    return .image(change, try fieldSpecs())
  }

  private func replicas() throws(Problem) -> TransformerArguments {
    var change = ReplicaChange(position: position)
    if let value = try field("replica") { change = try decoder.replica(value, for: "replica") }
    return .replicas(change, try fieldSpecs())
  }

  private func namespace() throws(Problem) -> NamespaceArguments {
    var result = NamespaceArguments(fields: try fieldSpecs())
    for field in try fields(["metadata", "unsetOnly", "setRoleBindingSubjects"]) {
      switch field.name {
      case "metadata": result.namespace = try metadata(field.value)["namespace"]
      case "unsetOnly": result.unsetOnly = try decoder.bool(field.value, for: field.name)
      default:
        let word = try decoder.entry(field.value, for: field.name)
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
  private func metadata(_ node: NodeID) throws(Problem) -> [String: Kustomization.Entry] {
    var result: [String: Kustomization.Entry] = [:]
    let known = ["name", "namespace", "labels", "annotations"]
    for field in try decoder.fields(of: node, as: "metadata", known: known) {
      let full = "metadata.\(field.name)"
      switch field.name {
      case "labels", "annotations": _ = try decoder.pairs(field.value, for: full)
      default: result[field.name] = try decoder.text(field.value, for: full)
      }
    }
    return result
  }

  /// An empty text is no reason to do nothing here, but a list of fields has to be there.
  private func affixes(_ names: [String]) throws(Problem) -> TransformerArguments {
    guard try field("fieldSpecs") != nil else { throw .noFieldSpecs(kind, at: position) }
    var result: [AffixArguments] = []
    for name in names {
      var text = Kustomization.Entry(text: "", position: position)
      if let value = try field(name) { text = try decoder.entry(value, for: name) }
      result.append(AffixArguments(isPrefix: name == "prefix", text: text))
    }
    return .affixes(result, try fieldSpecs())
  }

  private func patch(textField: String) throws(Problem) -> PatchArguments {
    var result = PatchArguments(position: position)
    for field in try fields(["path", textField, "target", "options"]) {
      switch field.name {
      case "path": result.path = try decoder.text(field.value, for: "path")
      case "target":
        result.target = try Selector.read(field.value, for: "target", with: decoder)
      case "options":
        if kind == .patch { try decoder.readPatchOptions(field.value, into: &result) }
      default: result.patch = try decoder.text(field.value, for: textField)
      }
    }
    return result
  }

  private func replacements() throws(Problem) -> [ReplacementEntry] {
    guard let list = try field("replacements") else { return [] }
    return try ReplacementReader(decoder: decoder.embedded).entries(list)
  }

  private func strategicPatches() throws(Problem) -> StrategicPatchArguments {
    var result = StrategicPatchArguments(position: position)
    for field in try fields(["paths", "patches"]) {
      switch field.name {
      case "paths": result.paths = try decoder.entries(field.value, for: "paths")
      default: result.patches = try decoder.text(field.value, for: "patches")
      }
    }
    return result
  }

  private func value() throws(Problem) -> ValueArguments {
    var result = ValueArguments(position: position)
    for field in try fields(["value", "targets", "targetFilePath"]) {
      switch field.name {
      case "value": result.value = try decoder.string(field.value, for: "value")
      case "targets": result.targets = try decoder.targets(field.value)
      default: result.targetFile = try decoder.text(field.value, for: "targetFilePath")
      }
    }
    return result
  }

  /// The name and the namespace of the object are those of what it generates, unless it says others.
  private func generator() throws(Problem) -> GeneratorArguments {
    let fields = try fields(FieldDecoder.generatorFields + ["type", "metadata"])
    var result = try decoder.embedded.generator(
      fields.filter { $0.name != "type" || kind == .secret }, of: root, for: kind.rawValue)
    for field in fields where field.name == "metadata" {
      let metadata = try metadata(field.value)
      if result.name.isEmpty { result.name = metadata["name"]?.text ?? "" }
      if result.namespace.isEmpty { result.namespace = metadata["namespace"]?.text ?? "" }
    }
    return result
  }

  private func helmChart() throws(Problem) -> TransformerArguments {
    let decoder = decoder.embedded
    let globals = try fields(FieldDecoder.helmGlobalsFields)
    let chart = try fields(FieldDecoder.helmChartFields)
    var result = try decoder.helmChart(chart, at: position)
    result.isObject = true
    return .helmChart(result, try decoder.helmGlobals(globals))
  }

  private func iamPolicy() throws(Problem) -> IAMPolicyArguments {
    var result = IAMPolicyArguments(position: position)
    for field in try fields(["cloud", "kubernetesService", "serviceAccount"]) {
      switch field.name {
      case "cloud": result.cloud = try decoder.embedded.string(field.value, for: "cloud")
      case "kubernetesService":
        for part in try decoder.fields(
          of: field.value, as: field.name, known: ["name", "namespace"])
        {
          let text = try decoder.embedded.string(part.value, for: "\(field.name).\(part.name)")
          if part.name == "name" { result.name = text } else { result.namespace = text }
        }
      default:
        for part in try decoder.fields(
          of: field.value, as: field.name, known: ["name", "projectId"])
        {
          let text = try decoder.embedded.string(part.value, for: "\(field.name).\(part.name)")
          if part.name == "name" { result.accountName = text } else { result.project = text }
        }
      }
    }
    return result
  }
}

extension FieldDecoder {
  fileprivate func targets(_ list: NodeID) throws(Problem) -> [ValueArguments.Target] {
    var result: [ValueArguments.Target] = []
    let known = ["selector", "fieldPath", "filePathPosition"]
    for item in try items(list, for: "targets") {
      var target = ValueArguments.Target(position: tree.position(item))
      for field in try element(item, of: "targets", known: known) {
        switch field.name {
        case "selector":
          target.selector = try Selector.read(field.value, for: "targets.selector", with: self)
        case "fieldPath": target.fieldPath = try string(field.value, for: "targets.fieldPath")
        default: target.filePathPosition = try integer(field.value, for: "filePathPosition")
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
      .invalidTransformation,
      "invalid value \"\(word.text)\" for setRoleBindingSubjects: must be one of \(known)",
      at: word.position)
  }

  fileprivate static func noFieldSpecs(_ kind: BuiltInKind, at position: Position) -> Problem {
    Problem(
      .invalidTransformation, "\(kind.rawValue) must have fieldSpecs", at: position,
      hint: "the usual one is 'path: metadata/name'")
  }
}
