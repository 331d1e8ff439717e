import Lamina
import LaminaDiff
import Synchronization

/// Remembers which ignore rules have led anywhere in a run of several threads.
final class RuleUse: Sendable {
  private let search: RuleSearch
  private let unused: Mutex<Set<Int>>

  init(_ rules: [IgnoreRule]) {
    search = RuleSearch(rules)
    unused = Mutex(Set(rules.indices))
  }

  /// Looks for the rules that have not been found yet.
  func look(in side: Comparison.Side) {
    guard case .rendered(let rendering) = side.content else { return }
    let wanted = unused.withLock { $0 }
    if wanted.isEmpty { return }
    let found = search.found(wanted, in: rendering)
    unused.withLock { $0.subtract(found) }
  }

  /// The places of the rules that led nowhere.
  var unusedRules: [Int] { unused.withLock { $0.sorted() } }
}
