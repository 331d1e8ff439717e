package import Pattern

/// What `lamina.yaml` says of `render diff`.
///
///     diff:
///       ignore: [Secret, 'metadata.annotations["checksum/*"]']
///       exclude: [clusters/scratch/**]
package struct DiffSettings: Sendable {
  /// Changes that are not shown, as `--ignore` writes them.
  package private(set) var ignored: [String] = []
  /// Which roots are not compared, by their paths from the project's directory.
  package private(set) var excluded: [Glob] = []

  package init() {}

  init(_ node: NodeID, _ decoder: FieldDecoder) throws(Problem) {
    try decoder.fields(of: node, as: "diff") { (field: DiffField, value) throws(Problem) in
      let path = "diff.\(field.rawValue)"
      switch field {
      case .ignore: ignored = try decoder.entries(value, for: path).map(\.text)
      case .exclude: excluded = try GoldenSettings.globs(value, path, decoder)
      }
    }
  }
}
