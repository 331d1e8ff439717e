package import LaminaDiff

/// A root as it was at the merge base with a revision.
package struct PastRoot: Sendable {
  /// The merge base.
  let commit: String
  /// Renders the root as it was then.
  let render: @Sendable () throws -> Comparison.Side

  package init(commit: String, render: @escaping @Sendable () throws -> Comparison.Side) {
    self.commit = commit
    self.render = render
  }

  /// Finds the past of a root.
  ///
  /// - Parameters:
  ///   - root: its canonical path.
  ///   - name: what messages call it.
  ///   - base: a revision of git.
  package typealias Search =
    @Sendable (_ root: String, _ name: String, _ base: String) throws -> PastRoot
}
