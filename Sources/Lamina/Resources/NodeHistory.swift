/// What kustomize's steps leave in its YAML nodes, although nobody can see it in the output.
///
/// The content hash of an object that is neither ConfigMap nor Secret covers the lines and columns of its
/// nodes and the order of its annotations, kustomize's own among them (`NodeHash`). Two things change these on
/// the way, and are recorded here while they happen:
///
/// - An object is printed and read again, by a JSON patch or as an item of a typed list. From then on its nodes
///   stand where they stood in that text (`read`).
/// - A step writes a note among the annotations, or all annotations anew (`trace`, `rewrite`).
///
/// A build records only if a file asks for such a hash; all others have no history.
struct NodeHistory: Sendable {
  /// Where a node stands in text that kustomize made.
  struct Place: Sendable {
    let document: Int
    let node: NodeID
    /// What wrote the node when it was read. A later edit takes the place away.
    let writer: Writer
  }

  /// The order of an object's annotations as of the last step that wrote a note.
  struct Trace: Sendable {
    /// The keys of annotations and notes.
    var annotations: [Symbol] = []
    /// The fields of `metadata`, once all annotations have been written anew.
    var metadata: [Symbol]?
    /// The notes as of then: they have no quotes until their text changes.
    var rewrittenNotes: [BuildNoteAnnotations.Note: String] = [:]
    /// The order cannot be told: annotations that stood twice were merged once, or a patch brought notes that
    /// say what it may change.
    var isUnknown = false
    /// All annotations are a copy that a replacement has put there, under the key that the object has had before.
    var isCopy = false

    /// How the text of a note is written where a step puts it (kyaml/yaml/kfns.go `AnnotationSetter`).
    func flags(
      of note: BuildNoteAnnotations.Note, in tree: inout Tree
    ) throws(Problem) -> Node.Flags {
      if let first = rewrittenNotes[note] {
        return try NodeHistory.flags(ofNew: Array(first.utf8), in: &tree)
      }
      switch note {
      // These come with annotations that are written anew as a whole.
      case .origin, .allowNameChange, .allowKindChange: return []
      default: return [.quoted, .singleQuoted]
      }
    }
  }

  private(set) var documents: [NodeDetails] = []
  private var places: [NodeID: Place] = [:]
  /// New texts that stand without quotes, whatever a reader of YAML 1.1 takes them for.
  private var unquoted: Set<NodeID> = []
  /// What copies were copied from.
  private var originals: [NodeID: NodeID] = [:]
  fileprivate(set) var traces: [NodeID: Trace] = [:]

  /// - Parameter writer: what wrote the node, or the value that it had when it got its place.
  func place(of node: NodeID, writtenBy writer: Writer) -> Place? {
    places[node].flatMap { $0.writer == writer ? $0 : nil }
  }

  // MARK: - Text that is read again

  /// Takes the places of a value's nodes from the text that kustomize reads in its stead.
  mutating func read(
    _ text: [UInt8], as root: NodeID, in tree: inout Tree
  ) throws(Problem) {
    let details = try NodeDetails(text[...], into: &tree)
    guard let read = details.root else { return }
    documents.append(details)
    try pair(root, with: read, in: &tree)
  }

  private mutating func pair(
    _ node: NodeID, with read: NodeID, in tree: inout Tree
  ) throws(Problem) {
    guard tree.shape(node) == tree.shape(read) else { return }
    try tree.stack.check(at: tree.position(node))
    tree.removeFlags(.remade, from: node)
    places[node] = Place(
      document: documents.count - 1, node: read, writer: tree.writer(node))
    switch tree.shape(node) {
    case .scalar: break
    case .sequence:
      for (child, other) in zip(tree.children(of: node), tree.children(of: read)) {
        try pair(child, with: other, in: &tree)
      }
    case .mapping:
      for child in tree.children(of: node) {
        guard let other = tree.field(tree.key(child), of: read) else { continue }
        try pair(child, with: other, in: &tree)
      }
    }
  }

  /// Gives a copy the places of what it was copied from.
  mutating func noteCopy(_ copy: NodeID, of node: NodeID, in tree: Tree) throws(Problem) {
    try tree.stack.check(at: tree.position(node))
    places[copy] = places[node]
    traces[copy] = traces[node]
    originals[copy] = node
    if unquoted.contains(node) { unquoted.insert(copy) }
    for (own, other) in zip(tree.children(of: copy), tree.children(of: node)) {
      try noteCopy(own, of: other, in: tree)
    }
  }
}

// MARK: - Quotes

extension NodeHistory {
  /// The node that a copy was made of, or the node itself.
  func original(of node: NodeID) -> NodeID { originals[node] ?? node }

  /// Notes that new texts have the style of one that stands without quotes.
  mutating func noteUnquoted(_ nodes: [NodeID]) { unquoted.formUnion(nodes) }

  func isUnquoted(_ node: NodeID) -> Bool { unquoted.contains(node) }

  /// Whether YAML 1.1 takes a text, as a whole document, for something else, so that kustomize puts it in
  /// quotes (kyaml/yaml/compatibility.go `IsValueNonString`).
  static func isOtherAsDocument(
    _ text: [UInt8], in tree: inout Tree
  ) throws(Problem) -> Bool {
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
}

// MARK: - Annotations

extension NodeHistory {
  /// The notes in the order in which one step writes them.
  private static let notes: [BuildNoteAnnotations.Note] = [
    .origin, .helmGenerated, .generatorBehavior, .needsHashSuffix, .prefixes, .suffixes,
    .previousNames, .previousNamespaces, .previousKinds, .allowNameChange, .allowKindChange,
    .transformations,
  ]

  /// Brings the order of an object's annotations up to date: what is gone is left out, what is new comes last.
  ///
  /// - Parameter notes: the texts of the notes that kustomize has written by now.
  fileprivate mutating func update(
    _ root: NodeID, _ notes: [BuildNoteAnnotations.Note: String], in tree: inout Tree
  ) {
    let annotations = Tree.annotations(of: root, in: tree)
    var keys = annotations.map { fields(of: $0, nil, in: tree).map { tree.key($0) } } ?? []
    keys += Self.notes.filter { notes[$0] != nil }.map { tree.symbols.intern($0.rawValue) }
    var trace = traces[root] ?? Trace()
    let present = Set(keys)
    trace.annotations.removeAll { !present.contains($0) }
    var known = Set(trace.annotations)
    for key in keys where known.insert(key).inserted { trace.annotations.append(key) }
    traces[root] = trace
  }

  /// Notes that all annotations were written anew, sorted and behind the other fields of `metadata`.
  fileprivate mutating func noteRewriting(
    of root: NodeID, _ notes: [BuildNoteAnnotations.Note: String], isUnknown: Bool,
    in tree: inout Tree
  ) throws(Problem) {
    update(root, notes, in: &tree)
    var trace = traces[root] ?? Trace()
    let symbols = tree.symbols
    trace.annotations.sort { symbols.bytes($0).lexicographicallyPrecedes(symbols.bytes($1)) }
    trace.rewrittenNotes = notes
    trace.isUnknown = isUnknown
    trace.isCopy = false
    if let metadata = tree.field(.metadata, of: root) {
      trace.metadata =
        fields(of: metadata, trace.metadata, in: tree)
        .map { tree.key($0) }.filter { $0 != .annotations } + [.annotations]
    }
    traces[root] = trace
    guard let annotations = Tree.annotations(of: root, in: tree) else { return }
    tree.keepKeyFlags(of: annotations)
    tree.markRemade(annotations)
    for value in tree.children(of: annotations) where tree.shape(value) == .scalar {
      tree.keepKeyFlags(of: value)
      tree.markRemade(value)
      tree.addFlags(try Self.flags(ofNew: Array(tree.bytes(value)), in: &tree), to: value)
      unquoted.insert(value)
    }
  }

  /// Notes that a replacement has put a copy of all annotations there, notes among them.
  ///
  /// - Parameter source: the object that they were copied from.
  fileprivate mutating func noteCopiedAnnotations(
    of root: NodeID, _ notes: [BuildNoteAnnotations.Note: String], from source: NodeID?,
    in tree: inout Tree
  ) {
    var trace = Trace()
    trace.isCopy = true
    let annotations = Tree.annotations(of: root, in: tree)
    trace.annotations = annotations.map { tree.children(of: $0).map { tree.key($0) } } ?? []
    trace.isUnknown = source.flatMap { traces[$0]?.isUnknown } ?? false
    for (note, text) in notes {
      let key = tree.symbols.intern(note.rawValue)
      let value = annotations.flatMap { tree.field(key, of: $0) }
      if let value, tree[value].flags.isDisjoint(with: .singleQuoted) {
        trace.rewrittenNotes[note] = text
      }
    }
    traces[root] = trace
  }

  /// How a text is written that is put where there was none (kyaml/yaml/rnode.go `NewStringRNode`).
  static func flags(ofNew text: [UInt8], in tree: inout Tree) throws(Problem) -> Node.Flags {
    if text.contains(UInt8(ascii: "\n")) { return [.quoted, .literal] }
    return try isOtherAsDocument(text, in: &tree) ? .quoted : []
  }

  /// The fields of a mapping in kustomize's order.
  ///
  /// - Parameter order: an order that is known of some of them. Without one, it is that of the text from which
  ///   the mapping was read last.
  func fields(of mapping: NodeID, _ order: [Symbol]?, in tree: Tree) -> [NodeID] {
    let fields = tree.children(of: mapping)
    let place = self.place(of: mapping, writtenBy: tree.writer(mapping))
    let read = place.map { tree.children(of: $0.node) }
    guard let order = order ?? read?.map({ tree.key($0) }) else { return fields }
    var ranks: [Symbol: Int] = [:]
    for key in order where ranks[key] == nil { ranks[key] = ranks.count }
    return fields.enumerated().sorted { first, second in
      let ranked = [first, second].map { ranks[tree.key($0.element)] ?? ranks.count }
      return (ranked[0], first.offset) < (ranked[1], second.offset)
    }.map(\.element)
  }
}

extension NodeHistory {
  /// Brings a copy of an object into kustomize's order.
  func arrange(_ root: NodeID, as trace: Trace, in tree: inout Tree) throws(Problem) {
    try arrange(root, in: &tree)
    if let annotations = Tree.annotations(of: root, in: tree) {
      tree.arrange(fields(of: annotations, trace.annotations, in: tree), in: annotations)
    }
    if let order = trace.metadata, let metadata = tree.field(.metadata, of: root) {
      tree.arrange(fields(of: metadata, order, in: tree), in: metadata)
    }
  }

  /// Puts what a text said first, where the tree has it in another order.
  private func arrange(_ node: NodeID, in tree: inout Tree) throws(Problem) {
    guard tree.shape(node) != .scalar else { return }
    try tree.stack.check(at: tree.position(node))
    if tree.shape(node) == .mapping, place(of: node, writtenBy: tree.writer(node)) != nil {
      tree.arrange(fields(of: node, nil, in: tree), in: node)
    }
    for child in tree.children(of: node) { try arrange(child, in: &tree) }
  }
}

extension Tree {
  /// An object's annotations, where they are a mapping.
  fileprivate static func annotations(of root: NodeID, in tree: Tree) -> NodeID? {
    let metadata = tree.field(.metadata, of: root)
    let annotations = metadata.flatMap { tree.field(.annotations, of: $0) }
    return annotations.flatMap { tree.shape($0) == .mapping ? $0 : nil }
  }
}

extension Workspace {
  /// Begins to record if anything that has been read asks for a content hash.
  ///
  /// - Parameter isWanted: or if an object may get one that did not ask for it.
  mutating func beginHistory(isWanted: Bool = false) {
    let word = Array(BuildNoteAnnotations.Note.needsHashSuffix.rawValue.utf8)
    if history != nil || !isWanted && tree.symbols.find(word.span) == nil { return }
    history = NodeHistory()
    // Replacements change texts and leave the nodes where they are.
    tree.ledger.records = true
  }

  /// Called after kustomize has written notes on a resource.
  @inline(__always)
  mutating func traceNotes(of resource: inout Resource) {
    if history != nil { trace(&resource) }
  }

  /// Called after kustomize has written all annotations of a resource anew.
  ///
  /// - Parameter isUnknown: they stood twice, so that some were not written anew.
  mutating func traceRewriting(
    of resource: Resource, isUnknown: Bool = false
  ) throws(Problem) {
    let notes = BuildNoteAnnotations.texts(of: resource, self)
    try history?.noteRewriting(of: resource.root, notes, isUnknown: isUnknown, in: &tree)
  }

  /// Called after a replacement has copied all annotations into a resource, notes among them.
  mutating func traceCopiedAnnotations(of resource: Resource, from source: NodeID?) {
    let notes = BuildNoteAnnotations.texts(of: resource, self)
    history?.noteCopiedAnnotations(of: resource.root, notes, from: source, in: &tree)
  }

  /// Called after a generator has made an object. kustomize reads its head from a text, and makes the rest
  /// (internal/generators/utils.go `makeBaseNode`).
  mutating func traceGenerated(_ resource: Resource, ofKind kind: String) throws(Problem) {
    guard history != nil else { return }
    var made = [resource.root]
    while let node = made.popLast() {
      tree.markRemade(node)
      made += tree.children(of: node)
    }
    try history?.read(
      Array("\napiVersion: v1\nkind: \(kind)\n".utf8), as: resource.root, in: &tree)
    try traceRewriting(of: resource)
  }

  /// Called where kustomize writes notes that are not remembered.
  mutating func traceUnknown(of root: NodeID) {
    history?.traces[root, default: NodeHistory.Trace()].isUnknown = true
  }

  private mutating func trace(_ resource: inout Resource) {
    AnnotationCleanup.makePlaceOfNotes(in: &resource, &tree)
    let notes = BuildNoteAnnotations.texts(of: resource, self)
    history?.update(resource.root, notes, in: &tree)
  }

  /// Called where kustomize prints an object from Go values and reads that again.
  mutating func traceReading(of root: NodeID) throws(Problem) {
    guard history != nil else { return }
    let copy = try tree.copy(root, for: tree.position(root))
    var printer = printer(passes: .json, folds: false)
    try printer.print(copy)
    try history?.read(printer.take(), as: root, in: &tree)
  }
  /// Called after an item of a typed list has become what kustomize reads from its JSON.
  mutating func traceItem(_ item: NodeID) throws(Problem) {
    beginHistory()
    try history?.read(try JSONWriter.text(of: item, in: tree), as: item, in: &tree)
  }
}
