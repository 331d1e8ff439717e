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
  private var problems: [Problem] = []

  var isEmpty: Bool { problems.isEmpty }

  mutating func add(_ problem: Problem) { problems.append(problem) }

  mutating func add(_ others: Mistakes) { problems += others.problems }

  /// Does a piece of work, and notes what is wrong with it. A limit of the build ends the collecting:
  /// it would be met again by the next piece.
  mutating func collect(_ work: () throws(Problem) -> Void) throws(Problem) {
    do { try work() } catch {
      problems.append(error)
      if error.isLimit { try check() }
    }
  }

  /// Throws what has been collected as one problem.
  func check() throws(Problem) {
    guard let first = problems.first else { return }
    throw first.joined(with: problems.dropFirst())
  }
}
