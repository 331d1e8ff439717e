/// How large a build may become.
///
/// Small files can ask for results without end: each of forty patches that copies `/spec` into itself
/// doubles the object. kustomize goes on until its memory ends. A build ends with an error before that,
/// far beyond what a cluster takes (an object has at most 1.5 MiB there), and far below the 32 bits in
/// which nodes and text are counted.
///
/// In few bytes: a tree is copied where it is handed to calls that are not inlined, and beyond 128 bytes
/// each such copy is a call itself.
struct TreeBudget: Sendable {
  /// The nodes that a tree may hold, those that are no longer used among them: 800 MB. None once text has
  /// been lost, so that there is one thing to ask.
  private(set) var nodes: UInt32
  /// The bytes of all scalars, and those that may be printed: copies share their text, so that these are
  /// two matters.
  var bytes: UInt32 { bytesAndCaller & ~Self.ofCaller }
  /// The caller has asked for the nodes to be so few.
  var isOfCaller: Bool { bytesAndCaller & Self.ofCaller != 0 }
  /// The bytes, of which there are fewer, leave the highest bit for the caller.
  private let bytesAndCaller: UInt32
  private static var ofCaller: UInt32 { 1 << 31 }

  init(nodes: UInt32 = 1 << 25, bytes: UInt32 = 1 << 29, isOfCaller: Bool = false) {
    self.nodes = nodes
    bytesAndCaller = min(bytes, Self.ofCaller - 1) | (isOfCaller ? Self.ofCaller : 0)
  }

  /// Text did not fit, and was left out.
  var isTextLost: Bool { nodes == 0 }

  mutating func noteLostText() { nodes = 0 }
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
    if nodes.count > Int(budget.nodes) {
      throw budget.exceeded(at: position(), path())
    }
  }

  /// Throws where more has been printed than may be.
  @inline(__always)
  func checkOutput(_ count: Int, at position: @autoclosure () -> Position) throws(Problem) {
    if count > Int(budget.bytes) { throw budget.exceededByOutput(at: position()) }
  }
}

// Of the budget and not of the tree, which each call would have to copy.
extension TreeBudget {
  @inline(never)
  fileprivate func exceeded(at position: Position, _ path: String?) -> Problem {
    if isTextLost { return .tooMuchText(bytes, at: position, path: path) }
    return isOfCaller
      ? .nodeLimit(nodes, at: position, path: path) : .tooManyNodes(nodes, at: position, path: path)
  }

  @inline(never)
  fileprivate func exceededByOutput(at position: Position) -> Problem {
    .tooMuchOutput(bytes, at: position)
  }
}

extension Problem {
  fileprivate static func nodeLimit(
    _ most: UInt32, at position: Position, path: String?
  ) -> Problem {
    Problem(.nodeLimit, "the build grows beyond \(most) values here", at: position, path: path)
  }

  fileprivate static func tooManyNodes(
    _ most: UInt32, at position: Position, path: String?
  ) -> Problem {
    Problem(
      .tooManyValues, "the build grows beyond \(most) values here", at: position, path: path,
      hint: "no cluster takes so much; does a step copy something into itself?")
  }

  static func tooMuchText(
    _ most: UInt32, at position: Position, path: String? = nil
  ) -> Problem {
    Problem(
      .tooMuchText, "the build grows beyond \(most) bytes of text here", at: position, path: path,
      hint: "no cluster takes so much")
  }

  fileprivate static func tooMuchOutput(_ most: UInt32, at position: Position) -> Problem {
    Problem(
      .tooMuchOutput, "the output grows beyond \(most) bytes here", at: position,
      hint: "no cluster takes so much")
  }
}
