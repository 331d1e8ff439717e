package import Pattern

/// The file `lamina.yaml`, in which a repository says how it is worked with.
///
///     compat: next
///     golden:
///       roots: [overlays/*, clusters/**]
///       directory: golden
///
/// It is read as a kustomization file is, with the same errors.
package struct ProjectFile: Sendable {
  package static let name = "lamina.yaml"

  /// `exclude`: which roots no command finds below a directory, by their paths from the project's directory.
  package private(set) var excluded: [Glob] = []
  package private(set) var diff = DiffSettings()
  package private(set) var golden = GoldenSettings()
  package private(set) var lint = LintSettings()
  /// `compat`: which kustomize builds equal; nil where the file does not say.
  package private(set) var compatibility: Compatibility?

  /// What is said where there is no such file.
  package init() {}

  /// - Parameters:
  ///   - path: what messages call the file.
  ///   - words: what they call the options of the call; nil is as a library call knows them.
  package init(
    _ bytes: [UInt8], path: String, optionWords words: CallOption.Words? = nil
  ) throws(Diagnostic) {
    var tree = Tree()
    var sources = SourceMap()
    if let words { sources.optionWords = words }
    let file = sources.add(path: path, bytes: bytes)
    do {
      let root = try YAMLReader.firstDocument(ofFile: file, into: &tree, sources: sources)
      try read(root, FieldDecoder(tree: tree, sources: sources))
    } catch { throw Diagnostic(error, in: sources) }
  }

  private mutating func read(_ root: NodeID?, _ decoder: FieldDecoder) throws(Problem) {
    guard let root, !decoder.tree.isNull(root) else { return }
    try decoder.fields(of: root, as: Self.name) { (field: ProjectField, value) throws(Problem) in
      switch field {
      case .compat: compatibility = try Self.compatibility(value, decoder)
      case .diff: diff = try DiffSettings(value, decoder)
      case .exclude: excluded = try decoder.globs(value, for: field.rawValue)
      case .golden: golden = try GoldenSettings(value, decoder)
      case .lint: lint = try LintSettings(value, decoder)
      }
    }
  }

  private static func compatibility(
    _ node: NodeID, _ decoder: FieldDecoder
  ) throws(Problem) -> Compatibility {
    let entry = try decoder.entry(node, for: "compat")
    guard let known = Compatibility(rawValue: entry.text) else { throw .unknownVersion(entry) }
    return known
  }
}

extension Problem {
  fileprivate static func unknownVersion(_ entry: Kustomization.Entry) -> Problem {
    let known = Compatibility.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
    return Problem(
      .unknownCompat, "compat must be \(known), not \"\(entry.text)\"", at: entry.position)
  }
}
