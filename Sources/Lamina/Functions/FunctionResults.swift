/// What a function says of the objects in the field `results` of the list that it prints.
enum FunctionResults {
  /// The messages in a file that may be anything.
  ///
  /// - Throws: where the file is no YAML, which is likely after a failure; the caller goes on
  ///   without.
  static func read(
    _ file: Int, _ workspace: inout Workspace
  ) throws(Problem) -> [String] {
    let roots = try YAMLReader.documents(
      ofFile: file, into: &workspace.tree, sources: workspace.sources)
    return messages(in: roots, workspace.tree)
  }

  /// One line for each result: `error: the message (Deployment shop/api, spec.replicas)`.
  static func messages(in roots: [NodeID], _ tree: Tree) -> [String] {
    guard roots.count == 1, let results = tree.field("results", of: roots[0]),
      tree.shape(results) == .sequence
    else { return [] }
    return tree.children(of: results).map { message(of: $0, tree) }
  }

  /// Fields that are missing or no text are left out of the line.
  private static func message(of result: NodeID, _ tree: Tree) -> String {
    func text(_ path: StaticString...) -> String {
      var node: NodeID? = result
      for key in path { node = node.flatMap { tree.field(key, of: $0) } }
      guard let node, tree.shape(node) == .scalar, !tree.isNull(node) else { return "" }
      return tree.string(node).withoutOuterWhiteSpace
    }
    let namespace = text("resourceRef", "namespace")
    let name = [namespace, text("resourceRef", "name")].filter { !$0.isEmpty }
      .joined(separator: "/")
    let object = [text("resourceRef", "kind"), name].filter { !$0.isEmpty }
      .joined(separator: " ")
    let place = [object, text("file", "path"), text("field", "path")].filter { !$0.isEmpty }
      .joined(separator: ", ")
    let severity = text("severity")
    return (severity.isEmpty ? "" : "\(severity): ") + text("message")
      + (place.isEmpty ? "" : " (\(place))")
  }
}

extension Tree {
  /// A field by a name that need not be a symbol yet.
  ///
  /// The output was read with its own keys; interning others would need a tree that can change.
  fileprivate func field(_ name: StaticString, of mapping: NodeID) -> NodeID? {
    guard shape(mapping) == .mapping else { return nil }
    return children(of: mapping).first { child in
      symbols.withBytes(of: key(child)) { $0.isWord(name) }
    }
  }
}
