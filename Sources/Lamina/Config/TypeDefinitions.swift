/// A file of `crds`: OpenAPI definitions whose extensions say which fields of a custom resource hold
/// names, labels and annotations.
///
///     github.com/example.Bee:
///       Schema:
///         properties:
///           queenRef:
///             x-kubernetes-object-ref-api-version: v1
///             x-kubernetes-object-ref-kind: Queen
///             $ref: github.com/example.QueenRef
///
/// The file is not the CustomResourceDefinition, though the field is named after it: such a file
/// belongs to `resources`. (internal/accumulator/loadconfigfromcrds.go)
struct TypeDefinitions {
  private let tree: Tree
  /// In the order of the file: fields are added in that order.
  private var schemas: [(name: String, properties: NodeID?)] = []
  private var placesByName: [ByteText: Int] = [:]

  /// Collects what the definitions ask for; nil is an empty file.
  static func read(
    _ root: NodeID?, asked: Kustomization.Entry, tree: Tree
  ) throws(Problem) -> WrittenConfiguration {
    guard let root else { throw .emptyDefinitions(asked) }
    let definitions = try TypeDefinitions(root, tree)
    var result = WrittenConfiguration(position: asked.position)
    for schema in definitions.schemas {
      guard let properties = schema.properties, definitions.isObject(properties) else { continue }
      // Only the kind is known: the name of a definition says nothing of group and version.
      let kind = schema.name.parts(at: ".", omittingEmptySubsequences: false).last ?? ""
      var walk = Walk(kind: String(kind), definitions: definitions)
      try walk.collect(properties, names: [schema.name], path: [], into: &result)
    }
    return result
  }

  /// Collects the definitions. A definition without properties is kept, as others may refer to it.
  private init(_ root: NodeID, _ tree: Tree) throws(Problem) {
    self.tree = tree
    if tree.isNull(root) { return }
    guard tree.shape(root) == .mapping else { throw .notDefinitions(at: tree.position(root)) }
    for child in tree.children(of: root) {
      guard tree.shape(child) == .mapping || tree.isNull(child) else {
        throw .notDefinitions(at: tree.position(child))
      }
      let name = tree.symbols.string(tree.key(child))
      let schema = field("schema", of: child)
      placesByName[name] = schemas.count
      schemas.append((name, schema.flatMap { field("properties", of: $0) }))
    }
  }

  /// A field of a mapping, without regard to case.
  private func field(_ name: String, of node: NodeID) -> NodeID? {
    tree.children(of: node).last {
      tree.symbols.string(tree.key($0)).lowercased() == name && !tree.isNull($0)
    }
  }

  /// A reference as Go prints a URL, in which bytes beyond ASCII are escaped: `type.é` leads to a definition that is
  /// named `type.%C3%A9`.
  private static func escaped(_ reference: String) -> String {
    if reference.utf8.allSatisfy({ $0 < 0x80 }) { return reference }
    return reference.unicodeScalars.map {
      $0.isASCII ? String($0) : PercentEncoding.encoded(String($0))
    }.joined()
  }

  /// Whether the type looks like one of whole objects rather than of a part of them.
  private func isObject(_ properties: NodeID) -> Bool {
    let names = Set(tree.children(of: properties).map { tree.key($0) })
    return names.isSuperset(of: [.kind, .apiVersion, .metadata])
  }

  /// The way through the definitions from one type.
  private struct Walk {
    let kind: String
    let definitions: TypeDefinitions
    private var propertiesVisited = 0

    /// Each of thirty types with two fields of the next one doubles the number of ways.
    private static let mostProperties = 200_000

    init(kind: String, definitions: TypeDefinitions) {
      self.kind = kind
      self.definitions = definitions
    }

    /// Adds what the properties of one type ask for, and follows references into others.
    ///
    /// - Parameters:
    ///   - names: the definitions on the way here, so that one which contains itself is refused.
    ///   - path: the fields on the way here.
    mutating func collect(
      _ properties: NodeID, names: [String], path: [String],
      into result: inout WrittenConfiguration
    ) throws(Problem) {
      let tree = definitions.tree
      try tree.stack.check(at: tree.position(properties))
      for property in tree.children(of: properties) {
        propertiesVisited += 1
        if propertiesVisited > Self.mostProperties {
          throw .tooManyFields(at: tree.position(property))
        }
        let here = path + [tree.symbols.string(tree.key(property))]
        let spec = spec(here, at: property)
        if text("x-kubernetes-annotation", of: property) != nil {
          result.fields[.commonAnnotations, default: []].append(spec)
        }
        if text("x-kubernetes-label-selector", of: property) != nil {
          result.fields[.commonLabels, default: []].append(spec)
        }
        if text("x-kubernetes-identity", of: property) != nil {
          result.fields[.namePrefix, default: []].append(spec)
        }
        if let reference = reference(of: property, path: here) {
          result.nameReference.append(reference)
        }
        guard let name = text("$ref", of: property).map(TypeDefinitions.escaped),
          let place = definitions.placesByName[name],
          let inner = definitions.schemas[place].properties
        else { continue }
        if names.contains(bytesOf: name) { throw .endlessType(name, at: tree.position(property)) }
        try collect(inner, names: names + [name], path: here, into: &result)
      }
    }

    /// A property that names an object: by default its field `name` holds the name.
    private func reference(
      of property: NodeID, path: [String]
    ) -> WrittenConfiguration.Reference? {
      guard let version = text("x-kubernetes-object-ref-api-version", of: property),
        let kind = text("x-kubernetes-object-ref-kind", of: property)
      else { return nil }
      let name = text("x-kubernetes-object-ref-name-key", of: property) ?? "name"
      return WrittenConfiguration.Reference(
        target: WrittenFieldSpec(version: version, kind: kind),
        referrers: [spec(path + [name], at: property)])
    }

    private func spec(_ path: [String], at node: NodeID) -> WrittenFieldSpec {
      WrittenFieldSpec(
        kind: kind, path: path.joined(separator: "/"), position: definitions.tree.position(node))
    }

    /// The text of an extension; whatever is no text counts as missing.
    private func text(_ name: String, of property: NodeID) -> String? {
      let tree = definitions.tree
      guard let value = definitions.field(name, of: property), tree.shape(value) == .scalar,
        tree.meaning(of: value) == .string || tree[value].tag == .custom
      else { return nil }
      // A file of JSON may spell a text with escapes (see `JSONReader`).
      guard tree[value].tag == .custom else { return tree.string(value) }
      return String(decoding: tree.withText(value) { JSONString.decoded($0) }, as: UTF8.self)
    }
  }
}

extension Problem {
  fileprivate static func emptyDefinitions(_ entry: Kustomization.Entry) -> Problem {
    Problem(
      .emptyCrdsFile, "crds file \"\(entry.text)\" is empty", at: entry.position)
  }

  fileprivate static func notDefinitions(at position: Position) -> Problem {
    Problem(
      .crdsWithoutDefinitions, "a file of crds must hold a mapping of OpenAPI definitions",
      at: position, hint: "a CustomResourceDefinition belongs to resources")
  }

  fileprivate static func tooManyFields(at position: Position) -> Problem {
    Problem(.tooManyCrdFields, "a type of crds has more than 200,000 fields", at: position)
  }

  fileprivate static func endlessType(_ name: String, at position: Position) -> Problem {
    Problem(
      .endlessCrdType, "definition \"\(name)\" refers to itself", at: position)
  }
}
