/// Reads the files of `configurations` and `crds`, which say where in objects transformers look.
struct ConfigurationLoader {
  let directory: DirectoryReader

  func load(
    configurations entries: [Kustomization.Entry], _ workspace: inout Workspace
  ) throws(Problem) -> [WrittenConfiguration] {
    var configurations: [WrittenConfiguration] = []
    for entry in entries {
      let root = try document(of: entry, as: "configuration", mergesStrictly: true, &workspace)
      configurations.append(
        try .read(
          root, asked: entry.position, tree: workspace.tree, sources: workspace.sources))
    }
    return configurations
  }

  func load(
    crds entries: [Kustomization.Entry], _ workspace: inout Workspace
  ) throws(Problem) -> [WrittenConfiguration] {
    var configurations: [WrittenConfiguration] = []
    for entry in entries {
      let root = try document(of: entry, as: "crds file", &workspace)
      configurations.append(try TypeDefinitions.read(root, asked: entry, tree: workspace.tree))
    }
    return configurations
  }

  private func document(
    of entry: Kustomization.Entry, as what: String, mergesStrictly: Bool = false,
    _ workspace: inout Workspace
  ) throws(Problem) -> NodeID? {
    let file = try directory.read(entry, as: what)
    let index = workspace.sources.add(path: file.displayPath, bytes: file.bytes)
    return try YAMLReader.firstDocument(
      ofFile: index, into: &workspace.tree, sources: workspace.sources,
      mergesStrictly: mergesStrictly)
  }
}
