/// The origins that a file's object brings with it, since an earlier build has printed them.
extension Resource {
  /// Takes over who changed the object before; where it came from is said anew
  /// (resource/resource.go `GetTransformations`).
  mutating func readTransformations(_ workspace: inout Workspace) throws(Problem) {
    let tree = workspace.tree
    guard let metadata = tree.field(.metadata, of: root),
      let annotations = tree.field(.annotations, of: metadata)
    else { return }
    let key = workspace.tree.symbols.intern(ExposedNotes.Note.transformations.rawValue)
    guard let note = tree.field(key, of: annotations) else { return }
    let position = tree.position(note)
    let file = workspace.sources.add(
      path: ExposedNotes.Note.transformations.rawValue, bytes: Array(tree.bytes(note)))
    let list = try YAMLReader.firstDocument(
      ofFile: file, into: &workspace.tree, sources: workspace.sources)
    guard let list, !workspace.tree.isNull(list) else { return }
    guard workspace.tree.shape(list) == .sequence else { throw .notOrigins(at: position) }
    for item in workspace.tree.children(of: list) {
      guard let origin = Origin(item, in: workspace.tree) else { throw .notOrigins(at: position) }
      transformations.append(workspace.origins.add(origin))
    }
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
      .invalidResource,
      "the annotation \(ExposedNotes.Note.transformations.rawValue) is not a list of origins",
      at: position)
  }
}
