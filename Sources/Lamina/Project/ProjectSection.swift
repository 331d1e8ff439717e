internal import Pattern

/// A section of `lamina.yaml`: a mapping with the fields of one command.
protocol ProjectSection {
  associatedtype Field: FieldSet

  /// What the section is called in the file.
  static var name: String { get }

  /// What holds where the file does not have the section.
  init()

  /// Takes the value of a field.
  ///
  /// - Parameter path: what messages call the field.
  mutating func read(
    _ field: Field, _ value: NodeID, _ path: String, _ decoder: FieldDecoder
  ) throws(Problem)
}

extension ProjectSection {
  init(_ node: NodeID, _ decoder: FieldDecoder) throws(Problem) {
    self.init()
    try decoder.fields(of: node, as: Self.name) { (field: Field, value) throws(Problem) in
      try read(field, value, "\(Self.name).\(field.rawValue)", decoder)
    }
  }
}

extension FieldDecoder {
  /// A path in or below the directory of `lamina.yaml`.
  func pathInProject(_ node: NodeID, for field: String) throws(Problem) -> Kustomization.Entry {
    let entry = try entry(node, for: field)
    guard Path.isLocal(entry.text) else { throw .notBelowProject(entry, field) }
    return Kustomization.Entry(text: Path.clean(entry.text), position: entry.position)
  }

  /// Patterns of such paths.
  func globs(_ node: NodeID, for field: String) throws(Problem) -> [Glob] {
    var globs: [Glob] = []
    try eachItem(of: node, for: field) { (item) throws(Problem) in
      globs.append(Glob(try pathInProject(item, for: field).text, separator: "/"))
    }
    return globs
  }
}

extension Problem {
  fileprivate static func notBelowProject(
    _ entry: Kustomization.Entry, _ field: String
  ) -> Problem {
    Problem(
      .projectPathOutside,
      "\(field): \"\(entry.text)\" is not a path in or below the directory of \(ProjectFile.name)",
      at: entry.position)
  }
}
