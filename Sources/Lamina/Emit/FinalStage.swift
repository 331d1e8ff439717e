/// The end of a build, kept for those who ask what a resource is and where its fields come from.
final class FinalStage: Sendable {
  /// Settled, as far as it belongs to the resources.
  let tree: Tree
  /// The order of keys, for those who print a resource again.
  let ranks: KeyRanks
  let sources: SourceMap
  let resources: [Resource]
  /// All resources as one stream, and where each stands in it.
  let bytes: [UInt8]
  let ranges: [Range<Int>]
  /// For each resource the document that holds it and nothing else; empty for what a build made.
  let written: [ArraySlice<UInt8>?]

  init(
    _ settled: SettledResources, _ workspace: Workspace, written: [ArraySlice<UInt8>?] = []
  ) throws(Problem) {
    let resources = settled.resources
    ranks = settled.ranks
    self.written = written
    var printer = TreePrinter(workspace.tree, ranks)
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(resources.count)
    for root in resources.roots {
      try Cancellation.check()
      if !ranges.isEmpty { printer.printSeparator() }
      let start = printer.count
      try printer.print(root)
      ranges.append(start..<printer.count)
    }
    tree = workspace.tree
    sources = workspace.sources
    self.resources = resources.all
    bytes = printer.take()
    self.ranges = ranges
  }

  func location(of node: NodeID) -> Diagnostic.Location? {
    sources.place(of: tree.position(node)).map {
      Diagnostic.Location(file: $0.path, line: $0.line, column: $0.column)
    }
  }
}
