/// kustomize's build notes, written into the annotations of an object.
///
/// kustomize keeps what it knows of an object in annotations of the object, and a JSON patch meets
/// them there: `/metadata/annotations` always exists for it, and copying all annotations copies the
/// notes as well, into the output. A strategic merge that deletes all annotations deletes what
/// kustomize knows of the object: its hash, and the names by which others refer to it. For such patches
/// the notes are written down, and taken out afterwards.
struct BuildNoteAnnotations {
  /// The notes that were not there before.
  private(set) var added: [Symbol: Note] = [:]
  /// The notes that a file has.
  private var written: [Symbol: Note] = [:]
  /// What each said.
  private var texts: [Note: String] = [:]

  enum Note: String, CaseIterable, Sendable {
    case helmGenerated = "internal.config.kubernetes.io/helm-generated"
    case generatorBehavior = "internal.config.kubernetes.io/generatorBehavior"
    case needsHashSuffix = "internal.config.kubernetes.io/needsHashSuffix"
    case prefixes = "internal.config.kubernetes.io/prefixes"
    case suffixes = "internal.config.kubernetes.io/suffixes"
    case previousKinds = "internal.config.kubernetes.io/previousKinds"
    case previousNames = "internal.config.kubernetes.io/previousNames"
    case previousNamespaces = "internal.config.kubernetes.io/previousNamespaces"
    case allowNameChange = "internal.config.kubernetes.io/allowNameChange"
    case allowKindChange = "internal.config.kubernetes.io/allowKindChange"
    case path = "internal.config.kubernetes.io/path"
    case legacyPath = "config.kubernetes.io/path"
    case origin = "config.kubernetes.io/origin"
    case transformations = "alpha.config.kubernetes.io/transformations"

    var isPrinted: Bool { self == .origin || self == .transformations }
  }

  /// Writes what the build knows of a resource into the object's annotations.
  init(on resource: Resource, _ workspace: inout Workspace) throws(Problem) {
    let notes = Note.allCases.compactMap { note in
      resource.text(of: note, workspace).map { (note, $0) }
    }
    // Without notes kustomize makes no annotations either.
    if notes.isEmpty { return }
    // In a null, kustomize hides its notes: it finds them, and nobody else does.
    if resource.hasPlaceOfNotes,
      let own = Self.foundAnnotations(of: resource.root, in: workspace.tree),
      workspace.tree.isNull(own)
    {
      return
    }
    let annotations = Self.annotations(of: resource.root, in: &workspace.tree)
    let trace = workspace.history?.traces[resource.root]
    for (note, text) in notes {
      let key = workspace.tree.symbols.intern(note.rawValue)
      texts[note] = text
      if let known = workspace.tree.field(key, of: annotations),
        workspace.tree.string(known).hasBytes(of: text)
      {
        written[key] = note
        continue
      }
      let entry = try workspace.tree.setStringEntry(key, text, of: annotations, by: .none)
      if entry != nil { added[key] = note } else { written[key] = note }
      guard let entry, let trace else { continue }
      workspace.tree.addFlags(try trace.flags(of: note, in: &workspace.tree), to: entry)
    }
    guard let trace, let history = workspace.history else { return }
    let fields = history.fields(of: annotations, trace.annotations, in: workspace.tree)
    workspace.tree.arrange(fields, in: annotations)
  }

  /// The texts of all notes but the path, which functions are told and may change.
  static func texts(of resource: Resource, _ workspace: Workspace) -> [Note: String] {
    var texts: [Note: String] = [:]
    for note in Note.allCases where note != .path && note != .legacyPath {
      texts[note] = resource.text(of: note, workspace)
    }
    return texts
  }

  /// Takes the notes out, and lets the resource forget what a patch has deleted of them. What a patch has
  /// written over those that `buildMetadata` prints is read.
  ///
  /// - Parameter restoresOwn: whether the notes that kustomize keeps for itself come back, as after a
  ///   JSON patch; those that `buildMetadata` prints do not.
  func remove(
    from resource: inout Resource, restoresOwn: Bool, _ workspace: inout Workspace
  ) throws(Problem) {
    let annotations = Self.foundAnnotations(of: resource.root, in: workspace.tree)
    for (key, note) in added.merging(written, uniquingKeysWith: { first, _ in first }) {
      guard let annotations, let left = workspace.tree.field(key, of: annotations) else {
        if !restoresOwn || note.isPrinted { resource.forget(note) }
        continue
      }
      guard note.isPrinted, !workspace.tree.string(left).hasBytes(of: texts[note]) else { continue }
      try resource.readPrinted(note, &workspace)
    }
    // Before the first transformer is noted, there is none to write over.
    if resource.origin != nil, texts[.transformations] == nil {
      try resource.readPrinted(.transformations, &workspace)
    }
    takeOut(of: resource.root, in: &workspace.tree)
  }

  /// Takes the notes out of an object, which may have got them as part of a copy.
  func takeOut(of root: NodeID, in tree: inout Tree) {
    guard let annotations = Self.foundAnnotations(of: root, in: tree) else { return }
    for key in added.keys { tree.removeField(key, of: annotations) }
    // Before other annotations, the empty ones are those that kustomize reads.
    if let metadata = tree.field(.metadata, of: root), tree.isEmptyCollection(annotations),
      !tree.hasFieldTwice(.annotations, of: metadata)
    {
      tree.removeField(.annotations, of: metadata)
    }
  }

  private static func foundAnnotations(of root: NodeID, in tree: Tree) -> NodeID? {
    tree.field(.metadata, of: root).flatMap { tree.field(.annotations, of: $0) }
  }

  /// The annotations of an object, made where it has none.
  static func annotations(of root: NodeID, in tree: inout Tree) -> NodeID {
    let metadata = mapping(.metadata, of: root, in: &tree)
    return mapping(.annotations, of: metadata, in: &tree)
  }

  private static func mapping(
    _ key: Symbol, of parent: NodeID, in tree: inout Tree
  ) -> NodeID {
    guard let known = tree.field(key, of: parent) else {
      let made = tree.addMapping(by: tree.writer(parent))
      tree.appendField(key, made, to: parent)
      return made
    }
    if tree.isNull(known) { tree.setCollection(known, .mapping, by: tree.writer(known)) }
    return known
  }
}

extension Resource {
  /// A note as kustomize writes it; nil where there is nothing to note.
  fileprivate func text(of note: BuildNoteAnnotations.Note, _ workspace: Workspace) -> String? {
    let symbols = workspace.tree.symbols
    func list(_ texts: [Symbol]) -> String? {
      texts.isEmpty ? nil : texts.map { symbols.string($0) }.joined(separator: ",")
    }
    // Where a name was empty, kustomize notes none.
    func filled(_ texts: [Symbol]) -> [Symbol] { texts.filter { !$0.isEmpty } }
    switch note {
    case .helmGenerated: return isMadeByHelm ? "true" : nil
    case .generatorBehavior:
      return isGenerated ? behavior.rawValue : nil
    case .needsHashSuffix: return needsHash ? "enabled" : nil
    case .prefixes: return list(prefixes)
    case .suffixes: return list(suffixes)
    case .previousKinds: return list(filled(formerParts { $0.kind }))
    case .previousNames: return list(filled(formerParts { $0.name }))
    case .previousNamespaces: return list(filled(formerParts { $0.namespace }))
    case .allowNameChange:
      return permissions.contains(.nameChange) ? PatchPermissions.word : nil
    case .allowKindChange:
      return permissions.contains(.kindChange) ? PatchPermissions.word : nil
    case .path, .legacyPath:
      return functionPath.isEmpty ? nil : symbols.string(functionPath)
    case .origin: return origin.map { workspace.origins.text(of: $0) }
    case .transformations:
      return transformations.isEmpty ? nil : workspace.origins.text(of: transformations)
    }
  }

  fileprivate mutating func forget(_ note: BuildNoteAnnotations.Note) {
    switch note {
    case .helmGenerated: isMadeByHelm = false
    case .generatorBehavior:
      isGenerated = false
      behavior = .unspecified
    case .needsHashSuffix: needsHash = false
    case .prefixes: prefixes = []
    case .suffixes: suffixes = []
    case .previousKinds, .previousNames, .previousNamespaces: adoptHistory([])
    case .allowNameChange: permissions.remove(.nameChange)
    case .allowKindChange: permissions.remove(.kindChange)
    case .path, .legacyPath: functionPath = .empty
    case .origin: origin = nil
    case .transformations: transformations = []
    }
  }
}
