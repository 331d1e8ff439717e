/// Whether an object is what it was before a validator has printed it.
struct UnchangedObject {
  private let before: Resource

  init(_ before: Resource) { self.before = before }

  /// Compares what would be printed and what the build remembers. A validator may leave the label
  /// `validated-by`.
  func isSame(as after: Resource, _ workspace: inout Workspace) throws(Problem) -> Bool {
    let texts = [
      ExposedNotes.texts(of: before, workspace), ExposedNotes.texts(of: after, workspace),
    ]
    guard texts[0] == texts[1] else { return false }
    let copies = [workspace.tree.copy(before.root), workspace.tree.copy(after.root)]
    let cleanup = AnnotationCleanup(symbols: &workspace.tree.symbols)
    for copy in copies { try cleanup.apply(to: copy, in: &workspace.tree) }
    workspace.tree.removeLabel("validated-by", of: copies[1])
    var printer = TreePrinter(workspace.tree)
    try printer.print(copies[0])
    let text = printer.take()
    try printer.print(copies[1])
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
