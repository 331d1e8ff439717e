/// Whether an object is what it was before a validator has printed it.
///
/// Objects are compared by their printed bytes: the program has printed and kyaml read them, so
/// that nodes cannot be compared.
struct UnchangedObject {
  private let before: NodeID
  private let after: NodeID
  /// Former ids and the like, which are no part of what is printed.
  private let hasSameNotes: Bool

  /// Makes what is compared: what would be printed, and what the build remembers. A validator may leave
  /// the label `validated-by`.
  ///
  /// The copies are cleaned up as before printing: quotes and empty annotations that the trip has
  /// changed are no change.
  init(_ before: Resource, as after: Resource, _ workspace: inout Workspace) throws(Problem) {
    hasSameNotes =
      BuildNoteAnnotations.texts(of: before, workspace)
      == BuildNoteAnnotations.texts(of: after, workspace)
    self.before = try workspace.tree.copy(before.root, for: workspace.tree.position(before.root))
    self.after = try workspace.tree.copy(after.root, for: workspace.tree.position(after.root))
    let cleanup = AnnotationCleanup(symbols: &workspace.tree.symbols)
    try cleanup.apply(to: self.before, in: &workspace.tree)
    try cleanup.apply(to: self.after, in: &workspace.tree)
    workspace.tree.removeLabel("validated-by", of: self.after)
  }

  /// - Parameter printer: one of the tree as it is now that all comparisons have been made.
  func holds(_ printer: inout TreePrinter) throws(Problem) -> Bool {
    guard hasSameNotes else { return false }
    try printer.print(before)
    let text = printer.take()
    try printer.print(after)
    return text == printer.take()
  }
}

extension Tree {
  fileprivate mutating func removeLabel(_ label: StaticString, of root: NodeID) {
    let label = symbols.intern(label)
    guard let metadata = field(.metadata, of: root), let labels = field(.labels, of: metadata),
      field(label, of: labels) != nil
    else { return }
    removeField(label, of: labels)
    if first(of: labels) == nil { removeField(.labels, of: metadata) }
  }
}
