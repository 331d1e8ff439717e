/// Arguments that kustomization files share with the objects of `transformers` and `generators`.
extension FieldDecoder {
  /// A text that says nothing when it is empty.
  func text(_ value: NodeID, for field: String) throws(Problem) -> Kustomization.Entry? {
    let entry = try entry(value, for: field)
    return entry.text.isEmpty ? nil : entry
  }

  /// Goes through the fields of a list's element; a null element says nothing.
  func element<Name: FieldSet>(
    _ item: NodeID, of list: String, without excluded: Name? = nil,
    _ read: (Name, NodeID) throws(Problem) -> Void
  ) throws(Problem) {
    if tree.isNull(item) { return }
    try fields(of: item, as: list, without: excluded, read)
  }

  // MARK: - Field specs

  /// - Parameter name: the field that holds the list, for messages.
  func fieldSpecs(_ list: NodeID, for name: String) throws(Problem) -> [WrittenFieldSpec] {
    var result: [WrittenFieldSpec] = []
    try eachItem(of: list, for: name) { (item) throws(Problem) in
      result.append(try fieldSpec(item, for: name))
    }
    return result
  }

  private func fieldSpec(_ node: NodeID, for name: String) throws(Problem) -> WrittenFieldSpec {
    var spec = WrittenFieldSpec(position: tree.position(node))
    try element(node, of: name) { (field: FieldSpecField, value) throws(Problem) in
      let full = "\(name).\(field.rawValue)"
      switch field {
      // `FieldSpec` embeds the type of the resource in Go, hence `embedded` for its parts.
      case .group: spec.group = try embedded.string(value, for: full)
      case .version: spec.version = try embedded.string(value, for: full)
      case .kind: spec.kind = try embedded.string(value, for: full)
      case .path: spec.path = try string(value, for: full)
      case .create: spec.create = try bool(value, for: full)
      }
    }
    return spec
  }

  // MARK: - Patches

  /// The place of `options` is kept, as a lint rule points at options that have no effect.
  func readPatchOptions(
    _ node: NodeID, into arguments: inout PatchArguments
  ) throws(Problem) {
    arguments.options = tree.position(node)
    try fields(of: node, as: "patches.options") {
      (field: PatchOptionField, value) throws(Problem) in
      let isAllowed = try bool(value, for: field.rawValue)
      switch field {
      case .allowNameChange: arguments.allowNameChange = isAllowed
      case .allowKindChange: arguments.allowKindChange = isAllowed
      }
    }
  }

  // MARK: - Images and replicas

  /// `images`, or the older `imageTags`.
  func images(_ list: NodeID, for name: String) throws(Problem) -> [ImageChange] {
    var result: [ImageChange] = []
    try eachItem(of: list, for: name) { (item) throws(Problem) in
      result.append(try image(item, for: name))
    }
    return result
  }

  /// One entry of `images`, or the `imageTag` of an ImageTagTransformer.
  func image(_ node: NodeID, for name: String) throws(Problem) -> ImageChange {
    var image = ImageChange(namePosition: tree.position(node), position: tree.position(node))
    var deciding = ImageField.name
    try element(node, of: name) { (field: ImageField, value) throws(Problem) in
      let text = try string(value, for: "\(name).\(field.rawValue)")
      if !text.isEmpty, field.rank > deciding.rank {
        deciding = field
        image.valuePosition = tree.position(value)
      }
      switch field {
      case .name:
        image.name = text
        image.namePosition = tree.position(value)
      case .newName: image.newName = text
      case .tagSuffix: image.tagSuffix = text
      case .newTag: image.newTag = text
      case .digest: image.digest = text
      }
    }
    return image
  }

  func replicas(_ list: NodeID) throws(Problem) -> [ReplicaChange] {
    var result: [ReplicaChange] = []
    try eachItem(of: list, for: "replicas") { (item) throws(Problem) in
      result.append(try replica(item, for: "replicas"))
    }
    return result
  }

  /// One entry of `replicas`. Without a count it asks for 0 replicas, as a Go `int64` does.
  func replica(_ node: NodeID, for name: String) throws(Problem) -> ReplicaChange {
    var replica = ReplicaChange(namePosition: tree.position(node), position: tree.position(node))
    try element(node, of: name) { (field: ReplicaField, value) throws(Problem) in
      switch field {
      case .name:
        replica.name = try string(value, for: "\(name).name")
        replica.namePosition = tree.position(value)
      case .count:
        replica.count = try integer(value, for: "\(name).count")
        replica.countPosition = tree.position(value)
      }
    }
    return replica
  }

  // MARK: - Generators

  /// - Parameter excluded: `type` for config maps, which Go's type for them does not have.
  func generators(
    _ list: NodeID, for name: String, without excluded: GeneratorField?
  ) throws(Problem) -> [GeneratorArguments] {
    var result: [GeneratorArguments] = []
    // They are large, and an array that grows by itself has room for twice as many.
    result.reserveCapacity(tree.count(of: list))
    try eachItem(of: list, for: name) { (item) throws(Problem) in
      result.append(try generator(item, for: name, without: excluded))
    }
    return result
  }

  /// One generator. An unknown `behavior` is read as none, as in Go, and remarked.
  func generator(
    _ node: NodeID, for name: String, without excluded: GeneratorField?
  ) throws(Problem) -> GeneratorArguments {
    var arguments = GeneratorArguments(
      namePosition: tree.position(node), position: tree.position(node))
    var env: Kustomization.Entry?
    try element(node, of: name, without: excluded) {
      (field: GeneratorField, value) throws(Problem) in
      let full = "\(name).\(field.rawValue)"
      switch field {
      case .name:
        arguments.name = try string(value, for: full)
        arguments.namePosition = tree.position(value)
      case .namespace: arguments.namespace = try string(value, for: full)
      case .behavior:
        arguments.behavior = try behavior(value, for: full)
        arguments.behaviorWord = word(value)
      case .literals:
        let isSecret = excluded == nil
        arguments.literals = try (isSecret ? ofSecrets : self).entries(value, for: full)
      case .files: arguments.files = try entries(value, for: full)
      case .envs: arguments.envs = try entries(value, for: full)
      case .env:
        env = try text(value, for: full)
        if manner == .kustomization { remark(envIsDeprecated(value)) }
      case .type:
        arguments.type = try string(value, for: full)
        arguments.typePosition = tree.position(value)
      case .options: arguments.options = try generatorOptions(value, for: full)
      }
    }
    // Only kustomization files are searched for the old field (types/kustomization.go
    // `FixKustomization`); elsewhere it is known and has no effect.
    if let env, manner == .kustomization { arguments.envs.append(env) }
    return arguments
  }

  /// A word that means nothing lets the generator create an object, which hides a misspelt `merge`.
  private func behavior(
    _ node: NodeID, for name: String
  ) throws(Problem) -> GeneratorArguments.Behavior {
    let word = try entry(node, for: name)
    let behavior = GeneratorArguments.Behavior(word: word.text)
    if behavior == .unspecified, !word.text.isEmpty, word.text != behavior.rawValue {
      remark(.unknownBehavior(word))
    }
    return behavior
  }

  /// kustomize rewrites `env` silently; here the author is told.
  private func envIsDeprecated(_ value: NodeID) -> Problem {
    let env = GeneratorField.env.rawValue
    return Problem(
      .deprecatedField, "'\(env)' is deprecated; please use 'envs' instead",
      at: sources.position(ofKey: env, before: tree.position(value)),
      hint: "write envs: [\(tree.string(value))]")
  }

  /// `generatorOptions`, or `options` of a generator.
  func generatorOptions(_ node: NodeID, for name: String) throws(Problem) -> GeneratorOptions {
    var options = GeneratorOptions()
    try fields(of: node, as: name) { (field: GeneratorOptionField, value) throws(Problem) in
      switch field {
      // What no generator uses is not looked at; what is printed is checked then.
      case .labels: options.labels = try pairs(value, for: "\(name).labels", asWritten: true)
      case .annotations:
        options.annotations = try pairs(value, for: "\(name).annotations", asWritten: true)
      case .disableNameSuffixHash:
        options.disableNameSuffixHash = try bool(value, for: field.rawValue)
      case .immutable: options.immutable = try bool(value, for: field.rawValue)
      }
    }
    return options
  }
}

extension Problem {
  fileprivate static func unknownBehavior(_ word: Kustomization.Entry) -> Problem {
    let known = [GeneratorArguments.Behavior.create, .merge, .replace].map(\.rawValue)
    let nearest = Suggestion.nearest(to: word.text, among: known)
    return Problem(
      .behaviorInvalid, "there is no behavior \"\(word.text)\"; the generator creates an object",
      at: word.position,
      hint: nearest.map { "did you mean \"\($0)\"?" } ?? "write create, merge or replace",
      fixes: nearest.map { [.renaming(word.text, to: $0, at: word.position, isSafe: false)] } ?? [])
  }
}

extension ImageField {
  /// How much the field says of what comes out: a digest more than a tag, and a tag more than a name.
  fileprivate var rank: Int {
    switch self {
    case .name: 0
    case .newName: 1
    case .tagSuffix: 2
    case .newTag: 3
    case .digest: 4
    }
  }
}
