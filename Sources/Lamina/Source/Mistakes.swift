/// Collects what is wrong with pieces of work that do not depend on one another, so that one build
/// reports all of it.
///
///     var mistakes = Mistakes()
///     for entry in entries {
///       try mistakes.collect { () throws(Problem) in result.append(try read(entry)) }
///     }
///     try mistakes.check()
///
/// The first mistake is the one that the work would have ended with.
struct Mistakes {
  /// In the order in which they were met.
  private var problems: [Problem] = []
  private var count = 0

  /// More are not looked for: each takes a search of the file's text.
  private static let most = 1000

  var isEmpty: Bool { problems.isEmpty }

  /// Nothing more is to be collected: there are enough, or the build has met a limit, which the next
  /// piece of work would meet again.
  var isFull: Bool { count >= Self.most || problems.last?.isLimit == true }

  /// All that went wrong is that something was not found.
  var areMisses: Bool { problems.allSatisfy(\.isMiss) }

  /// A problem may bring others, which count as well.
  mutating func add(_ problem: Problem) {
    problems.append(problem)
    count += 1 + problem.others.count
  }

  mutating func add(_ others: Mistakes) {
    problems += others.problems
    count += others.count
  }

  /// Does a piece of work, and notes what is wrong with it.
  mutating func collect(_ work: () throws(Problem) -> Void) throws(Problem) {
    do { try work() } catch {
      add(error)
      if isFull { try check() }
    }
  }

  /// Gives what has been collected, and forgets it.
  mutating func take() -> [Problem] {
    defer { (problems, count) = ([], 0) }
    return problems
  }

  /// Throws what has been collected as one problem.
  func check() throws(Problem) {
    guard let first = problems.first else { return }
    throw first.joined(with: problems.dropFirst())
  }
}

extension Problem {
  /// A step has found nothing to change, or not the place that it was to change.
  fileprivate var isMiss: Bool {
    switch id {
    case .replicasWithoutResource, .jsonPatchKeyMissing, .jsonPatchPathMissing, .jsonPatchBadIndex,
      .jsonPatchTestFailed:
      true
    default: code == .noMatch
    }
  }
}
