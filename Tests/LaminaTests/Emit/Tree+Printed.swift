@testable import Lamina

extension Tree {
  /// The text of a value as a build prints it; the tree stays as it is.
  func printed(_ root: NodeID) throws(Problem) -> [UInt8] {
    var printer = TreePrinter(self)
    try printer.print(root)
    return printer.take()
  }

  /// The tree after a value has been printed.
  func settled(_ root: NodeID) throws(Problem) -> Tree {
    var printer = TreePrinter(self)
    try printer.print(root)
    return printer.tree
  }
}
