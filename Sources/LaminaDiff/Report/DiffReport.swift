/// What a change does to the cluster: for each root, the resources that differ.
///
/// A report holds nothing that must not be shown: secrets are masked and ignored fields left out
/// before it is made. What prints it (`Output`) only lays it out.
package struct DiffReport: Sendable {
  /// The roots that were compared and are not the same, in the order in which they were named.
  package let roots: [RootDiff]
  /// How many roots were compared, with those that are the same.
  package let comparedCount: Int

  package init(roots: [RootDiff], comparedCount: Int) {
    self.roots = roots
    self.comparedCount = comparedCount
  }

  /// How it all ended, as the command's exit status says it.
  package var outcome: Outcome {
    if roots.contains(where: \.hasFailed) { return .failed }
    return roots.contains(where: \.isDifferent) ? .different : .same
  }

  package enum Outcome: Int32, Sendable {
    case same = 0
    case different = 1
    /// At least one side does not render, so that nothing can be said of it.
    case failed = 2
  }
}
