/// Reading a tree from another module, on a thread that need not be the build's.
extension Tree {
  /// The same tree, with the stack of the thread that asks as the limit of recursions.
  package func onThisThread() -> Tree {
    var tree = self
    tree.stack = .ofThread
    return tree
  }

  /// Whether a recursion may go one round deeper (see `StackLimit`).
  package var hasStackRoom: Bool { stack.hasRoom }
}
