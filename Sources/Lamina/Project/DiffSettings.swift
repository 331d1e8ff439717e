package import Pattern

/// What `lamina.yaml` says of `render diff`.
///
///     diff:
///       ignore: [Secret, 'metadata.annotations["checksum/*"]']
///       exclude: [clusters/scratch/**]
package struct DiffSettings: ProjectSection, Sendable {
  static let name = "diff"

  /// Changes that are not shown, as `--ignore` writes them.
  package private(set) var ignored: [String] = []
  /// Which roots are not compared, by their paths from the project's directory.
  package private(set) var excluded: [Glob] = []

  package init() {}

  mutating func read(
    _ field: DiffField, _ value: NodeID, _ path: String, _ decoder: FieldDecoder
  ) throws(Problem) {
    switch field {
    case .ignore: ignored = try decoder.strings(value, for: path)
    case .exclude: excluded = try decoder.globs(value, for: path)
    }
  }
}
