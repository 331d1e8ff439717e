/// Arguments that kustomization files share with the objects of `transformers` and `generators`.
extension FieldDecoder {
  /// A text that says nothing when it is empty.
  func text(_ value: NodeID, for field: String) throws(Problem) -> Kustomization.Entry? {
    let entry = try entry(value, for: field)
    return entry.text.isEmpty ? nil : entry
  }

  /// The fields of a list's element; a null element says nothing.
  func element(
    _ item: NodeID, of list: String, known: [String]
  ) throws(Problem) -> [Field] {
    if tree.isNull(item) { return [] }
    return try fields(of: item, as: list, known: known)
  }

  // MARK: - Field specs

  func fieldSpecs(_ list: NodeID, for name: String) throws(Problem) -> [WrittenFieldSpec] {
    var result: [WrittenFieldSpec] = []
    let known = ["group", "version", "kind", "path", "create"]
    for item in try items(list, for: name) {
      var spec = WrittenFieldSpec(position: tree.position(item))
      for field in try element(item, of: name, known: known) {
        let full = "\(name).\(field.name)"
        switch field.name {
        case "group": spec.group = try embedded.string(field.value, for: full)
        case "version": spec.version = try embedded.string(field.value, for: full)
        case "kind": spec.kind = try embedded.string(field.value, for: full)
        case "path": spec.path = try string(field.value, for: full)
        default: spec.create = try bool(field.value, for: full)
        }
      }
      result.append(spec)
    }
    return result
  }

  // MARK: - Patches

  func readPatchOptions(
    _ node: NodeID, into arguments: inout PatchArguments
  ) throws(Problem) {
    let known = ["allowNameChange", "allowKindChange"]
    for field in try fields(of: node, as: "patches.options", known: known) {
      let isAllowed = try bool(field.value, for: field.name)
      switch field.name {
      case "allowNameChange": arguments.allowNameChange = isAllowed
      default: arguments.allowKindChange = isAllowed
      }
    }
  }

  // MARK: - Images and replicas

  func images(_ list: NodeID, for name: String) throws(Problem) -> [ImageChange] {
    var result: [ImageChange] = []
    for item in try items(list, for: name) { result.append(try image(item, for: name)) }
    return result
  }

  func image(_ node: NodeID, for name: String) throws(Problem) -> ImageChange {
    var image = ImageChange(position: tree.position(node))
    let known = ["name", "newName", "tagSuffix", "newTag", "digest"]
    for field in try element(node, of: name, known: known) {
      let text = try string(field.value, for: "\(name).\(field.name)")
      switch field.name {
      case "name": image.name = text
      case "newName": image.newName = text
      case "tagSuffix": image.tagSuffix = text
      case "newTag": image.newTag = text
      default: image.digest = text
      }
    }
    return image
  }

  func replicas(_ list: NodeID) throws(Problem) -> [ReplicaChange] {
    var result: [ReplicaChange] = []
    for item in try items(list, for: "replicas") {
      result.append(try replica(item, for: "replicas"))
    }
    return result
  }

  func replica(_ node: NodeID, for name: String) throws(Problem) -> ReplicaChange {
    var replica = ReplicaChange(position: tree.position(node))
    for field in try element(node, of: name, known: ["name", "count"]) {
      switch field.name {
      case "name": replica.name = try string(field.value, for: "\(name).name")
      default: replica.count = try integer(field.value, for: "\(name).count")
      }
    }
    return replica
  }

  // MARK: - Generators

  func generators(_ list: NodeID, for name: String) throws(Problem) -> [GeneratorArguments] {
    var result: [GeneratorArguments] = []
    var known = Self.generatorFields
    if name == "secretGenerator" { known.append("type") }
    for item in try items(list, for: name) {
      let fields = try element(item, of: name, known: known)
      result.append(try generator(fields, of: item, for: name))
    }
    return result
  }

  static let generatorFields = [
    "name", "namespace", "behavior", "literals", "files", "envs", "env", "options",
  ]

  func generator(
    _ fields: [Field], of node: NodeID, for name: String
  ) throws(Problem) -> GeneratorArguments {
    var arguments = GeneratorArguments(position: tree.position(node))
    var env: Kustomization.Entry?
    for field in fields {
      let value = field.value
      let full = "\(name).\(field.name)"
      switch field.name {
      case "name": arguments.name = try string(value, for: full)
      case "namespace": arguments.namespace = try string(value, for: full)
      case "behavior": arguments.behavior = .init(word: try string(value, for: full))
      case "literals": arguments.literals = try entries(value, for: full)
      case "files": arguments.files = try entries(value, for: full)
      case "envs": arguments.envs = try entries(value, for: full)
      case "env": env = try text(value, for: full)
      case "type": arguments.type = try string(value, for: full)
      case "options": arguments.options = try generatorOptions(value, for: full)
      default: break
      }
    }
    // Only kustomization files are searched for the old field (types/kustomization.go
    // `FixKustomization`); elsewhere it is known and has no effect.
    if let env, manner == .kustomization { arguments.envs.append(env) }
    return arguments
  }

  func generatorOptions(_ node: NodeID, for name: String) throws(Problem) -> GeneratorOptions {
    var options = GeneratorOptions()
    let known = ["labels", "annotations", "disableNameSuffixHash", "immutable"]
    for field in try fields(of: node, as: name, known: known) {
      switch field.name {
      // What no generator uses is not looked at; what is printed is checked then.
      case "labels":
        options.labels = try pairs(field.value, for: "\(name).labels", asWritten: true)
      case "annotations":
        options.annotations = try pairs(field.value, for: "\(name).annotations", asWritten: true)
      case "disableNameSuffixHash":
        options.disableNameSuffixHash = try bool(field.value, for: field.name)
      default: options.immutable = try bool(field.value, for: field.name)
      }
    }
    return options
  }
}
