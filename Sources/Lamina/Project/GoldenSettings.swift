package import Pattern

/// What `lamina.yaml` says of golden files.
package struct GoldenSettings: ProjectSection, Sendable {
  static let name = "golden"

  /// Which directories are meant, by their paths from the project's; nil is every kustomization that
  /// nothing else includes.
  package private(set) var roots: [Glob]?
  package private(set) var excluded: [Glob] = []
  /// The directory for all golden files, from the project's; nil keeps each in its root's directory.
  package private(set) var directory: String?
  /// What golden files in the directories of their roots are called, if not as usual.
  package private(set) var name: String?
  package private(set) var layout = GoldenLayout.file
  /// The values of secrets stand in golden files.
  package private(set) var showsSecrets = false

  package init() {}

  mutating func read(
    _ field: GoldenField, _ value: NodeID, _ path: String, _ decoder: FieldDecoder
  ) throws(Problem) {
    switch field {
    case .roots: roots = try decoder.globs(value, for: path)
    case .exclude: excluded = try decoder.globs(value, for: path)
    case .directory: directory = try decoder.pathInProject(value, for: path).text
    case .name: name = try Self.fileName(value, path, decoder)
    case .layout: layout = try Self.layout(value, path, decoder)
    case .showSecrets: showsSecrets = try decoder.bool(value, for: path)
    }
  }

  private static func fileName(
    _ node: NodeID, _ path: String, _ decoder: FieldDecoder
  ) throws(Problem) -> String {
    let entry = try decoder.entry(node, for: path)
    let isPath = entry.text.utf8.contains(UInt8(ascii: "/"))
    guard !isPath, !["", ".", ".."].contains(entry.text) else { throw .notAName(entry, path) }
    return entry.text
  }

  private static func layout(
    _ node: NodeID, _ path: String, _ decoder: FieldDecoder
  ) throws(Problem) -> GoldenLayout {
    let entry = try decoder.entry(node, for: path)
    guard let known = GoldenLayout(rawValue: entry.text) else { throw .unknownLayout(entry, path) }
    return known
  }

  /// Whether a root may have a golden file.
  ///
  /// - Parameter path: its path from the project's directory.
  package func covers(_ path: String) -> Bool {
    (roots?.contains { $0.matches(path) } ?? true) && !excluded.contains { $0.matches(path) }
  }
}

extension Problem {
  fileprivate static func notAName(_ entry: Kustomization.Entry, _ field: String) -> Problem {
    Problem(
      .goldenNameNotAFile, "\(field): \"\(entry.text)\" is not the name of a file",
      at: entry.position)
  }

  fileprivate static func unknownLayout(_ entry: Kustomization.Entry, _ field: String) -> Problem {
    let known = GoldenLayout.allCases.map(\.rawValue)
    let words = known.map { "\"\($0)\"" }.joined(separator: " or ")
    return Problem(
      .unknownGoldenLayout, "\(field) must be \(words), not \"\(entry.text)\"", at: entry.position,
      hint: Suggestion.nearest(to: entry.text, among: known).map { "did you mean \"\($0)\"?" })
  }
}
