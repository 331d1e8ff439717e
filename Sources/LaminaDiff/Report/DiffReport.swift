/// What a change does to the cluster: for each root, the resources that differ.
///
/// A report holds nothing that must not be shown: secrets are masked and ignored fields left out
/// before it is made. What prints it (`Output`) only lays it out.
package struct DiffReport: Sendable {
  /// The roots that were compared and are not the same: first those that fail because of the change, then
  /// those in which it does damage, then the others, each in the order in which they were named. Roots
  /// that fail alike on both sides come last.
  package let roots: [RootDiff]
  /// How many roots were compared, with those that are the same.
  package let comparedCount: Int
  /// The heading; nil for the usual one.
  package var title: String?
  /// Changed files that no root reads, as the user would write them; nil where nobody has looked.
  package var unreadFiles: [String]?
  /// Where the files can be seen at both revisions.
  package var links: SourceLinks?
  /// How many lines of a patch are shown around changed ones.
  package var contextLines = Self.usualContext

  package static let usualContext = 3

  package init(roots: [RootDiff], comparedCount: Int) {
    let roots = MovedObjects.marked(roots)
    self.roots = (0...3).flatMap { rank in roots.filter { $0.rank == rank } }
    self.comparedCount = comparedCount
  }

  /// How it all ended, as the command's exit status says it.
  package var outcome: Outcome {
    if roots.contains(where: \.failureDecides) { return .failed }
    return roots.contains(where: \.isDifferent) ? .different : .same
  }

  package enum Outcome: Int32, Sendable {
    case same = 0
    case different = 1
    /// At least one root does not render because of the change, so that nothing can be said of it.
    case failed = 2
  }

  /// The roots that fail alike on both sides, which the change is not to blame for.
  var foldedRoots: [RootDiff] { roots.filter(\.isFolded) }
}

extension RootDiff {
  /// The place among the roots of a report, the least first.
  fileprivate var rank: Int {
    if isFolded { return 3 }
    if failureDecides { return 0 }
    let isSevere = resources.contains { $0.consequences.contains { $0.kind.isSevere } }
    return isSevere ? 1 : 2
  }
}
