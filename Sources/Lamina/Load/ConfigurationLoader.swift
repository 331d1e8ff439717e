/// Reads the files of `configurations` and `crds`, which say where in objects transformers look.
struct ConfigurationLoader {
  /// That of the kustomization that lists the files.
  let directory: DirectoryReader

  func load(
    configurations entries: [Kustomization.Entry], _ workspace: inout Workspace
  ) throws(Problem) -> [WrittenConfiguration] {
    try each(entries) { (entry) throws(Problem) in
      let root = try configuration(of: entry, &workspace)
      return try .read(
        root, asked: entry.position, tree: workspace.tree, sources: workspace.sources)
    }
  }

  func load(
    crds entries: [Kustomization.Entry], _ workspace: inout Workspace
  ) throws(Problem) -> [WrittenConfiguration] {
    try each(entries) { (entry) throws(Problem) in
      let root = try definitions(of: entry, &workspace)
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

  /// Go's reader of JSON gets a file that begins with a brace (accumulator/loadconfigfromcrds.go
  /// `makeNameToApiMap`): nothing may follow the object, and keys may stand twice.
  private func definitions(
    of entry: Kustomization.Entry, _ workspace: inout Workspace
  ) throws(Problem) -> NodeID? {
    let file = try directory.read(entry, as: "crds file")
    let index = workspace.sources.add(path: file.displayPath, bytes: file.bytes)
    if file.bytes.first == UInt8(ascii: "{") {
      do {
        return try JSONReader.document(
          ofFile: index, into: &workspace.tree, sources: workspace.sources)
      } catch { throw error.code == .invalidPatch ? .definitionsAreNotJSON(error) : error }
    }
    return try YAMLReader.firstDocument(
      ofFile: index, into: &workspace.tree, sources: workspace.sources)
  }

  /// A second document is not read; sigs.k8s.io/yaml's strict mode refuses repeated keys, those of
  /// merge keys included.
  private func configuration(
    of entry: Kustomization.Entry, _ workspace: inout Workspace
  ) throws(Problem) -> NodeID? {
    let file = try directory.read(entry, as: "configuration")
    let index = workspace.sources.add(path: file.displayPath, bytes: file.bytes)
    return try YAMLReader.firstDocument(
      ofFile: index, into: &workspace.tree, sources: workspace.sources,
      mergesStrictly: true)
  }
}

extension Problem {
  fileprivate static func definitionsAreNotJSON(_ problem: Problem) -> Problem {
    Problem(
      .definitionsNotJson, problem.message, at: problem.position,
      hint: "a file of crds that begins with { has to be JSON, not YAML")
  }
}
