extension FunctionSpec {
  /// The newer name first; if it is there, the older one is not looked at.
  private static let annotations: [StaticString] = [
    "config.kubernetes.io/function", "config.k8s.io/function",
  ]

  /// What an object says of its program; nil where it says nothing and is no function.
  ///
  /// The annotation holds YAML. Older forms are the annotation `config.kubernetes.io/container` with
  /// an image, and the field `metadata.configFn`.
  static func read(
    _ root: NodeID, into tree: inout Tree, sources: inout SourceMap
  ) throws(Problem) -> FunctionSpec? {
    guard let metadata = tree.field(.metadata, of: root) else { return nil }
    let entries = tree.stringEntries(of: tree.field(.annotations, of: metadata))
    // An empty annotation counts as none.
    func annotation(_ key: StaticString, _ tree: inout Tree) -> NodeID? {
      let value = entries[tree.symbols.intern(key)]
      return value.flatMap { tree.shape($0) == .scalar && !tree.textIsEmpty($0) ? $0 : nil }
    }
    for key in annotations {
      guard let value = annotation(key, &tree) else { continue }
      return try read(textOf: value, into: &tree, sources: &sources)
    }
    let configFn = tree.symbols.intern("configFn" as StaticString)
    if let value = tree.field(configFn, of: metadata), !tree.isNull(value) {
      return try SpecReader(tree: tree, sources: sources).read(value)
    }
    guard let image = annotation("config.kubernetes.io/container", &tree) else { return nil }
    return FunctionSpec(image: tree.string(image))
  }

  /// Reads the YAML of an annotation. An empty one is a function that names no program.
  private static func read(
    textOf value: NodeID, into tree: inout Tree, sources: inout SourceMap
  ) throws(Problem) -> FunctionSpec {
    let entry = Kustomization.Entry(
      text: tree.string(value), position: tree.position(value),
      isLiteral: tree[value].flags.contains(.literal))
    let file = sources.add(textOf: entry, bytes: Array(entry.text.utf8))
    let root = try YAMLReader.firstDocument(ofFile: file, into: &tree, sources: sources)
    guard let root, !tree.isNull(root) else { return FunctionSpec() }
    return try SpecReader(tree: tree, sources: sources).read(root)
  }
}

/// The state of one reading. Unknown fields are errors, as kustomize has it.
private struct SpecReader {
  let decoder: FieldDecoder

  init(tree: Tree, sources: SourceMap) {
    decoder = FieldDecoder(tree: tree, sources: sources, manner: .configuration)
  }

  /// - Parameter root: the mapping with `container` or `exec`.
  func read(_ root: NodeID) throws(Problem) -> FunctionSpec {
    var spec = FunctionSpec()
    try decoder.fields(of: root, as: "function") { (field: FunctionField, value) throws(Problem) in
      switch field {
      case .container: try readContainer(value, into: &spec)
      case .exec: try readProgram(value, into: &spec)
      case .deferFailure: spec.defersFailure = try decoder.bool(value, for: field.rawValue)
      }
    }
    return spec
  }

  /// The fields are those of kyaml/fn/runtime/runtimeutil/functiontypes.go `ContainerSpec`.
  private func readContainer(_ node: NodeID, into spec: inout FunctionSpec) throws(Problem) {
    try decoder.fields(of: node, as: "container") {
      (field: ContainerField, value) throws(Problem) in
      let name = "container.\(field.rawValue)"
      switch field {
      case .image: spec.image = try decoder.string(value, for: name)
      case .network: spec.network = try decoder.bool(value, for: name)
      case .envs: spec.containerEnvironment = try decoder.strings(value, for: name)
      case .mounts:
        try decoder.eachItem(of: value, for: name) { (item) throws(Problem) in
          spec.mounts.append(try mount(item))
        }
      }
    }
  }

  private func mount(_ node: NodeID) throws(Problem) -> FunctionSpec.Mount {
    var mount = FunctionSpec.Mount()
    try decoder.element(node, of: "mounts") { (field: MountField, value) throws(Problem) in
      let name = "mounts.\(field.rawValue)"
      switch field {
      case .type: mount.type = try decoder.string(value, for: name)
      case .src: mount.source = try decoder.string(value, for: name)
      case .dst: mount.target = try decoder.string(value, for: name)
      case .rw: mount.isWritable = try decoder.bool(value, for: name)
      }
    }
    return mount
  }

  private func readProgram(_ node: NodeID, into spec: inout FunctionSpec) throws(Problem) {
    try decoder.fields(of: node, as: "exec") { (field: ExecField, value) throws(Problem) in
      let name = "exec.\(field.rawValue)"
      switch field {
      case .path: spec.path = try decoder.string(value, for: name)
      case .args: spec.arguments = try decoder.strings(value, for: name)
      case .envs: spec.environment = try decoder.strings(value, for: name)
      }
    }
  }
}
