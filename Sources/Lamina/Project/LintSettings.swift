package import Pattern

/// What `lamina.yaml` says of the rules: levels, and findings that are not reported.
///
///     lint:
///       kubernetes: "1.33"
///       crds: [crds]
///       rules: {hash-disabled: warning, dangling-reference/Secret: warning, placeholder: off}
///       paths: {"clusters/prod/**": {placeholder: error}}
///       ignore: [{rule: duplicate-env, object: Deployment/web, reason: read twice on purpose}]
package struct LintSettings: ProjectSection, Sendable {
  static let name = "lint"

  /// A level for a rule, or for what it says of one kind of objects.
  package struct Override: Sendable {
    package let rule: DiagnosticID
    /// The kind behind the slash of `dangling-reference/Secret`; nil where all kinds are meant.
    package let kind: String?
    package let level: LintLevel
  }

  /// Levels for the roots and files that a pattern matches.
  package struct PathOverride: Sendable {
    package let pattern: Glob
    package let overrides: [Override]
  }

  /// Findings that are not reported: those for which all conditions hold that are given.
  package struct Exception: Sendable {
    package fileprivate(set) var rule: DiagnosticID?
    package fileprivate(set) var path: Glob?
    /// Matched against `Kind/name`.
    package fileprivate(set) var object: Glob?
  }

  /// A text of the file that other modules judge, and where it stands.
  package struct Entry: Sendable {
    package let text: String
    package let location: Diagnostic.Location?
  }

  /// The version of Kubernetes that objects are checked against, such as `1.33`; nil is any that the table
  /// of facts has.
  package private(set) var kubernetes: Entry?
  /// Directories with definitions of custom resources, by their paths from the project's directory.
  package private(set) var definitionDirectories: [Entry] = []
  package private(set) var rules: [Override] = []
  package private(set) var paths: [PathOverride] = []
  package private(set) var exceptions: [Exception] = []

  package init() {}

  mutating func read(
    _ field: LintField, _ value: NodeID, _ path: String, _ decoder: FieldDecoder
  ) throws(Problem) {
    switch field {
    case .kubernetes: kubernetes = try Self.version(value, path, decoder)
    case .crds:
      try decoder.eachItem(of: value, for: path) { (item) throws(Problem) in
        let entry = try decoder.pathInProject(item, for: path)
        definitionDirectories.append(Entry(entry.text, at: entry.position, in: decoder))
      }
    case .rules: rules = try Self.overrides(value, path, decoder)
    case .paths:
      try decoder.eachField(of: value, for: path) { (key, value) throws(Problem) in
        paths.append(
          PathOverride(
            pattern: Glob(key.text, separator: "/"),
            overrides: try Self.overrides(value, "\(path).\(key.text)", decoder)))
      }
    case .ignore:
      try decoder.eachItem(of: value, for: path) { (item) throws(Problem) in
        exceptions.append(try Self.exception(item, path, decoder))
      }
    }
  }

  /// A version without quotes is a number, of which the digits count: `1.30` is not `1.3`.
  private static func version(
    _ node: NodeID, _ path: String, _ decoder: FieldDecoder
  ) throws(Problem) -> Entry {
    let entry = decoder.word(node)
    let parts = entry.text.parts(at: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ UInt16($0) != nil }) else {
      throw .notAVersion(entry, path)
    }
    return Entry(entry.text, at: entry.position, in: decoder)
  }

  private static func exception(
    _ node: NodeID, _ path: String, _ decoder: FieldDecoder
  ) throws(Problem) -> Exception {
    var exception = Exception()
    try decoder.fields(of: node, as: path) { (field: LintIgnoreField, value) throws(Problem) in
      let entry = try decoder.entry(value, for: "\(path).\(field.rawValue)")
      switch field {
      case .rule: exception.rule = try rule(entry)
      case .path: exception.path = Glob(entry.text, separator: "/")
      case .object: exception.object = Glob(entry.text)
      case .reason: break
      }
    }
    // An entry that says nothing would take all findings away.
    if exception.rule == nil, exception.path == nil, exception.object == nil {
      throw .exceptionWithoutCondition(path, at: decoder.tree.position(node))
    }
    return exception
  }

  // MARK: - Levels

  private static func overrides(
    _ node: NodeID, _ path: String, _ decoder: FieldDecoder
  ) throws(Problem) -> [Override] {
    var result: [Override] = []
    try decoder.eachField(of: node, for: path) { (key, value) throws(Problem) in
      let parts = key.text.parts(at: "/", maxSplits: 1, omittingEmptySubsequences: false)
      let name = Kustomization.Entry(
        text: parts.first.map { String($0) } ?? "", position: key.position)
      result.append(
        Override(
          rule: try rule(name), kind: parts.count > 1 ? String(parts[1]) : nil,
          level: try level(value, "\(path).\(key.text)", decoder)))
    }
    return result
  }

  /// `off` is a boolean to YAML 1.1, and is read as the word it was written as.
  private static func level(
    _ node: NodeID, _ path: String, _ decoder: FieldDecoder
  ) throws(Problem) -> LintLevel {
    let entry = decoder.word(node)
    guard let level = LintLevel(rawValue: entry.text) else { throw .unknownLevel(entry, path) }
    return level
  }

  private static func rule(_ entry: Kustomization.Entry) throws(Problem) -> DiagnosticID {
    guard let id = DiagnosticID(rawValue: entry.text), id.isRule else { throw .unknownRule(entry) }
    return id
  }
}

extension LintSettings.Entry {
  fileprivate init(_ text: String, at position: Position, in decoder: FieldDecoder) {
    self.text = text
    location = decoder.sources.place(of: position).map {
      Diagnostic.Location(file: $0.path, line: $0.line, column: $0.column)
    }
  }
}

extension Problem {
  fileprivate static func notAVersion(_ entry: Kustomization.Entry, _ field: String) -> Problem {
    Problem(
      .unknownKubernetesVersion, "\(field): \"\(entry.text)\" is no version such as 1.33",
      at: entry.position)
  }

  static func unknownRule(_ entry: Kustomization.Entry) -> Problem {
    let known = DiagnosticID.allCases.filter(\.isRule).map(\.rawValue)
    return Problem(
      .unknownRule, "there is no rule \"\(entry.text)\"", at: entry.position,
      hint: Suggestion.nearest(to: entry.text, among: known).map { "did you mean \"\($0)\"?" },
      option: .ruleNames)
  }

  fileprivate static func unknownLevel(_ entry: Kustomization.Entry, _ field: String) -> Problem {
    let known = LintLevel.allCases.map(\.rawValue)
    return Problem(
      .unknownLintLevel,
      "\(field) must be error, warning, lint or off, not \"\(entry.text)\"", at: entry.position,
      hint: Suggestion.nearest(to: entry.text, among: known).map { "did you mean \"\($0)\"?" })
  }

  fileprivate static func exceptionWithoutCondition(
    _ field: String, at position: Position
  ) -> Problem {
    Problem(
      .lintExceptionWithoutCondition, "an entry of \(field) needs a rule, a path or an object",
      at: position)
  }
}
