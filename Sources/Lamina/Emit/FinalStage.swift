/// The end of a build, kept for those who ask what a resource is and where its fields come from.
final class FinalStage: Sendable {
  /// Settled, as far as it belongs to the resources.
  let tree: Tree
  /// The order of keys, for those who print a resource again.
  ///
  /// Computed once by the printer and kept, as it compares all keys of the build.
  let ranks: KeyRanks
  /// The files, to turn positions into lines and columns.
  let sources: SourceMap
  /// In the order of the stream.
  let resources: [Resource]
  /// All resources as one stream.
  let bytes: [UInt8]
  /// Where each resource stands in it. Not ranges: a list of them has Swift look through all conformances of
  /// the program first, which is a tenth of a small build.
  private let extents: [Extent]
  /// All layers of the build, children before parents; none where objects were rendered without one.
  let layers: [Layer]
  /// What the rules judge beside the layers and the resources.
  ///
  /// Entries of kustomizations that changed nothing.
  let idleEntries: [IdleEntry]
  /// Objects of `transformers` and `generators` as they were read.
  let configuredObjects: [ConfiguredObject]
  /// Includes what files of `openapi` say.
  let schema: Schema
  /// For each resource the document that holds it and nothing else; empty for what a build made.
  let written: [ArraySlice<UInt8>?]

  /// Offsets in `bytes`, without the separator before.
  private struct Extent {
    private(set) var start: Int
    private(set) var end: Int

    mutating func move(by count: Int) {
      start += count
      end += count
    }
  }

  /// Prints the resources. The tree of the workspace is used up.
  init(
    _ resources: Resources, _ workspace: inout Workspace, layers: [Layer] = [],
    written: [ArraySlice<UInt8>?] = []
  ) throws(Problem) {
    self.written = written
    self.layers = layers
    idleEntries = workspace.idleEntries
    configuredObjects = workspace.configuredObjects
    schema = workspace.schema
    // With a second holder, the tree would be copied when the first value is settled.
    var printer = TreePrinter(workspace.tree.take())
    var extents: [Extent] = []
    extents.reserveCapacity(resources.count)
    do {
      for root in resources.roots {
        try Cancellation.check(workspace.watch)
        if !extents.isEmpty { printer.printSeparator() }
        let start = printer.count
        try printer.print(root)
        extents.append(Extent(start: start, end: printer.count))
      }
    } catch {
      // What the message must not quote is in the tree, which is gone with the printer.
      workspace.sources = workspace.sources.hidingSecrets(of: printer.tree)
      throw error
    }
    self.tree = printer.tree
    ranks = printer.ranks
    sources = workspace.sources
    self.resources = resources.all
    bytes = printer.take()
    self.extents = extents
  }

  /// The end of another build, with some of its resources in another state. The tree of the workspace, which holds all
  /// of them, is used up.
  ///
  /// - Parameter resources: by their places in the stream.
  init(
    _ old: FinalStage, exchanging resources: [Int: Resource], _ workspace: inout Workspace,
    layers: [Layer]
  ) throws(Problem) {
    written = old.written
    self.layers = layers
    (idleEntries, configuredObjects) = (old.idleEntries, old.configuredObjects)
    (schema, sources) = (workspace.schema, workspace.sources)
    var printer = TreePrinter(workspace.tree.take())
    var all = old.resources
    var bytes: [UInt8] = []
    bytes.reserveCapacity(old.bytes.count + old.bytes.count / 64 + 4096)
    var extents = old.extents
    // The first byte of the old stream that is not taken over yet, and how far the rest has moved.
    var (next, shift, unmoved) = (0, 0, 0)
    for (place, resource) in resources.sorted(by: { $0.key < $1.key }) {
      let extent = old.extents[place]
      bytes += old.bytes[next..<extent.start]
      for index in unmoved..<place { extents[index].move(by: shift) }
      let start = bytes.count
      try printer.print(resource.root)
      bytes += printer.take()
      extents[place] = Extent(start: start, end: bytes.count)
      (next, shift, unmoved) = (extent.end, bytes.count - extent.end, place + 1)
      all[place] = resource
    }
    bytes += old.bytes[next...]
    if shift != 0 { for index in unmoved..<extents.count { extents[index].move(by: shift) } }
    tree = printer.tree
    ranks = printer.ranks
    (self.resources, self.bytes, self.extents) = (all, bytes, extents)
  }

  /// Where a resource stands in `bytes`.
  ///
  /// - Parameter place: its place among the resources.
  func range(of place: Int) -> Range<Int> { extents[place].start..<extents[place].end }

  /// Where a node was written, through all edits back to a file; nil where no file holds it.
  func location(of node: NodeID) -> Diagnostic.Location? {
    sources.place(of: tree.position(node)).map {
      Diagnostic.Location(file: $0.path, line: $0.line, column: $0.column)
    }
  }
}
