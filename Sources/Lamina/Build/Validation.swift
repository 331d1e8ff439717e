/// Makes sure that a validator changes nothing (internal/target/kusttarget.go `runValidators`).
struct Validation {
  /// What the build remembered of the resources.
  private let before: [Resource]
  /// Copies of the objects, at the same places as in `before`.
  private let roots: [NodeID]

  /// Copies all resources, as kustomize does: validators are rare, and a list of changed nodes
  /// would have to be kept for all builds.
  init(of resources: Resources, in tree: inout Tree) throws(Problem) {
    before = resources.all
    var copies: [NodeID] = []
    for resource in before {
      copies.append(try tree.copy(resource.root, for: tree.position(resource.root)))
    }
    roots = copies
  }

  /// A validator may leave the label `validated-by`, nothing else; and not beside other labels, which
  /// kustomize writes anew when it takes that one away.
  func check(
    _ resources: Resources, after validator: Resource, _ workspace: inout Workspace
  ) throws(Problem) {
    guard resources.count == before.count else { throw .changed(validator, nil, workspace) }
    let label = workspace.tree.symbols.intern("validated-by")
    for (index, resource) in resources.all.enumerated() {
      var root = resource.root
      if hasLabel(label, root, in: workspace.tree) {
        guard !hasOtherLabels(root, in: workspace.tree) else {
          throw .changed(validator, resource, workspace)
        }
        root = try workspace.tree.copy(root, for: workspace.tree.position(root))
        removeLabel(label, of: root, in: &workspace.tree)
      }
      guard resource.remembersTheSame(as: before[index]),
        try workspace.tree.isSame(root, roots[index])
      else { throw .changed(validator, resource, workspace) }
    }
  }

  /// Nil where the object has no labels.
  private func labels(of root: NodeID, in tree: Tree) -> NodeID? {
    tree.field(.metadata, of: root).flatMap { tree.field(.labels, of: $0) }
  }

  private func hasLabel(_ label: Symbol, _ root: NodeID, in tree: Tree) -> Bool {
    labels(of: root, in: tree).map { tree.field(label, of: $0) != nil } ?? false
  }

  /// Whether labels would be left without `validated-by`.
  private func hasOtherLabels(_ root: NodeID, in tree: Tree) -> Bool {
    labels(of: root, in: tree).map { tree.count(of: $0) > 1 } ?? false
  }

  /// An empty `labels` goes with it.
  private func removeLabel(_ label: Symbol, of root: NodeID, in tree: inout Tree) {
    guard let metadata = tree.field(.metadata, of: root),
      let labels = tree.field(.labels, of: metadata)
    else { return }
    tree.removeField(label, of: labels)
    if tree.first(of: labels) == nil { tree.removeField(.labels, of: metadata) }
  }
}

extension Resource {
  /// What kustomize keeps in annotations, which its comparison of objects sees.
  fileprivate func remembersTheSame(as other: Resource) -> Bool {
    id == other.id && formerIDs == other.formerIDs && repeatedIDs == other.repeatedIDs
      && prefixes == other.prefixes && suffixes == other.suffixes
  }
}

extension Tree {
  /// Whether two values are the same node for node: a value that was written anew is another one, even
  /// if it says the same.
  fileprivate func isSame(_ a: NodeID, _ b: NodeID) throws(Problem) -> Bool {
    let (one, other) = (self[a], self[b])
    guard one.shape == other.shape, one.tag == other.tag,
      one.writer == other.writer, one.flags.subtracting(.twin) == other.flags.subtracting(.twin)
    else { return false }
    if one.shape == .scalar { return bytes(a) == bytes(b) }
    try stack.check(at: position(a))
    let (ones, others) = (children(of: a), children(of: b))
    guard ones.count == others.count else { return false }
    for (one, other) in zip(ones, others) {
      guard key(one) == key(other), try isSame(one, other) else { return false }
    }
    return true
  }
}

extension Problem {
  fileprivate static func changed(
    _ validator: Resource, _ resource: Resource?, _ workspace: Workspace
  ) -> Problem {
    let problem = Problem(
      .validatorChanges, "validator shouldn't modify the resource map",
      at: workspace.tree.position(validator.root))
    guard let resource else { return problem }
    return problem.noting(
      "it changed \(workspace.tree.symbols.describe(resource.id))",
      at: workspace.tree.position(resource.root))
  }
}
