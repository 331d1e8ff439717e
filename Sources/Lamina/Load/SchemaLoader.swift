/// Chooses the schema of a build: the first that a kustomization names, from the root downwards.
///
/// kustomize keeps one schema for the whole process and never changes it once it is set (kyaml
/// openapi.go `SetSchema`). What was read of the built-in one before that stays.
struct SchemaLoader {
  /// A kustomization has set the schema; those that come later are only checked.
  private var isSet = false

  /// Looks at a layer before anything below it is read.
  ///
  /// - Parameter knowsObjects: objects have been read, so that the built-in schema has been asked.
  mutating func adopt(
    _ openapi: OpenAPI?, in directory: DirectoryReader, knowsObjects: Bool,
    _ workspace: inout Workspace
  ) throws(Problem) {
    guard let openapi else { return }
    let document = try openapi.path.map { (path) throws(Problem) in
      try read(path, in: directory, &workspace)
    }
    if isSet { return }
    if let document {
      if let version = openapi.version { throw .pathAndVersion(at: version.position) }
      isSet = true
      Self.adopt(document, knowsObjects: knowsObjects, &workspace)
    } else if let version = openapi.version, !version.text.isEmpty {
      workspace.schema = try Schema(version: version.text, at: version.position)
      isSet = true
    }
  }

  /// Takes a document for the schema of a build that has no kustomization.
  static func adopt(documentInFile file: Int, _ workspace: inout Workspace) throws(Problem) {
    adopt(try document(inFile: file, &workspace), knowsObjects: false, &workspace)
  }

  private static func adopt(
    _ document: SchemaDocument, knowsObjects: Bool, _ workspace: inout Workspace
  ) {
    if knowsObjects {
      workspace.schema.add(document)
    } else {
      workspace.schema = Schema(document: document)
    }
    workspace.clusterScope.add(document.clusterScopedKinds(in: &workspace.tree))
  }

  /// An `openapi` file is read even if it will not count, because kustomize does so, too, and may
  /// fail on it.
  private func read(
    _ path: Kustomization.Entry, in directory: DirectoryReader, _ workspace: inout Workspace
  ) throws(Problem) -> SchemaDocument {
    let file = try directory.read(path, as: "schema")
    let index = workspace.sources.add(path: file.displayPath, bytes: file.bytes)
    return try Self.document(inFile: index, &workspace)
  }

  private static func document(
    inFile index: Int, _ workspace: inout Workspace
  ) throws(Problem) -> SchemaDocument {
    let root = try YAMLReader.firstDocument(
      ofFile: index, into: &workspace.tree, sources: workspace.sources)
    return try SchemaDocument(root, in: &workspace.tree)
  }
}

extension Problem {
  fileprivate static func pathAndVersion(at position: Position) -> Problem {
    Problem(
      .schemaPathAndVersion, "openapi cannot have both a path and a version", at: position)
  }
}
