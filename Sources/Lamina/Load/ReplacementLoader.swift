/// Reads the files that entries of `replacements` name.
struct ReplacementLoader {
  /// That of the kustomization.
  let directory: DirectoryReader

  /// The replacements of all entries, in order (builtins/ReplacementTransformer.go `Config`).
  func load(
    _ entries: [ReplacementEntry], _ workspace: inout Workspace
  ) throws(Problem) -> [Replacement] {
    var result: [Replacement] = []
    var mistakes = Mistakes()
    for entry in entries {
      guard let path = entry.path else {
        result.append(entry.replacement)
        continue
      }
      try mistakes.collect { () throws(Problem) in
        result += try replacements(inFile: path, &workspace)
      }
    }
    try mistakes.check()
    return result
  }

  /// Fields that nobody knows are passed over in such a file, unlike in the kustomization itself.
  private func replacements(
    inFile path: Kustomization.Entry, _ workspace: inout Workspace
  ) throws(Problem) -> [Replacement] {
    let file = try directory.read(path, as: "replacement")
    let index = workspace.sources.add(path: file.displayPath, bytes: file.bytes)
    let root = try YAMLReader.firstDocument(
      ofFile: index, into: &workspace.tree, sources: workspace.sources)
    let decoder = FieldDecoder(
      tree: workspace.tree, sources: workspace.sources, manner: .replacements)
    return try ReplacementReader(decoder: decoder).replacements(inFile: root, path)
  }
}
