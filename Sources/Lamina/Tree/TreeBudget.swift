/// How large a build may become.
///
/// Small files can ask for results without end: each of forty patches that copies `/spec` into itself
/// doubles the object. kustomize goes on until its memory ends. A build ends with an error before that,
/// far beyond what a cluster takes (an object has at most 1.5 MiB there), and far below the 32 bits in
/// which nodes and text are counted.
struct TreeBudget: Sendable {
  /// The nodes that a tree may hold, those that are no longer used among them: 800 MB.
  var nodes = 1 << 25
  /// The bytes of all scalars.
  var text = 1 << 29
  /// The bytes that may be printed of a tree. Copies share their text, so that this is another matter.
  var output = 1 << 29
}

extension Tree {
  /// Throws where the tree has become too large, or has lost text because of that.
  ///
  /// Copies and readers of files ask as they go, since one of them may make any number of nodes. What else
  /// changes a tree adds little to what is there, and is asked after each step.
  ///
  /// - Parameters:
  ///   - position: what was being done.
  ///   - path: the file that asked for it, where there is no position.
  @inline(__always)
  func checkSize(
    at position: @autoclosure () -> Position, path: @autoclosure () -> String? = nil
  ) throws(Problem) {
    if nodes.count > budget.nodes || isTextLost { throw tooLarge(at: position(), path()) }
  }

  /// Throws where more has been printed than may be.
  @inline(__always)
  func checkOutput(_ count: Int, at position: @autoclosure () -> Position) throws(Problem) {
    if count > budget.output { throw tooMuchOutput(at: position()) }
  }

  @inline(never)
  private func tooLarge(at position: Position, _ path: String?) -> Problem {
    isTextLost
      ? .tooMuchText(budget.text, at: position, path: path)
      : .tooManyNodes(budget.nodes, at: position, path: path)
  }

  @inline(never)
  private func tooMuchOutput(at position: Position) -> Problem {
    .tooMuchOutput(budget.output, at: position)
  }
}

extension Problem {
  fileprivate static func tooManyNodes(
    _ most: Int, at position: Position, path: String?
  ) -> Problem {
    Problem(
      .tooLarge, "the build grows beyond \(most) values here", at: position, path: path,
      hint: "no cluster takes so much; does a step copy something into itself?")
  }

  static func tooMuchText(
    _ most: Int, at position: Position, path: String? = nil
  ) -> Problem {
    Problem(
      .tooLarge, "the build grows beyond \(most) bytes of text here", at: position, path: path,
      hint: "no cluster takes so much")
  }

  fileprivate static func tooMuchOutput(_ most: Int, at position: Position) -> Problem {
    Problem(
      .tooLarge, "the output grows beyond \(most) bytes here", at: position,
      hint: "no cluster takes so much")
  }

}
