internal import Lamina

/// A failure that decides the outcome of roots, once for all that have it.
struct SharedFailure {
  /// The first of the roots.
  let root: RootDiff
  /// The places of all of them in the report.
  let places: [Int]
  /// The sides that say something, each with its failure: what both say alike is said once.
  let sides: [(side: DiffSide, failure: Diagnostic)]

  /// The old side fails alike, which is said with the failure.
  var isFormer: Bool { root.failureKind == .alike }
}

extension DiffReport {
  /// The failures that decide, in the order of their first roots.
  var sharedFailures: [SharedFailure] {
    var all: [SharedFailure] = []
    var known: [Diagnostic] = []
    for root in roots where root.failureDecides {
      guard let failure = root.shownFailure, !known.contains(where: { $0.isSame(as: failure) })
      else { continue }
      known.append(failure)
      let places = roots.indices.filter { place in
        roots[place].failureDecides && roots[place].shownFailure?.isSame(as: failure) == true
      }
      let sides = root.failureKind == .alike ? [root.new] : [root.old, root.new]
      all.append(
        SharedFailure(
          root: root, places: places,
          sides: sides.compactMap { side in side.failure.map { (side, $0) } }))
    }
    return all
  }

  func names(of failure: SharedFailure) -> [String] { failure.places.map { roots[$0].name } }
}
