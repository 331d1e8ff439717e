/// `configMapGenerator` and `secretGenerator`: objects made of literals and files.
struct Generator: Sendable {
  enum Kind: Sendable {
    case configMap
    case secret

    var word: String { self == .configMap ? "ConfigMap" : "Secret" }
  }

  /// The two differ in `data`: text and `binaryData` in a config map, base64 and a `type` in a
  /// secret.
  let kind: Kind
  let arguments: GeneratorArguments
  /// The generator's own options over those of the kustomization.
  let options: GeneratorOptions
  /// Reads the files, as far as the load restriction of the kustomization allows it.
  let directory: DirectoryReader

  /// Makes the object and puts it into the layer, or into the object that it changes.
  func apply(
    to resources: inout Resources, origin: OriginID?, _ workspace: inout Workspace
  ) throws(Problem) {
    let made = try make(&workspace)
    try GeneratedObject(
      made, origin: origin, position: arguments.namePosition, behavior: arguments.behaviorWord
    )
    .absorb(into: &resources, &workspace)
  }

  /// Makes the object. Its keys are sorted by bytes, as in kustomize, which collects them in a Go
  /// map (kyaml/yaml/datamap.go `LoadMapIntoConfigMapData`).
  private func make(_ workspace: inout Workspace) throws(Problem) -> Resource {
    guard !arguments.name.isEmpty else { throw .generatorWithoutName(at: arguments.position) }
    let items =
      try KeyValues
      .load(arguments, isSecret: kind == .secret, in: directory, &workspace)
      .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let writer = workspace.tree.ledger.begin(
      kind == .configMap ? .configMapGenerator : .secretGenerator, at: arguments.position)
    let root = workspace.tree.addMapping(by: writer)
    addHead(to: root, by: writer, &workspace.tree)
    switch kind {
    case .configMap: addConfigMapData(items, to: root, by: writer, &workspace.tree)
    case .secret:
      addSecretData(items, to: root, by: writer, &workspace.tree)
      for item in items where item.hasDoubtfulKey {
        workspace.tree.ledger.noteSecretKey(workspace.tree.symbols.intern(item.key))
      }
    }
    if options.immutable {
      let value = workspace.tree.addScalar("true", tag: .bool, by: writer)
      workspace.tree.appendField(.immutable, value, to: root)
    }
    var resource = Resource(root: root, id: ResourceReader.id(of: root, &workspace))
    resource.needsHash = !options.disableNameSuffixHash
    resource.behavior = arguments.behavior
    resource.isGenerated = true
    try workspace.traceGenerated(resource, ofKind: kind.word)
    return resource
  }

  /// What both kinds begin with. Printing sorts the fields, but a hash covers them in this order
  /// (`NodeHash`).
  private func addHead(to root: NodeID, by writer: Writer, _ tree: inout Tree) {
    tree.appendText(.apiVersion, "v1", to: root, by: writer)
    tree.appendText(.kind, kind.word, to: root, by: writer)
    let metadata = tree.addMapping(by: writer)
    tree.appendField(.metadata, metadata, to: root)
    tree.appendText(.name, arguments.name, to: metadata, by: writer)
    if !arguments.namespace.isEmpty {
      tree.appendText(.namespace, arguments.namespace, to: metadata, by: writer)
    }
    tree.appendTexts(.labels, options.labels, to: metadata, by: writer)
    tree.appendTexts(.annotations, options.annotations, to: metadata, by: writer)
  }

  /// An entry of the object's data, and the place in a file that holds it.
  ///
  /// Its value is text already: base64 where the bytes are none.
  fileprivate struct Entry {
    let key: String
    let value: [UInt8]
    let position: Position

    init(_ key: String, _ value: [UInt8], _ position: Position) {
      self.key = key
      self.value = value
      self.position = position
    }
  }

  /// Text goes to `data`, anything else in base64 to `binaryData`.
  private func addConfigMapData(
    _ items: [KeyValues.Item], to root: NodeID, by writer: Writer, _ tree: inout Tree
  ) {
    for item in items {
      let isText = String(validating: item.value, as: UTF8.self) != nil
      let value = isText ? item.value : Self.base64(item.value)
      tree.appendData(
        isText ? .data : .binaryData, Entry(item.key, value, item.position), to: root, by: writer)
    }
  }

  /// A secret has `data` even if it is empty, and a type, which is `Opaque` without one
  /// (internal/generators/secret.go `MakeSecret`).
  private func addSecretData(
    _ items: [KeyValues.Item], to root: NodeID, by writer: Writer, _ tree: inout Tree
  ) {
    let isGiven = !arguments.type.isEmpty
    tree.appendText(
      .type, isGiven ? arguments.type : "Opaque", to: root,
      by: isGiven ? Writer(arguments.typePosition) : writer)
    tree.appendField(.data, tree.addMapping(by: writer), to: root)
    for item in items {
      tree.appendData(
        .data, Entry(item.key, Self.base64(item.value), item.position), to: root, by: writer)
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
  /// Appends a field with a text.
  ///
  /// - Parameter flags: quotes that kustomize gives the text; without any, those that its text
  ///   needs.
  mutating func appendText(
    _ key: Symbol, _ value: String, quoted flags: Node.Flags = [], to mapping: NodeID,
    by writer: Writer
  ) {
    let bytes = Array(value.utf8)
    // The quotes count when a layer above writes another text into the field.
    let flags = flags.isEmpty ? self.flags(ofNewString: bytes.span) : flags
    let node = addScalar(bytes.span, tag: .string, flags: flags, by: writer)
    appendField(key, node, to: mapping)
  }

  /// Appends a mapping of strings, if there are any.
  mutating func appendTexts(
    _ key: Symbol, _ pairs: [Pair], to mapping: NodeID, by writer: Writer
  ) {
    if pairs.isEmpty { return }
    let node = addMapping(by: writer)
    appendField(key, node, to: mapping)
    for pair in pairs {
      let key = symbols.intern(pair.key)
      // kustomize always puts these in quotes (kyaml/yaml/kfns.go `LabelSetter`).
      appendText(
        key, pair.value, quoted: [.quoted, .singleQuoted], to: node, by: Writer(pair.position))
    }
  }

  /// Appends an entry to one of the data mappings of a root, which is made at need.
  ///
  /// The value belongs to the place in a file that holds it and not to the generator's edit, so
  /// that a change in an env file is reported at its line.
  fileprivate mutating func appendData(
    _ field: Symbol, _ entry: Generator.Entry, to root: NodeID, by writer: Writer
  ) {
    let mapping: NodeID
    if let known = self.field(field, of: root) {
      mapping = known
    } else {
      mapping = addMapping(by: writer)
      appendField(field, mapping, to: root)
    }
    let node = addScalar(
      entry.value.span, tag: .string, flags: flags(ofNewString: entry.value.span),
      at: entry.position)
    appendField(symbols.intern(entry.key), node, to: mapping)
  }
}

extension Problem {
  fileprivate static func generatorWithoutName(at position: Position) -> Problem {
    Problem(.generatorWithoutName, "a generator must have a name", at: position)
  }
}
