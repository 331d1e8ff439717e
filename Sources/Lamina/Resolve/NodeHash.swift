/// The content hash of an object that is neither a config map nor a secret.
///
/// kustomize prints the nodes of its YAML reader as JSON and hashes that (hasher/hasher.go `Hash`). So the
/// hash covers everything that go-yaml v3 knows of a node: styles, comments, and the line and column in the
/// document, which are 0 for what the build has written. A blank line more makes another name. The hashes of
/// such objects are of little use, but public bases have them, and deployments depend on the names.
struct NodeHash {
  private var json: [UInt8] = []
  /// The files that nodes were read from, cut into documents.
  private var pieces: [Int: [(text: ArraySlice<UInt8>, firstLine: Int)]] = [:]
  private var documents: [DocumentKey: NodeDetails] = [:]

  private struct DocumentKey: Hashable {
    let file: Int
    let piece: Int
  }

  /// A node of the object as it was read.
  private struct Original {
    let node: NodeID
    let document: NodeDetails
    let key: DocumentKey
  }

  /// The bytes that are hashed.
  ///
  /// One value serves all objects of a build, which may stand in one file.
  mutating func text(
    of resource: Resource, _ workspace: inout Workspace
  ) throws(Problem) -> [UInt8] {
    // Each transformer that is noted has all annotations written anew.
    guard resource.transformations.isEmpty, !hasAnnotationsTwice(resource.root, workspace.tree)
    else {
      throw .noOriginal(workspace.tree.position(resource.root))
    }
    let root = try workspace.tree.copy(
      resource.root, for: workspace.tree.position(resource.root))
    try Self.writeNotes(of: resource, to: root, &workspace)
    json = []
    let original = try original(of: root, &workspace)
    guard original != nil else { throw .noOriginal(workspace.tree.position(root)) }
    try appendValue(root, original, &workspace)
    return json
  }

  /// kustomize merges annotations that stand twice each time it writes notes.
  private func hasAnnotationsTwice(_ root: NodeID, _ tree: Tree) -> Bool {
    tree.field(.metadata, of: root).map { tree.hasFieldTwice(.annotations, of: $0) } ?? false
  }

  /// Writes the notes into the object that kustomize keeps there, in the order in which it does.
  private static func writeNotes(
    of resource: Resource, to root: NodeID, _ workspace: inout Workspace
  ) throws(Problem) {
    let texts = ExposedNotes.texts(of: resource, workspace)
    let known = texts.filter { $0.key != .needsHashSuffix }
    if known.isEmpty { return }
    let annotations = ExposedNotes.annotations(of: root, in: &workspace.tree)
    let added = try takeEntriesBehindNotes(from: annotations, of: resource, &workspace)
    defer { for entry in added { workspace.tree.append(entry, to: annotations) } }
    for note in order(of: resource, workspace.tree.symbols) {
      guard let text = known[note] else { continue }
      let key = workspace.tree.symbols.intern(note.rawValue)
      if workspace.tree.field(key, of: annotations) != nil { continue }
      let value = workspace.tree.addScalar(text, tag: .string, at: .none)
      if note != .origin { workspace.tree.setFlags([.quoted, .singleQuoted], of: value) }
      workspace.tree.appendField(key, value, to: annotations)
    }
  }

  /// Takes out the annotations that kustomize has added after it wrote the notes.
  private static func takeEntriesBehindNotes(
    from annotations: NodeID, of resource: Resource, _ workspace: inout Workspace
  ) throws(Problem) -> [NodeID] {
    let order = NoteOrder(resource, workspace)
    var behind: [NodeID] = []
    for entry in workspace.tree.children(of: annotations) {
      guard let isBehind = order.isBehindNotes(entry, workspace) else {
        throw .noOriginal(workspace.tree.position(resource.root))
      }
      if isBehind { behind.append(entry) }
    }
    let taken = NumberSet(behind)
    workspace.tree.removeChildren(of: annotations) { _, entry in taken.contains(entry) }
    return behind
  }

  /// A prefix or a suffix is noted before the name that it changes, and the namespace that an object had
  /// before either.
  private static func order(
    of resource: Resource, _ symbols: SymbolTable
  ) -> [ExposedNotes.Note] {
    let former: [ExposedNotes.Note] = [.previousNames, .previousNamespaces, .previousKinds]
    let loaded: [ExposedNotes.Note] = [.origin, .helmGenerated, .generatorBehavior]
    guard let first = resource.formerIDs.first else { return loaded + [.prefixes, .suffixes] }
    let second = resource.formerIDs.dropFirst().first?.name ?? resource.id.name
    if first.name == second { return loaded + former + [.prefixes, .suffixes] }
    let prefixed =
      (resource.prefixes.first.map { symbols.string($0) } ?? "") + symbols.string(first.name)
    let isPrefixed = !resource.prefixes.isEmpty && prefixed == symbols.string(second)
    return loaded
      + (isPrefixed ? [.prefixes] + former + [.suffixes] : [.suffixes] + former + [.prefixes])
  }

  // MARK: - What was read

  private mutating func original(
    of node: NodeID, _ workspace: inout Workspace
  ) throws(Problem) -> Original? {
    if workspace.tree[node].flags.contains(.remade) { return nil }
    // What an edit wrote goes back to the text that asks for it, which may be an object of a file as well.
    guard let position = workspace.tree.writer(node).position,
      let place = workspace.sources.textPlace(of: position),
      !workspace.sources.files[place.file].isConfiguration
    else { return nil }
    let (key, piece) = try piece(ofFile: place.file, around: place.line, workspace.sources)
    let document: NodeDetails
    if let known = documents[key] {
      document = known
    } else {
      document = try NodeDetails(piece.text, into: &workspace.tree)
      documents[key] = document
    }
    let inDocument = NodeDetails.Place(line: place.line - piece.firstLine, column: place.column)
    let found = document.node(at: inDocument, like: node, in: workspace.tree)
    return found.map { Original(node: $0, document: document, key: key) }
  }

  /// The document of a file that holds a line.
  private mutating func piece(
    ofFile file: Int, around line: Int, _ sources: SourceMap
  ) throws(Problem) -> (DocumentKey, (text: ArraySlice<UInt8>, firstLine: Int)) {
    let all: [(text: ArraySlice<UInt8>, firstLine: Int)]
    if let known = pieces[file] {
      all = known
    } else {
      all = try YAMLReader.pieces(ofFile: file, in: sources)
      pieces[file] = all
    }
    // The first piece begins with the file.
    var (low, high) = (0, all.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if all[middle].firstLine <= line { low = middle } else { high = middle }
    }
    return (DocumentKey(file: file, piece: low), all[low])
  }

  // MARK: - JSON

  private mutating func appendValue(
    _ node: NodeID, _ original: Original?, _ workspace: inout Workspace
  ) throws(Problem) {
    if original == nil, try needsQuotes(node, &workspace.tree) {
      workspace.tree.addFlags(.quoted, to: node)
    }
    let tree = workspace.tree
    try tree.stack.check(at: tree.position(node))
    let comments = original.map { $0.document.comments(of: $0.node) }
    let isScalar = tree.shape(node) == .scalar
    var style = Self.style(of: node, in: tree)
    let explicitTag = original.flatMap { $0.document.tag(of: $0.node) }
    if explicitTag != nil { style |= 1 }
    append(
      kind: isScalar ? 8 : tree.shape(node) == .mapping ? 4 : 2, style: style,
      tag: explicitTag ?? Self.tag(of: node, isOriginal: original != nil, in: tree),
      value: isScalar ? Array(tree.bytes(node)) : [])
    if isScalar { json.append(word: "null") } else { try appendContent(node, original, &workspace) }
    let isElement = original.map { $0.document.keyPlace(of: $0.node) == nil } ?? false
    append(
      head: isElement ? comments?.head : nil,
      line: isScalar || style & 32 != 0 ? comments?.line : nil,
      foot: isElement ? comments?.foot : nil,
      at: original.flatMap { $0.document.place(of: $0.node) })
  }

  /// Whether a new string gets quotes, because YAML 1.1 would take its text, as a whole document, for
  /// something else (kyaml/yaml/compatibility.go `IsValueNonString`). A namespace takes the style of its
  /// field instead, which is plain where it is new (kyaml/yaml/fns.go `FieldSetter`).
  private func needsQuotes(_ node: NodeID, _ tree: inout Tree) throws(Problem) -> Bool {
    guard tree.shape(node) == .scalar, tree[node].tag == .string,
      Self.style(of: node, in: tree) == 0,
      tree.writer(node).edit.map({ tree.ledger[$0].kind }) != .namespace
    else { return false }
    let text = Array(tree.bytes(node))
    if text.isEmpty || text.contains(UInt8(ascii: "\n")) { return false }
    let read = try Problem.forgiving { () throws(Problem) in
      try EmbeddedDocument.read(text, at: .none, into: &tree)
    }
    guard let read else { return false }
    guard let root = read.root, tree.shape(root) == .scalar else { return true }
    if let tag = read.styles[root]?.tag { return tag != Array("tag:yaml.org,2002:str".utf8) }
    if tree[root].flags.contains(.quoted) { return false }
    return tree.textIsEmpty(root) || tree.withText(root) { ScalarTag.isOtherTypeInYAML11($0) }
  }

  private mutating func appendContent(
    _ node: NodeID, _ original: Original?, _ workspace: inout Workspace
  ) throws(Problem) {
    let children = workspace.tree.children(of: node)
    // Go has null for a list that nothing was ever put into.
    if children.isEmpty { return json.append(word: "null") }
    let isMapping = workspace.tree.shape(node) == .mapping
    json.append(UInt8(ascii: "["))
    for (index, child) in children.enumerated() {
      if index > 0 { json.append(UInt8(ascii: ",")) }
      let originalChild = try self.original(of: child, &workspace)
      if isMapping {
        appendKey(of: child, originalChild, in: original, workspace.tree)
        json.append(UInt8(ascii: ","))
      }
      try appendValue(child, originalChild, &workspace)
    }
    json.append(UInt8(ascii: "]"))
  }

  /// - Parameters:
  ///   - original: the value as it was read. A merge key brings its key from elsewhere in the document, while
  ///     a patch brings the value only.
  ///   - mapping: the mapping as it was read, which has the key unless that is new.
  private mutating func appendKey(
    of value: NodeID, _ original: Original?, in mapping: Original?, _ tree: Tree
  ) {
    let key = tree.key(value)
    let text = Array(tree.symbols.bytes(key))
    let merged = original.flatMap { $0.key == mapping?.key ? $0.node : nil }
    guard let mapping, let former = tree.field(key, of: mapping.node) ?? merged,
      let place = mapping.document.keyPlace(of: former)
    else {
      append(kind: 8, style: 0, tag: [], value: text)
      json.append(word: "null")
      return append(head: nil, line: nil, foot: nil, at: nil)
    }
    let flags = tree[former].flags
    let style = flags.contains(.keyIsSingleQuoted) ? 4 : flags.contains(.keyIsDoubleQuoted) ? 2 : 0
    let tag = style == 0 ? tree.symbols.withBytes(of: key) { ScalarTag.plain($0) } : .string
    append(kind: 8, style: style, tag: Self.name(of: tag), value: text)
    json.append(word: "null")
    let comments = mapping.document.comments(of: former)
    // The line of a block's key is the key's; any other comment behind a value belongs to the value.
    let opensBlock = tree.shape(former) != .scalar && !tree[former].flags.contains(.flow)
    append(
      head: comments.head, line: opensBlock ? comments.line : nil, foot: comments.foot, at: place)
  }

  private mutating func append(kind: Int, style: Int, tag: [UInt8], value: [UInt8]) {
    json.append(contentsOf: "{\"Kind\":\(kind),\"Style\":\(style),\"Tag\":".utf8)
    appendJSONString(tag.span, to: &json)
    json.append(word: ",\"Value\":")
    appendJSONString(value.span, to: &json)
    json.append(word: ",\"Anchor\":\"\",\"Alias\":null,\"Content\":")
  }

  private mutating func append(
    head: [[UInt8]]?, line: [UInt8]?, foot: [[UInt8]]?, at place: NodeDetails.Place?
  ) {
    let feed = [UInt8(ascii: "\n")]
    for (name, text) in [
      ("HeadComment", Array((head ?? []).joined(separator: feed))), ("LineComment", line ?? []),
      ("FootComment", Array((foot ?? []).joined(separator: feed))),
    ] {
      json.append(contentsOf: ",\"\(name)\":".utf8)
      appendJSONString(text.span, to: &json)
    }
    let (line, column) = place.map { ($0.line + 1, $0.column + 1) } ?? (0, 0)
    json.append(contentsOf: ",\"Line\":\(line),\"Column\":\(column)}".utf8)
  }

  // MARK: - Numbers and names of go-yaml v3 (yaml.go `Style`, resolve.go)

  private static func style(of node: NodeID, in tree: Tree) -> Int {
    let flags = tree[node].flags
    if tree.shape(node) != .scalar { return flags.contains(.flow) ? 32 : 0 }
    if flags.contains(.literal) { return 8 }
    if flags.contains(.folded) { return 16 }
    guard flags.contains(.quoted) else { return 0 }
    return flags.contains(.singleQuoted) ? 4 : 2
  }

  /// The tag of a node; a new one has it only where the step that made it says what it is.
  private static func tag(of node: NodeID, isOriginal: Bool, in tree: Tree) -> [UInt8] {
    switch tree.shape(node) {
    case .mapping: return isOriginal ? Array("!!map".utf8) : []
    case .sequence: return isOriginal ? Array("!!seq".utf8) : []
    case .scalar: return name(of: tree[node].tag)
    }
  }

  private static func name(of tag: ScalarTag) -> [UInt8] {
    let name =
      switch tag {
      case .unresolved, .custom: ""
      case .string: "!!str"
      case .integer: "!!int"
      case .float: "!!float"
      case .bool: "!!bool"
      case .null: "!!null"
      case .timestamp: "!!timestamp"
      case .binary: "!!binary"
      case .merge: "!!merge"
      }
    return Array(name.utf8)
  }
}

extension Problem {
  fileprivate static func noOriginal(_ position: Position) -> Problem {
    Problem(
      .hashUnsupported,
      "a content hash of this object would depend on text that kustomize makes on the way",
      at: position, hint: "only config maps, secrets and objects of files can have one")
  }
}
