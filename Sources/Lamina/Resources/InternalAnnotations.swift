/// The annotations in which kustomize keeps its own notes.
///
/// Nothing of Lamina writes them, but files may hold them: printed by a function, or left by another
/// tool. They are read into the resource when it is loaded, and never printed.
enum InternalAnnotations {
  static let domain: StaticString = "internal.config.kubernetes.io/"

  /// What kustomize takes out before it prints (resource/resource.go `BuildAnnotations`), and the
  /// annotations that only `buildMetadata` asks for.
  static let removed: [StaticString] = [
    "internal.config.kubernetes.io/previousKinds",
    "internal.config.kubernetes.io/previousNames",
    "internal.config.kubernetes.io/prefixes",
    "internal.config.kubernetes.io/suffixes",
    "internal.config.kubernetes.io/previousNamespaces",
    "internal.config.kubernetes.io/allowNameChange",
    "internal.config.kubernetes.io/allowKindChange",
    "internal.config.kubernetes.io/refBy",
    "internal.config.kubernetes.io/generatorBehavior",
    "internal.config.kubernetes.io/needsHashSuffix",
    "internal.config.kubernetes.io/path",
    "internal.config.kubernetes.io/index",
    "internal.config.kubernetes.io/seqindent",
    "internal.config.kubernetes.io/id",
    "internal.config.kubernetes.io/annotations-migration-resource-id",
    "config.kubernetes.io/path",
    "config.kubernetes.io/index",
    "config.k8s.io/id",
    "internal.config.kubernetes.io/helm-generated",
    "config.kubernetes.io/origin",
    "alpha.config.kubernetes.io/transformations",
  ]
}

extension Resource {
  /// Takes over what the annotations of a loaded object say.
  mutating func readInternalAnnotations(_ tree: inout Tree) throws(Problem) {
    guard let metadata = tree.field(.metadata, of: root),
      let annotations = tree.field(.annotations, of: metadata)
    else { return }
    var notes: [ByteText: String] = [:]
    for child in tree.children(of: annotations) {
      let key = tree.symbols.bytes(tree.key(child))
      guard key.starts(with: Array(InternalAnnotations.domain.description.utf8)) else { continue }
      let note = key.dropFirst(InternalAnnotations.domain.utf8CodeUnitCount)
      notes[String(decoding: note, as: UTF8.self)] = tree.string(child)
    }
    if !notes.isEmpty { try read(notes, &tree) }
  }

  /// Takes over what the annotations say, which a replacement has put there.
  mutating func readNotes(
    tracksOrigins: Bool, _ workspace: inout Workspace
  ) throws(Problem) {
    try readInternalAnnotations(&workspace.tree)
    if let path = annotation(.path, in: &workspace.tree) {
      functionPath = workspace.tree.symbol(of: path)
    }
    guard tracksOrigins else { return }
    for note in BuildNoteAnnotations.Note.allCases where note.isPrinted {
      try readPrinted(note, &workspace)
    }
  }

  private mutating func read(_ notes: [ByteText: String], _ tree: inout Tree) throws(Problem) {
    needsHash = notes["needsHashSuffix"] == "enabled"
    isMadeByHelm = notes["helm-generated"] == "true"
    isGenerated = notes["generatorBehavior"] != nil
    if notes["allowNameChange"] == PatchPermissions.word { permissions.insert(.nameChange) }
    if notes["allowKindChange"] == PatchPermissions.word { permissions.insert(.kindChange) }
    behavior = .init(word: notes["generatorBehavior"] ?? "")
    func list(_ note: String) -> [Symbol] {
      tree.symbols.elements(of: tree.symbols.intern(notes[ByteText(note)] ?? ""))
    }
    prefixes = notes["prefixes"] == nil ? [] : list("prefixes")
    suffixes = notes["suffixes"] == nil ? [] : list("suffixes")
    let isWhole = notes["previousNamespaces"] != nil && notes["previousKinds"] != nil
    guard notes["previousNames"] != nil else {
      // Without names kustomize looks at neither, and adds to each.
      hasUnevenNotes = notes["previousNamespaces"] != nil || notes["previousKinds"] != nil
      return
    }
    // A list that is not there is read as one empty element, and is none when an element is added.
    hasUnevenNotes = !isWhole
    let (names, namespaces, kinds) =
      (list("previousNames"), list("previousNamespaces"), list("previousKinds"))
    guard names.count == namespaces.count, names.count == kinds.count else {
      throw .formerIDsUneven(at: tree.position(root))
    }
    adoptHistory(
      zip(names, zip(namespaces, kinds)).map {
        FormerID(name: $0, kind: $1.1, namespace: $1.0)
      })
  }
}
