/// The outcome of a build.
public struct Rendering: Sendable {
  /// One resource as it is printed.
  public struct Document: Sendable {
    /// The name of the file when each resource is written to one of its own.
    public let fileName: String
    /// Where the YAML of the resource stands in `Rendering.bytes`.
    public let range: Range<Int>
  }

  /// All resources as one stream of YAML, with `---` between them.
  public let bytes: [UInt8]
  /// The resources in the order of the stream.
  public let documents: [Document]
  /// What does not stop the build, in the order in which it was met.
  public let warnings: [Diagnostic]

  init(_ resources: Resources, _ workspace: Workspace) throws(Problem) {
    var printer = TreePrinter(workspace.tree)
    var documents: [Document] = []
    documents.reserveCapacity(resources.count)
    let names = FileNames.names(of: resources, symbols: workspace.tree.symbols)
    for (index, resource) in resources.all.enumerated() {
      if index > 0 { printer.printSeparator() }
      let start = printer.output.count
      try printer.print(resource.root)
      documents.append(Document(fileName: names[index], range: start..<printer.output.count))
    }
    bytes = printer.take()
    self.documents = documents
    warnings = workspace.warnings.map {
      Diagnostic($0, severity: .warning, in: workspace.sources)
    }
  }
}
