/// The origins that an object brings with it, since an earlier build has printed them, or a function
/// that has read them.
extension Resource {
  /// Takes over who changed the object before; where it came from is said anew
  /// (resource/resource.go `GetTransformations`).
  mutating func readTransformations(_ workspace: inout Workspace) throws(Problem) {
    guard let (list, position) = try content(of: .transformations, &workspace) else { return }
    guard workspace.tree.shape(list) == .sequence else { throw .notOrigins(at: position) }
    for item in workspace.tree.children(of: list) {
      guard let origin = Origin(item, in: workspace.tree) else { throw .notOrigins(at: position) }
      transformations.append(workspace.origins.add(origin))
    }
  }

  /// Takes over where the object came from, as a function has left it.
  mutating func readOrigin(_ workspace: inout Workspace) throws(Problem) {
    guard let (node, position) = try content(of: .origin, &workspace) else { return }
    guard let read = Origin(node, in: workspace.tree) else { throw .notAnOrigin(at: position) }
    origin = workspace.origins.add(read)
  }

  /// Takes over what a patch has written into one of the annotations that `buildMetadata` prints.
  mutating func readPrinted(
    _ note: BuildNoteAnnotations.Note, _ workspace: inout Workspace
  ) throws(Problem) {
    if note == .transformations {
      transformations = []
      return try readTransformations(&workspace)
    }
    origin = nil
    guard let text = annotation(note, in: &workspace.tree) else { return }
    var read = Origin()
    if let (node, position) = try content(of: .origin, &workspace) {
      guard let origin = Origin(node, in: workspace.tree) else { throw .notAnOrigin(at: position) }
      read = origin
    }
    read.written = workspace.tree.string(text)
    origin = workspace.origins.add(read)
  }

  /// The annotation that holds a note, where the object has it.
  func annotation(
    _ note: BuildNoteAnnotations.Note, in tree: inout Tree
  ) -> NodeID? {
    let key = tree.symbols.intern(note.rawValue)
    let metadata = tree.field(.metadata, of: root)
    let annotations = metadata.flatMap { tree.field(.annotations, of: $0) }
    return annotations.flatMap { tree.field(key, of: $0) }
  }

  /// The YAML in one of the annotations, and where that stands.
  private func content(
    of note: BuildNoteAnnotations.Note, _ workspace: inout Workspace
  ) throws(Problem) -> (root: NodeID, position: Position)? {
    guard let text = annotation(note, in: &workspace.tree) else { return nil }
    let tree = workspace.tree
    let position = tree.position(text)
    let bytes = Array(tree.bytes(text))
    let file = workspace.sources.add(
      textOf: Kustomization.Entry(
        text: String(decoding: bytes, as: UTF8.self), position: position,
        isLiteral: tree[text].flags.contains(.literal)), bytes: bytes)
    let content = try YAMLReader.firstDocument(
      ofFile: file, into: &workspace.tree, sources: workspace.sources)
    guard let content, !workspace.tree.isNull(content) else { return nil }
    return (content, position)
  }
}

extension Origin {
  /// Reads one origin of a list; nil where it is none.
  fileprivate init?(_ node: NodeID, in tree: Tree) {
    guard tree.shape(node) == .mapping else { return nil }
    for child in tree.children(of: node) {
      switch tree.symbols.string(tree.key(child)) {
      case "path": path = tree.string(child)
      case "repo": repo = tree.string(child)
      case "ref": ref = tree.string(child)
      case "configuredIn": configuredIn = tree.string(child)
      case "configuredBy":
        guard tree.shape(child) == .mapping else { return nil }
        configuredBy = Configurer(child, in: tree)
      default: continue
      }
    }
  }
}

extension Origin.Configurer {
  fileprivate init(_ node: NodeID, in tree: Tree) {
    apiVersion = ""
    for child in tree.children(of: node) {
      switch tree.symbols.string(tree.key(child)) {
      case "apiVersion": apiVersion = tree.string(child)
      case "kind": kind = tree.string(child)
      case "name": name = tree.string(child)
      case "namespace": namespace = tree.string(child)
      default: continue
      }
    }
  }
}

extension Problem {
  fileprivate static func notOrigins(at position: Position) -> Problem {
    Problem(
      .notAListOfOrigins,
      "the annotation \(BuildNoteAnnotations.Note.transformations.rawValue) is not a list of origins",
      at: position)
  }

  fileprivate static func notAnOrigin(at position: Position) -> Problem {
    Problem(
      .notAnOrigin,
      "the annotation \(BuildNoteAnnotations.Note.origin.rawValue) is not an origin", at: position)
  }
}
