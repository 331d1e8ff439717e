/// The file `lamina.yaml`, in which a repository says how it is worked with.
///
///     golden:
///       roots: [overlays/*, clusters/**]
///       directory: golden
///
/// It is read as a kustomization file is, with the same errors.
package struct ProjectFile: Sendable {
  package static let name = "lamina.yaml"

  package var golden = GoldenSettings()

  /// What is said where there is no such file.
  package init() {}

  /// - Parameter path: what messages call the file.
  package init(_ bytes: [UInt8], path: String) throws(Diagnostic) {
    var tree = Tree()
    var sources = SourceMap()
    let file = sources.add(path: path, bytes: bytes)
    do {
      let root = try YAMLReader.firstDocument(ofFile: file, into: &tree, sources: sources)
      try read(root, FieldDecoder(tree: tree, sources: sources))
    } catch { throw Diagnostic(error, in: sources) }
  }

  private mutating func read(_ root: NodeID?, _ decoder: FieldDecoder) throws(Problem) {
    guard let root, !decoder.tree.isNull(root) else { return }
    for field in try decoder.fields(of: root, as: Self.name, known: ["golden"]) {
      golden = try GoldenSettings(field.value, decoder)
    }
  }
}
