/// A look at the text of a kustomization file that is to be edited.
package enum KustomizationCheck {
  /// Throws where the text is not YAML, or has a field that kustomize does not know or of another type.
  ///
  /// - Parameters:
  ///   - path: what messages call the file.
  ///   - hidesSecrets: messages show no values of Secrets.
  package static func check(
    _ bytes: [UInt8], path: String, hidesSecrets: Bool = false
  ) throws(Diagnostic) {
    var tree = Tree()
    var sources = SourceMap()
    sources.hidesSecrets = hidesSecrets
    let file = sources.add(path: path, bytes: bytes)
    do {
      let root = try YAMLReader.firstDocument(ofFile: file, into: &tree, sources: sources)
      try Kustomization.checkFields(of: root, tree: tree, sources: sources)
    } catch { throw Diagnostic(error, in: sources) }
  }
}
