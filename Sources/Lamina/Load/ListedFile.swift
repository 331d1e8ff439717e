/// A file that `resources` lists, and that cannot be read as objects.
///
/// A file that is something else altogether has been listed by mistake. Then the entry is to be changed, and
/// not the file.
struct ListedFile {
  let entry: Kustomization.Entry
  /// The number of the file in the build's sources.
  let file: Int

  /// What to say of the file instead of what its reading ended with.
  func problem(_ problem: Problem, _ workspace: inout Workspace) -> Problem {
    guard problem.id == .resourceWithoutKind || problem.id == .resourceWithoutName else {
      return problem
    }
    if KustomizationFile.isOne(entry.text) { return .kustomization(entry) }
    guard let roots = try? workspace.documents(ofFile: file),
      !roots.contains(where: {
        isObject($0, workspace.tree)
      })
    else { return problem }
    return Problem.noObject(entry, hint: hint(roots, workspace.tree))
      .noting(problem.message, at: problem.position)
  }

  /// The value has a field that every object has.
  private func isObject(_ root: NodeID, _ tree: Tree) -> Bool {
    tree.shape(root) == .mapping
      && [Symbol.apiVersion, .kind, .metadata].contains { tree.field($0, of: root) != nil }
  }

  /// What the file probably is: values of a chart, a list of objects, a JSON patch.
  private func hint(_ roots: [NodeID], _ tree: Tree) -> String? {
    let name = Path.lastPart(entry.text)
    if name.begins(with: "values") { return "values of a chart belong under helmCharts" }
    if roots.count == 1, tree.shape(roots[0]) == .sequence,
      tree.children(of: roots[0]).contains(where: { isObject($0, tree) })
    {
      return "write the objects as documents, with --- between them"
    }
    let operations = roots.first.map { tree.shape($0) == .sequence ? tree.children(of: $0) : [] }
    let isPatch = operations?.contains { operation in
      tree.shape(operation) == .mapping
        && tree.children(of: operation).contains { tree.symbols.string(tree.key($0)) == "op" }
    }
    return isPatch == true ? "a JSON patch belongs under patches" : nil
  }
}

extension Problem {
  fileprivate static func kustomization(_ entry: Kustomization.Entry) -> Problem {
    Problem(
      .noResource, "\"\(entry.text)\" is a kustomization, not a resource", at: entry.position,
      hint: "list its directory: \"\(Path.directory(entry.text))\"")
  }

  fileprivate static func noObject(_ entry: Kustomization.Entry, hint: String?) -> Problem {
    Problem(
      .noResource, "\"\(entry.text)\" holds no Kubernetes object", at: entry.position, hint: hint)
  }
}
