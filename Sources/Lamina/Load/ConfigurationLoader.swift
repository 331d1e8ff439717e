/// Reads the files of `configurations` and `crds`, which say where in objects transformers look.
struct ConfigurationLoader {
  let directory: DirectoryReader

  func load(
    configurations entries: [Kustomization.Entry], _ workspace: inout Workspace
  ) throws(Problem) -> [WrittenConfiguration] {
    try each(entries) { (entry) throws(Problem) in
      let root = try document(of: entry, as: "configuration", mergesStrictly: true, &workspace)
      return try .read(
        root, asked: entry.position, tree: workspace.tree, sources: workspace.sources)
    }
  }

  func load(
    crds entries: [Kustomization.Entry], _ workspace: inout Workspace
  ) throws(Problem) -> [WrittenConfiguration] {
    try each(entries) { (entry) throws(Problem) in
      let root = try document(of: entry, as: "crds file", &workspace)
      return try TypeDefinitions.read(root, asked: entry, tree: workspace.tree)
    }
  }

  /// Reads files that are independent of one another.
  private func each(
    _ entries: [Kustomization.Entry],
    _ read: (Kustomization.Entry) throws(Problem) -> WrittenConfiguration
  ) throws(Problem) -> [WrittenConfiguration] {
    var configurations: [WrittenConfiguration] = []
    var mistakes = Mistakes()
    for entry in entries {
      try mistakes.collect { () throws(Problem) in configurations.append(try read(entry)) }
    }
    try mistakes.check()
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
