/// `configMapGenerator` and `secretGenerator`: objects made of literals and files.
struct Generator: Sendable {
  enum Kind: Sendable {
    case configMap
    case secret
  }

  let kind: Kind
  let arguments: GeneratorArguments
  /// The generator's own options over those of the kustomization.
  let options: GeneratorOptions
  let directory: DirectoryReader

  /// Makes the object and puts it into the layer, or into the object that it changes.
  func apply(
    to resources: inout Resources, origin: OriginID?, _ workspace: inout Workspace
  ) throws(Problem) {
    let made = try make(&workspace)
    try GeneratedObject(made, origin: origin, position: arguments.position)
      .absorb(into: &resources, &workspace)
  }

  private func make(_ workspace: inout Workspace) throws(Problem) -> Resource {
    guard !arguments.name.isEmpty else { throw .generatorWithoutName(at: arguments.position) }
    let items = try KeyValues.load(arguments, in: directory, &workspace)
      .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let root = workspace.tree.addMapping(at: arguments.position)
    addHead(to: root, &workspace.tree)
    switch kind {
    case .configMap: addConfigMapData(items, to: root, &workspace.tree)
    case .secret: addSecretData(items, to: root, &workspace.tree)
    }
    if options.immutable {
      let value = workspace.tree.addScalar("true", tag: .bool, at: arguments.position)
      workspace.tree.appendField(.immutable, value, to: root)
    }
    var resource = Resource(root: root, id: ResourceReader.id(of: root, &workspace))
    resource.needsHash = !options.disableNameSuffixHash
    resource.behavior = arguments.behavior
    resource.isGenerated = true
    return resource
  }

  private func addHead(to root: NodeID, _ tree: inout Tree) {
    let at = arguments.position
    tree.appendText(.apiVersion, "v1", to: root, at: at)
    tree.appendText(.kind, kind == .configMap ? "ConfigMap" : "Secret", to: root, at: at)
    let metadata = tree.addMapping(at: at)
    tree.appendField(.metadata, metadata, to: root)
    tree.appendText(.name, arguments.name, to: metadata, at: at)
    if !arguments.namespace.isEmpty {
      tree.appendText(.namespace, arguments.namespace, to: metadata, at: at)
    }
    tree.appendTexts(.labels, options.labels, to: metadata, at: at)
    tree.appendTexts(.annotations, options.annotations, to: metadata, at: at)
  }

  /// Text goes to `data`, anything else in base64 to `binaryData`.
  private func addConfigMapData(
    _ items: [KeyValues.Item], to root: NodeID, _ tree: inout Tree
  ) {
    for item in items {
      let isText = String(validating: item.value, as: UTF8.self) != nil
      let value = isText ? item.value : Self.base64(item.value)
      tree.appendData(isText ? .data : .binaryData, item.key, value, to: root, at: item.position)
    }
  }

  private func addSecretData(_ items: [KeyValues.Item], to root: NodeID, _ tree: inout Tree) {
    let type = arguments.type.isEmpty ? "Opaque" : arguments.type
    tree.appendText(.type, type, to: root, at: arguments.position)
    tree.appendField(.data, tree.addMapping(at: arguments.position), to: root)
    for item in items {
      tree.appendData(.data, item.key, Self.base64(item.value), to: root, at: item.position)
    }
  }

  /// Long data is broken into lines of 70 characters (kyaml/yaml/datamap.go `encodeBase64`).
  private static func base64(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    appendBase64(bytes.span, to: &result, lineLength: 70)
    return result
  }
}

extension Tree {
  mutating func appendText(
    _ key: Symbol, _ value: String, to mapping: NodeID, at position: Position
  ) {
    let bytes = Array(value.utf8)
    // The quotes count when a layer above writes another text into the field.
    let flags: Node.Flags = ScalarTag.isOtherTypeInYAML11(bytes.span) ? .quoted : []
    let node = addScalar(bytes.span, tag: .string, flags: flags, at: position)
    appendField(key, node, to: mapping)
  }

  /// Appends a mapping of strings, if there are any.
  mutating func appendTexts(
    _ key: Symbol, _ pairs: [Pair], to mapping: NodeID, at position: Position
  ) {
    if pairs.isEmpty { return }
    let node = addMapping(at: position)
    appendField(key, node, to: mapping)
    for pair in pairs {
      let key = symbols.intern(pair.key)
      appendText(key, pair.value, to: node, at: pair.position)
    }
  }

  /// Appends an entry to one of the data mappings of a root, which is made at need.
  mutating func appendData(
    _ field: Symbol, _ key: String, _ value: [UInt8], to root: NodeID, at position: Position
  ) {
    let mapping: NodeID
    if let known = self.field(field, of: root) {
      mapping = known
    } else {
      mapping = addMapping(at: position)
      appendField(field, mapping, to: root)
    }
    let node = addScalar(value.span, tag: .string, at: position)
    let key = symbols.intern(key)
    appendField(key, node, to: mapping)
  }
}

extension Problem {
  fileprivate static func generatorWithoutName(at position: Position) -> Problem {
    Problem(.invalidGenerator, "a generator must have a name", at: position)
  }
}
