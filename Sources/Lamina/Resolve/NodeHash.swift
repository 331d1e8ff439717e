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
  /// What edits have written over.
  private var overwritten: [NodeID: [Ledger.Change]] = [:]
  private var changesRead = 0
  /// The annotations of the object are a copy of others, under their own key (`NodeHistory.Trace.isCopy`).
  private var annotationsAreCopy = false

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
    let trace = workspace.history?.traces[resource.root]
    // Without a history, it is not known in what order kustomize has written its notes.
    guard let trace, !trace.isUnknown else {
      throw .noOriginal(workspace.tree.position(resource.root))
    }
    for change in workspace.tree.ledger.changes.dropFirst(changesRead)
    where change.kind == .written {
      overwritten[change.node, default: []].append(change)
    }
    changesRead = workspace.tree.ledger.changes.count
    let root = try workspace.tree.copy(
      resource.root, for: workspace.tree.position(resource.root))
    try workspace.history?.noteCopy(root, of: resource.root, in: workspace.tree)
    try Self.writeNotes(of: resource, to: root, trace, &workspace)
    annotationsAreCopy = trace.isCopy
    var resource = resource
    workspace.traceNotes(of: &resource)
    if let trace = workspace.history?.traces[resource.root] {
      try workspace.history?.arrange(root, as: trace, in: &workspace.tree)
    }
    json = []
    try appendValue(root, try original(of: root, &workspace), &workspace)
    return json
  }

  /// Writes the notes into the object that kustomize keeps there.
  private static func writeNotes(
    of resource: Resource, to root: NodeID, _ trace: NodeHistory.Trace,
    _ workspace: inout Workspace
  ) throws(Problem) {
    let notes = BuildNoteAnnotations.texts(of: resource, workspace)
    if notes.isEmpty { return }
    let annotations = BuildNoteAnnotations.annotations(of: root, in: &workspace.tree)
    if trace.metadata != nil { workspace.tree.markRemade(annotations) }
    for (note, text) in notes {
      let key = workspace.tree.symbols.intern(note.rawValue)
      if let known = workspace.tree.field(key, of: annotations) {
        // A file holds the note, or has held it. What the build adds to it leaves the style as it is.
        if workspace.tree.string(known).hasBytes(of: text) { continue }
        workspace.tree.setScalar(known, text, tag: .string, by: .none)
        continue
      }
      let value = workspace.tree.addScalar(text, tag: .string, at: .none)
      workspace.tree.setFlags(try trace.flags(of: note, in: &workspace.tree), of: value)
      workspace.tree.appendField(key, value, to: annotations)
    }
  }

  // MARK: - What was read

  private mutating func original(
    of node: NodeID, _ workspace: inout Workspace
  ) throws(Problem) -> Original? {
    if workspace.tree[node].flags.contains(.remade) { return nil }
    let (writer, text) = source(of: node, workspace)
    if let place = workspace.history?.place(of: node, writtenBy: writer),
      let history = workspace.history
    {
      return Original(
        node: place.node, document: history.documents[place.document],
        key: DocumentKey(file: -1, piece: place.document))
    }
    // What an edit wrote goes back to the text that asks for it, which may be an object of a file as well.
    guard let position = writer.position,
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
    let found = document.node(
      at: inDocument, like: node, withText: text, in: workspace.tree)
    return found.map { Original(node: $0, document: document, key: key) }
  }

  /// What wrote the node that kustomize has in the place of a value, and the text that it wrote.
  ///
  /// Replacements put a text into the node of the text before, and a copy of their source in the place of a
  /// collection (api/filters/replacement/replacement.go `setFieldValue`); all other steps put a new node there.
  private func source(
    of node: NodeID, _ workspace: Workspace
  ) -> (writer: Writer, text: ArraySlice<UInt8>?) {
    var writer = workspace.tree.writer(node)
    var text: ArraySlice<UInt8>?
    while let edit = writer.edit, workspace.tree.ledger[edit].kind == .replacements,
      workspace.history?.place(of: node, writtenBy: writer) == nil
    {
      let change = overwritten(node, by: edit, workspace)
      if let change, let place = change.text {
        writer = change.before
        text = workspace.tree.bytes(place)
        continue
      }
      // A text that is new has no place, nor has a mapping that is new on the way to the value.
      let first = workspace.tree.first(of: node)
      let isOnTheWay = first.map { workspace.tree.writer($0) == writer } ?? true
      if change == nil, isOnTheWay { break }
      writer = workspace.tree.ledger[edit].followed
      break
    }
    return (writer, text)
  }

  /// What an edit found in the place of a value; nil for a value that it has added.
  private func overwritten(
    _ node: NodeID, by edit: EditID, _ workspace: Workspace
  ) -> Ledger.Change? {
    let original = workspace.history?.original(of: node) ?? node
    return overwritten[original]?.first { $0.edit == edit }
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
    if original == nil, try needsQuotes(node, &workspace) {
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
      head: isElement ? comments.map(Self.text(ofHead:)) : nil,
      line: isScalar || style & 32 != 0 ? comments?.line : nil,
      foot: isElement ? comments?.foot : nil,
      at: original.flatMap { $0.document.place(of: $0.node) })
  }

  /// Whether a new string gets quotes (kyaml/yaml/fns.go `FieldSetter`). One that was written over another
  /// has the style of that, and so has a namespace, which is plain where it is new.
  private func needsQuotes(_ node: NodeID, _ workspace: inout Workspace) throws(Problem) -> Bool {
    let tree = workspace.tree
    guard tree.shape(node) == .scalar, tree[node].tag == .string,
      Self.style(of: node, in: tree) == 0, !tree[node].flags.contains(.remade),
      workspace.history?.isUnquoted(node) == false
    else { return false }
    if let edit = tree.writer(node).edit {
      if tree.ledger[edit].kind == .namespace { return false }
      if overwritten(node, by: edit, workspace) != nil { return false }
    }
    return try NodeHistory.isOtherAsDocument(Array(tree.bytes(node)), in: &workspace.tree)
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
    let own = original.flatMap { $0.key == mapping?.key ? $0.node : nil }
    // Annotations that are written anew get a new key as well.
    let isNew =
      key == .annotations && !annotationsAreCopy && tree.shape(value) == .mapping
      && tree[value].flags.contains(.remade)
    guard let mapping, !isNew, let former = field(key, of: mapping.node, own, tree),
      let place = mapping.document.keyPlace(of: former)
    else {
      append(kind: 8, style: 0, tag: [], value: text)
      json.append(word: "null")
      return append(head: nil, line: nil, foot: nil, at: nil)
    }
    let flags = tree[former].flags
    let style = Self.style(ofKey: flags)
    let tag = style == 0 ? tree.symbols.withBytes(of: key) { ScalarTag.plain($0) } : .string
    append(kind: 8, style: style, tag: Self.name(of: tag), value: text)
    json.append(word: "null")
    let comments = mapping.document.comments(of: former)
    // The line of a block's key is the key's; any other comment behind a value belongs to the value.
    let opensBlock = tree.shape(former) != .scalar && !tree[former].flags.contains(.flow)
    append(
      head: Self.text(ofHead: comments), line: opensBlock ? comments.line : nil,
      foot: comments.foot, at: place)
  }

  /// go-yaml's number for the way a key is written.
  private static func style(ofKey flags: Node.Flags) -> Int {
    if flags.contains(.keyIsDoubleQuoted) { return 2 }
    if flags.contains(.keyIsSingleQuoted) { return 4 }
    if flags.contains(.keyIsLiteral) { return 8 }
    return flags.contains(.keyIsFolded) ? 16 : 0
  }

  /// The value whose key a field has: that of a mapping as it was read, of which it may be a later one.
  ///
  /// - Parameter own: the field's own value as it was read.
  private func field(
    _ key: Symbol, of mapping: NodeID, _ own: NodeID?, _ tree: Tree
  ) -> NodeID? {
    guard let first = tree.field(key, of: mapping) else {
      return own.flatMap { tree.key($0) == key ? $0 : nil }
    }
    guard let own, tree.hasFieldTwice(key, of: mapping) else { return first }
    return tree.children(of: mapping).contains(own) ? own : first
  }

  private mutating func append(kind: Int, style: Int, tag: [UInt8], value: [UInt8]) {
    json.append(contentsOf: "{\"Kind\":\(kind),\"Style\":\(style),\"Tag\":".utf8)
    appendJSONString(tag.span, to: &json)
    json.append(word: ",\"Value\":")
    appendJSONString(value.span, to: &json)
    json.append(word: ",\"Anchor\":\"\",\"Alias\":null,\"Content\":")
  }

  private mutating func append(
    head: [UInt8]?, line: [UInt8]?, foot: [[UInt8]]?, at place: NodeDetails.Place?
  ) {
    let feed = [UInt8(ascii: "\n")]
    for (name, text) in [
      ("HeadComment", head ?? []), ("LineComment", line ?? []),
      ("FootComment", Array((foot ?? []).joined(separator: feed))),
    ] {
      json.append(contentsOf: ",\"\(name)\":".utf8)
      appendJSONString(text.span, to: &json)
    }
    let (line, column) = place.map { ($0.line + 1, $0.column + 1) } ?? (0, 0)
    json.append(contentsOf: ",\"Line\":\(line),\"Column\":\(column)}".utf8)
  }

  private static func text(ofHead comments: EmbeddedComments.Comments) -> [UInt8] {
    let feed = [UInt8(ascii: "\n")]
    return Array(comments.head.joined(separator: feed))
      + (comments.hasEmptyLineBelowHead ? feed : [])
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
