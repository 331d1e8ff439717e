/// An OpenAPI document of the user's (`openapi: {path}`), in the tree of the build.
///
/// Nothing is taken out of it but an index: a schema is the node that holds it. The document may be
/// JSON or YAML, which the same reader reads (kyaml openapi/openapi.go `parse`).
struct SchemaDocument: Sendable {
  /// What a merge asks of one schema.
  struct Facts {
    var fields: [(key: Symbol, schema: NodeID)] = []
    var otherFields: NodeID?
    var elements: NodeID?
    /// As `Schema.mergeKeys(of:in:)` gives them.
    var mergeKeys: [Symbol]?
  }

  /// The schemas of kinds, by what `x-kubernetes-group-version-kind` says.
  private(set) var kinds: [TypeName: NodeID] = [:]
  /// By their names, which references use.
  private var definitions: [Symbol: NodeID] = [:]
  /// Nil where the document says nothing of scope.
  private let paths: NodeID?
  private let words: Words

  /// Indexes a document.
  ///
  /// - Parameter root: nil for an empty file, which kustomize takes for a document that says nothing.
  init(_ root: NodeID?, in tree: inout Tree) throws(Problem) {
    let words = Words(&tree.symbols)
    self.words = words
    guard let root, !tree.isNull(root) else {
      paths = nil
      return
    }
    guard tree.shape(root) == .mapping else { throw .notASchema(at: tree.position(root)) }
    paths = tree.field(words.paths, of: root)
    guard let list = tree.field(words.definitions, of: root) else { return }
    for definition in tree.children(of: list) {
      definitions[tree.key(definition)] = definition
      guard let names = tree.field(words.groupVersionKind, of: definition),
        tree.shape(names) == .sequence
      else { continue }
      for name in tree.children(of: names) {
        guard let type = type(name, in: &tree) else { continue }
        kinds[type.inFull(&tree.symbols)] = definition
      }
    }
  }

  /// An entry of `x-kubernetes-group-version-kind`.
  private func type(_ name: NodeID, in tree: inout Tree) -> GroupVersionKind? {
    guard tree.shape(name) == .mapping else { return nil }
    return GroupVersionKind(
      group: tree.symbol(of: tree.field(words.group, of: name)),
      version: tree.symbol(of: tree.field(words.version, of: name)),
      kind: tree.symbol(of: tree.field(.kind, of: name)))
  }

  // MARK: - Schemas

  /// What a schema says of the values that it describes.
  ///
  /// - Parameter keepsMissing: what the document refers to and does not hold is given as the schema
  ///   that refers to it, and not left out (see `missingDefinition`).
  func facts(of schema: NodeID, keepsMissing: Bool, in tree: inout Tree) -> Facts {
    var facts = Facts()
    if let properties = tree.field(words.properties, of: schema) {
      for property in tree.children(of: properties) {
        guard let target = resolve(property, keepsMissing, in: &tree) else { continue }
        facts.fields.append((tree.key(property), target))
      }
    }
    if let others = tree.field(words.additionalProperties, of: schema),
      tree.shape(others) == .mapping
    {
      facts.otherFields = resolve(others, keepsMissing, in: &tree)
    }
    if isList(schema, in: tree), let items = tree.field(words.items, of: schema),
      tree.shape(items) == .mapping
    {
      facts.elements = resolve(items, keepsMissing, in: &tree)
    }
    facts.mergeKeys = mergeKeys(of: schema, in: &tree)
    return facts
  }

  /// `type: array`, or a list of types of which that is the only one.
  private func isList(_ schema: NodeID, in tree: Tree) -> Bool {
    guard let type = tree.field(.type, of: schema) else { return false }
    if tree.shape(type) == .scalar { return tree.textEquals(type, "array") }
    guard let only = tree.first(of: type), tree.next(after: only) == nil else { return false }
    return tree.textEquals(only, "array")
  }

  /// A list is merged where its strategy says `merge`, alone or among others; the keys of `list-map`
  /// go before the merge key (`PatchStrategyAndKeyList`).
  private func mergeKeys(of schema: NodeID, in tree: inout Tree) -> [Symbol]? {
    guard let strategy = tree.field(words.strategy, of: schema) else { return nil }
    let parts = tree.bytes(strategy).split(separator: UInt8(ascii: ","))
    guard parts.contains(where: { $0.elementsEqual("merge".utf8) }) else { return nil }
    if let keys = tree.field(words.listMapKeys, of: schema) {
      return tree.children(of: keys).map { tree.symbol(of: $0) }
    }
    return tree.field(words.mergeKey, of: schema).map { [tree.symbol(of: $0)] } ?? []
  }

  /// Follows `$ref` to the schema it stands for; nil where there is none.
  ///
  /// The limit is for references that only name each other, which kustomize follows for ever.
  private func resolve(
    _ schema: NodeID, _ keepsMissing: Bool, in tree: inout Tree
  ) -> NodeID? {
    var current = schema
    for _ in 0..<64 {
      guard let reference = tree.field(words.reference, of: current),
        !tree.textIsEmpty(reference)
      else { return current }
      guard let target = target(of: reference, in: &tree) else {
        return keepsMissing ? current : nil
      }
      current = target
    }
    return nil
  }

  /// The name of the definition that a schema refers to, where the document has none of that name.
  func missingDefinition(of schema: NodeID, in tree: inout Tree) -> ArraySlice<UInt8>? {
    var current = schema
    for _ in 0..<64 {
      guard let reference = tree.field(words.reference, of: current) else { return nil }
      if let target = target(of: reference, in: &tree) {
        current = target
        continue
      }
      let prefix = Array("#/definitions/".utf8)
      let text = tree.bytes(reference)
      return text.starts(with: prefix) ? text.dropFirst(prefix.count) : nil
    }
    return nil
  }

  /// The schema at `#/definitions/name`; behind the name, the way may go on into the schema.
  private func target(of reference: NodeID, in tree: inout Tree) -> NodeID? {
    let parts = tree.bytes(reference).split(
      separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count >= 3, parts[0].elementsEqual("#".utf8),
      parts[1].elementsEqual("definitions".utf8)
    else { return nil }
    var schema = definitions[tree.symbols.intern(Self.unescaped(parts[2]))]
    for part in parts.dropFirst(3) {
      let key = tree.symbols.intern(Self.unescaped(part))
      schema = schema.flatMap { tree.field(key, of: $0) }
    }
    return schema
  }

  /// `~1` is a slash, `~0` a tilde (RFC 6901).
  private static func unescaped(_ part: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard part.contains(UInt8(ascii: "~")) else { return part }
    var result: [UInt8] = []
    var rest = part
    while let byte = rest.popFirst() {
      let escape = byte == UInt8(ascii: "~") ? rest.first : nil
      switch escape {
      case UInt8(ascii: "0"): result.append(UInt8(ascii: "~"))
      case UInt8(ascii: "1"): result.append(UInt8(ascii: "/"))
      default:
        result.append(byte)
        continue
      }
      rest.removeFirst()
    }
    return result[...]
  }

  // MARK: - Scope

  /// The kinds that the document knows to live outside namespaces: some path gets them, and none that
  /// does has a `{namespace}` in it (`findNamespaceability`).
  func clusterScopedKinds(in tree: inout Tree) -> Set<GroupVersionKind> {
    var namespaced: Set<GroupVersionKind> = []
    var others: Set<GroupVersionKind> = []
    for path in paths.map({ tree.children(of: $0) }) ?? [] {
      guard let get = tree.field(words.get, of: path),
        let name = tree.field(words.groupVersionKind, of: get), let type = type(name, in: &tree)
      else { continue }
      if isInNamespace(tree.symbols.bytes(tree.key(path))) {
        namespaced.insert(type)
      } else {
        others.insert(type)
      }
    }
    return others.subtracting(namespaced)
  }

  /// Whether a path of the API has a namespace in it, which makes the kind one of namespaces.
  private func isInNamespace(_ path: ArraySlice<UInt8>) -> Bool {
    let parts = path.split(separator: UInt8(ascii: "/"))
    return zip(parts, parts.dropFirst()).contains {
      $0.elementsEqual("namespaces".utf8) && $1.elementsEqual("{namespace}".utf8)
    }
  }

  /// The keys of OpenAPI documents.
  private struct Words {
    let definitions, paths, properties, additionalProperties, items, reference, get: Symbol
    let groupVersionKind, group, version, strategy, mergeKey, listMapKeys: Symbol

    init(_ symbols: inout SymbolTable) {
      definitions = symbols.intern("definitions")
      paths = symbols.intern("paths")
      properties = symbols.intern("properties")
      additionalProperties = symbols.intern("additionalProperties")
      items = .items
      reference = symbols.intern("$ref")
      get = symbols.intern("get")
      groupVersionKind = symbols.intern("x-kubernetes-group-version-kind")
      group = symbols.intern("group")
      version = symbols.intern("version")
      strategy = symbols.intern("x-kubernetes-patch-strategy")
      mergeKey = symbols.intern("x-kubernetes-patch-merge-key")
      listMapKeys = symbols.intern("x-kubernetes-list-map-keys")
    }
  }
}

extension GroupVersionKind {
  /// With group and version joined again, as objects write them.
  fileprivate func inFull(_ symbols: inout SymbolTable) -> TypeName {
    if group.isEmpty { return TypeName(apiVersion: version, kind: kind) }
    let joined = symbols.bytes(group) + [UInt8(ascii: "/")] + symbols.bytes(version)
    return TypeName(apiVersion: symbols.intern(joined), kind: kind)
  }
}

extension Problem {
  fileprivate static func notASchema(at position: Position) -> Problem {
    Problem(
      .notASchema, "invalid schema file: an OpenAPI document is a mapping", at: position)
  }
}
