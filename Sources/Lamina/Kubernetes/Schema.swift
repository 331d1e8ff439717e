/// What a strategic merge knows of the objects it meets: which lists are merged, and by which keys.
///
/// The facts come from a table (`SchemaTable`), from an OpenAPI document of the user's, or both. They
/// are read when a merge first asks for them, type by type, and only as far as it asks: a build without
/// patches reads nothing, and one with patches for Deployments learns nothing of Services.
///
///     let deployment = schema.type(apiVersion: appsV1, kind: deployment, in: &tree)
///     let spec = schema.field(.spec, of: deployment, in: &tree)
///
/// A type that is nil is one of which nothing at all is known; kyaml then looks whether the value says
/// itself what it is. A type without fields is something else: the value is known to hold anything.
/// (kyaml openapi/openapi.go)
struct Schema: Sendable {
  /// How values at one place look: an object, a list, or anything.
  struct TypeID: Hashable, Sendable {
    fileprivate let raw: Int32
  }

  /// Where a type is read from when it is first asked for.
  private enum Source {
    /// The line of the table that starts at this place.
    case line(Int32)
    /// A schema of a document.
    case document(Int, NodeID)
  }

  /// What was read. There is nothing in it that counts references: a merge asks for it at every step.
  private struct Contents {
    /// The listed fields, as a part of `fields`.
    var fields = 0..<0
    /// The type of all fields that are not listed.
    var otherFields: TypeID?
    var elements: TypeID?
    /// The place in `keyLists` of the keys by which the list is merged; nil for one that is replaced.
    var mergeKeys: Int?
  }

  /// The types of the table come first, under the numbers they have there.
  private var sources: [Source] = []
  /// For each type nil until it is asked for.
  private var known: ContiguousArray<Contents?> = []
  private var fields: ContiguousArray<(key: Symbol, type: TypeID)> = []
  private var keyLists: [[Symbol]] = []
  /// A schema of a document that several fields refer to is one type.
  private var typesByNode = NumberTable<NodeID, TypeID>()
  /// The inner nil is a kind that is known to be unknown.
  private var typesByName = NumberTable<TypeName, TypeID?>()
  /// False where a document of the user's takes the place of the built-in kinds.
  private let usesBuiltInKinds: Bool
  private var documents: [SchemaDocument] = []

  /// The kinds of Kubernetes v1.21.2, the only version kustomize has.
  static var builtIn: Schema { Schema(usesBuiltInKinds: true) }

  private init(usesBuiltInKinds: Bool) {
    self.usesBuiltInKinds = usesBuiltInKinds
  }

  /// The schema of the version that `openapi: {version}` names.
  init(version: String, at position: Position) throws(Problem) {
    guard version == "v1.21.2" else { throw .unknownVersion(version, at: position) }
    self = .builtIn
  }

  /// The kinds of a document of the user's, and no others: kustomize then does not know what a
  /// Deployment is unless the document says so.
  init(document: SchemaDocument) {
    self.init(usesBuiltInKinds: false)
    documents = [document]
  }

  /// Adds the kinds of a document; those it shares with what is there are replaced.
  ///
  /// This is what happens when a layer below the root brings the document and something was merged
  /// before it (`SetSchema` keeps what it has read).
  mutating func add(_ document: SchemaDocument) {
    documents.append(document)
    typesByName = NumberTable()
  }

  // MARK: - Asking

  /// The type of a kind of objects; nil where the kind is unknown.
  mutating func type(apiVersion: Symbol, kind: Symbol, in tree: inout Tree) -> TypeID? {
    let name = TypeName(apiVersion: apiVersion, kind: kind)
    if let known = typesByName[name] { return known }
    let found = findType(name, in: tree)
    typesByName.updateValue(found, forKey: name)
    return found
  }

  /// The type of a field.
  mutating func field(_ key: Symbol, of type: TypeID, in tree: inout Tree) -> TypeID? {
    let contents = contents(of: type, in: &tree)
    for place in contents.fields where fields[place].key == key { return fields[place].type }
    return contents.otherFields
  }

  /// The type of a list's elements.
  mutating func elements(of type: TypeID, in tree: inout Tree) -> TypeID? {
    contents(of: type, in: &tree).elements
  }

  /// The keys by which a list is merged: none for a list of scalars, nil for a list that is replaced.
  mutating func mergeKeys(of type: TypeID, in tree: inout Tree) -> [Symbol]? {
    contents(of: type, in: &tree).mergeKeys.map { keyLists[$0] }
  }

  // MARK: - Finding kinds

  /// Later documents win; what the table has comes last.
  private mutating func findType(_ name: TypeName, in tree: Tree) -> TypeID? {
    for index in documents.indices.reversed() {
      if let node = documents[index].kinds[name] { return type(of: node, inDocument: index) }
    }
    // kustomize's own kinds are known whatever the user's document says.
    let isOwn = tree.symbols.bytes(name.apiVersion).starts(with: "kustomize.config.k8s.io/".utf8)
    return usesBuiltInKinds || isOwn ? builtInType(name, symbols: tree.symbols) : nil
  }

  private mutating func builtInType(_ name: TypeName, symbols: SymbolTable) -> TypeID? {
    builtInType(
      in: SchemaTable.kinds,
      symbols.bytes(name.apiVersion) + [UInt8(ascii: " ")] + symbols.bytes(name.kind))
  }

  /// Whether kustomize's own schema has a kind, whatever this one says.
  static func isBuiltIn(_ name: TypeName, _ symbols: SymbolTable) -> Bool {
    let line =
      symbols.bytes(name.apiVersion) + [UInt8(ascii: " ")] + symbols.bytes(name.kind)
      + [UInt8(ascii: " ")]
    return TableLines.rest(behind: line, in: SchemaTable.kinds) != nil
  }

  /// The type behind a name in one of the tables.
  private mutating func builtInType(
    in table: StaticString, _ name: ArraySlice<UInt8>
  ) -> TypeID? {
    guard let number = TableLines.rest(behind: name + [UInt8(ascii: " ")], in: table) else {
      return nil
    }
    loadTable()
    return TypeID(raw: Int32(truncatingIfNeeded: Self.number(number)))
  }

  /// Gives the lines of the table their numbers, before anything else gets one.
  private mutating func loadTable() {
    if !sources.isEmpty { return }
    sources = TableLines.starts(in: SchemaTable.types).map { .line($0) }
    known = ContiguousArray(repeating: nil, count: sources.count)
  }

  private mutating func type(of node: NodeID, inDocument document: Int) -> TypeID {
    if let known = typesByNode[node] { return known }
    loadTable()
    let type = TypeID(raw: Int32(truncatingIfNeeded: sources.count))
    sources.append(.document(document, node))
    known.append(nil)
    typesByNode.updateValue(type, forKey: node)
    return type
  }

  // MARK: - Reading types

  /// What is known of a type; inlined, since merges ask it at each step and it has nearly always
  /// been read.
  @inline(__always)
  private mutating func contents(of type: TypeID, in tree: inout Tree) -> Contents {
    known[Int(type.raw)] ?? readContents(of: type, in: &tree)
  }

  /// Reads a type when it is first asked for.
  private mutating func readContents(of type: TypeID, in tree: inout Tree) -> Contents {
    let place = Int(type.raw)
    let contents: Contents
    switch sources[place] {
    case .line(let start):
      let line = TableLines.line(at: start, in: SchemaTable.types)
      contents = read(line, symbols: &tree.symbols)
    case .document(let document, let node):
      // What the document refers to and does not hold may be built in.
      if usesBuiltInKinds, let name = documents[document].missingDefinition(of: node, in: &tree),
        let builtIn = builtInType(in: SchemaTable.definitions, name)
      {
        contents = self.contents(of: builtIn, in: &tree)
      } else {
        let facts = documents[document].facts(
          of: node, keepsMissing: usesBuiltInKinds, in: &tree)
        contents = read(facts, inDocument: document)
      }
    }
    known[place] = contents
    return contents
  }

  /// Reads a line of the table; its form is described there.
  private mutating func read(_ line: ArraySlice<UInt8>, symbols: inout SymbolTable) -> Contents {
    var contents = Contents()
    let start = fields.count
    var mergeKeys: [Symbol]?
    var isMergeKey = false
    for word in line.split(separator: UInt8(ascii: " ")) {
      guard let mark = word.firstIndex(of: UInt8(ascii: "=")) else {
        if isMergeKey { mergeKeys?.append(symbols.intern(word)) }
        if !isMergeKey { mergeKeys = [] }
        isMergeKey = true
        continue
      }
      let key = word[..<mark]
      let type = TypeID(raw: Int32(truncatingIfNeeded: Self.number(word[(mark + 1)...])))
      if key.elementsEqual("[]".utf8) {
        contents.elements = type
      } else if key.elementsEqual("*".utf8) {
        contents.otherFields = type
      } else {
        fields.append((symbols.intern(key), type))
      }
    }
    contents.fields = start..<fields.count
    contents.mergeKeys = add(mergeKeys)
    return contents
  }

  /// Takes over what a document says of a type. Other types are only named, and read when they are
  /// asked for.
  private mutating func read(_ facts: SchemaDocument.Facts, inDocument document: Int) -> Contents {
    var contents = Contents()
    let start = fields.count
    for field in facts.fields {
      fields.append((field.key, type(of: field.schema, inDocument: document)))
    }
    contents.fields = start..<fields.count
    contents.otherFields = facts.otherFields.map { type(of: $0, inDocument: document) }
    contents.elements = facts.elements.map { type(of: $0, inDocument: document) }
    contents.mergeKeys = add(facts.mergeKeys)
    return contents
  }

  /// Keeps a list of keys apart, so that `Contents` holds no reference.
  private mutating func add(_ mergeKeys: [Symbol]?) -> Int? {
    guard let mergeKeys else { return nil }
    keyLists.append(mergeKeys)
    return keyLists.count - 1
  }

  /// The table is generated: digits only.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int {
    digits.reduce(0) { $0 * 10 + Int($1) - Int(UInt8(ascii: "0")) }
  }
}

/// A kind of objects as an object writes it.
struct TypeName: Hashable, NumberedKey {
  let apiVersion: Symbol
  let kind: Symbol

  func mix(into hash: inout NumberHash) { hash.combine(apiVersion, kind) }
}

extension Problem {
  fileprivate static func unknownVersion(_ version: String, at position: Position) -> Problem {
    Problem(
      .unknownSchemaVersion, "the specified OpenAPI version \"\(version)\" is not built in",
      at: position, hint: "v1.21.2 is the only one that is")
  }
}
