/// Puts the content hash behind the name of every generated object that wants one.
///
/// Done once, at the top, when no layer can change the content any more.
enum NameHashes {
  static func apply(to resources: inout Resources, _ workspace: inout Workspace) throws(Problem) {
    let word = Array(BuildNoteAnnotations.Note.needsHashSuffix.rawValue.utf8)
    let annotation = workspace.tree.symbols.find(word.span)
    var nodeHash = NodeHash()
    for index in resources.indices {
      if annotation != nil {
        AnnotationCleanup.makePlaceOfNotes(in: &resources[index], &workspace.tree)
      }
      guard wantsHash(resources[index], annotation, in: workspace.tree) else { continue }
      let resource = resources[index]
      let suffix = try ContentHash.suffix(of: resource, &nodeHash, &workspace)
      guard let metadata = workspace.tree.field(.metadata, of: resource.root),
        let name = workspace.tree.field(.name, of: metadata)
      else { continue }
      try resources.rememberID(at: index, in: &workspace.tree)
      let writer = workspace.tree.ledger.begin(
        .contentHash, at: workspace.tree.position(name), following: workspace.tree.writer(name),
        of: name)
      workspace.tree.setScalar(
        name, "\(workspace.tree.string(name))-\(suffix)", tag: .unresolved, by: writer)
      resources.refreshID(at: index, &workspace)
    }
    workspace.tree.ledger.end()
  }

  /// Whether an object is to have a hash. Of an object that no generator made, the annotation says it,
  /// which a patch may have added or taken out.
  ///
  /// - Parameter annotation: nil in a build where no file has it.
  private static func wantsHash(
    _ resource: Resource, _ annotation: Symbol?, in tree: Tree
  ) -> Bool {
    guard let annotation else { return resource.needsHash }
    let metadata = tree.field(.metadata, of: resource.root)
    let annotations = metadata.flatMap { tree.field(.annotations, of: $0) }
    guard let note = annotations.flatMap({ tree.field(annotation, of: $0) }) else {
      return resource.needsHash && resource.isGenerated
    }
    return tree.textEquals(note, "enabled")
  }
}
