@testable import Lamina

extension Tree {
  /// The text of a value as a build prints it; the tree stays as it is.
  func printed(_ root: NodeID) throws(Problem) -> [UInt8] {
    var tree = self
    var settling = Settling(tree)
    try settling.settle(root, in: &tree)
    var printer = TreePrinter(tree, settling.ranks)
    try printer.print(root)
    return printer.take()
  }
}
