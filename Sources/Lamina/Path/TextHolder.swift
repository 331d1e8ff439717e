/// A scalar on the way of a path whose text is YAML, into which the path leads on.
///
///     data.config\.yaml.server.port
///
/// kustomize looks for one before it finds the targets of a replacement
/// (api/filters/replacement/replacement.go `setValueInStructuredData`).
struct TextHolder {
  /// The scalar, which gets the printed document.
  let node: NodeID
  /// Its reading, which may be changed.
  let document: EmbeddedDocument
  /// The first step of the path that leads into the text.
  let nextStep: Int

  /// Finds the first such scalar that is not at the path's end. What is no way for a `OneMatch` leads to none.
  ///
  /// A scalar that is no YAML is passed over, and so is every later one the path has no way to.
  static func find(
    on path: FieldPath, below root: NodeID, in tree: inout Tree
  ) throws(Problem) -> TextHolder? {
    var node = root
    let match = OneMatch(path)
    for (index, step) in path.steps.dropLast().enumerated() {
      guard let next = try? match.next(step, from: node, in: tree) else { return nil }
      node = next
      guard tree.shape(node) == .scalar else { continue }
      let text = Array(tree.bytes(node))
      let position = tree.position(node)
      let document = try Problem.forgiving { () throws(Problem) in
        try EmbeddedDocument.read(text, at: position, into: &tree)
      }
      if let document {
        return TextHolder(node: node, document: document, nextStep: index + 1)
      }
    }
    return nil
  }
}
