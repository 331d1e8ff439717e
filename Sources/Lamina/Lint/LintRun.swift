internal import Pattern

/// The findings of all builds of one call, put together.
///
/// An entry that did nothing is reported only if it did nothing in every build, what is found through several
/// roots once, and what a base lacks only if no overlay of the run includes the base.
package struct LintRun: Sendable {
  /// One finding of the run.
  package struct Finding: Sendable {
    /// With the severity and the roots that it has in the run.
    package let diagnostic: Diagnostic
    package let rule: DiagnosticID
    package let level: LintLevel
    /// The resource that it is about, as `Kind/name`.
    package let object: String?
    /// The same by the name that its file gives it.
    package let writtenObject: String?
  }

  private let rules: [Rule]
  private let settings: LintSettings
  /// Turns the path of a file or root, as messages have it, into its path from the project's directory.
  private let projectPath: @Sendable (String) -> String
  private let purpose: Lint.Purpose
  private let isStrict: Bool
  private var outcomes: [(outcome: LintOutcome, root: String)] = []

  /// - Parameters:
  ///   - rules: the rules that are asked.
  ///   - isStrict: findings that builds warn of are errors.
  package init(
    _ rules: [Rule], _ settings: LintSettings, for purpose: Lint.Purpose, isStrict: Bool = false,
    projectPath: @escaping @Sendable (String) -> String
  ) {
    self.rules = rules
    self.settings = settings
    self.purpose = purpose
    self.isStrict = isStrict
    self.projectPath = projectPath
  }

  /// Adds what the rules say of the build of a root.
  package mutating func add(_ outcome: LintOutcome, of root: String) {
    // A single build without findings says nothing, and a list of what it says costs it a hundredth.
    if outcome.isEmpty { return }
    outcomes.append((outcome, root))
  }

  /// The canonical paths of the files that the builds read.
  package var filesRead: Set<ByteText> { Set(texts: outcomes.flatMap(\.outcome.filesRead)) }

  /// The resources of the builds, as `Kind/name` with the names that their files give them.
  package var writtenObjects: Set<ByteText> {
    Set(texts: outcomes.flatMap(\.outcome.writtenObjects))
  }

  /// The findings in the order of roots and rules, each once.
  package var findings: [Finding] {
    if outcomes.isEmpty { return [] }
    let active = outcomes.reduce(into: Set<LintOutcome.EntryPlace>()) {
      $0.formUnion($1.outcome.activeEntries)
    }
    let included = outcomes.reduce(into: Set<ByteText>()) {
      $0.formUnion($1.outcome.includedDirectories)
    }
    var merged = MergedDiagnostics()
    var details: [Finding] = []
    for (outcome, root) in outcomes {
      let isIncluded = outcome.directory.map(included.contains) ?? false
      for entry in outcome.entries {
        if entry.silencedBy != nil { continue }
        if entry.idleEntries.contains(where: active.contains) { continue }
        if entry.isForRootsOnly, isIncluded { continue }
        guard let level = level(of: entry, in: root), let severity = severity(entry, level) else {
          continue
        }
        let diagnostic = entry.diagnostic.with(severity: severity)
        if merged.add(diagnostic, of: root) {
          details.append(
            Finding(
              diagnostic: diagnostic, rule: entry.rule, level: level, object: entry.object,
              writtenObject: entry.writtenObject))
        }
      }
    }
    addUnusedComments(to: &merged, &details)
    return zip(merged.all, details).map { diagnostic, detail in
      Finding(
        diagnostic: diagnostic, rule: detail.rule, level: detail.level, object: detail.object,
        writtenObject: detail.writtenObject)
    }
  }

  /// Adds the comments that silenced nothing in any build, except those for rules that were not asked.
  private func addUnusedComments(
    to merged: inout MergedDiagnostics, _ details: inout [Finding]
  ) {
    var used: Set<LintOutcome.Comment> = []
    for (outcome, _) in outcomes {
      for entry in outcome.entries {
        if let comment = entry.silencedBy { used.insert(outcome.comments[comment]) }
      }
    }
    for (outcome, root) in outcomes {
      for (comment, diagnostic) in zip(outcome.comments, outcome.unusedComments)
      where !used.contains(comment) && isAsked(comment.comment) && !isSilenced(comment, outcome) {
        let entry = LintOutcome.Entry(
          diagnostic: diagnostic, rule: .unusedIgnore, level: Rule.unusedIgnore.level,
          isNote: false, isForRootsOnly: false, idleEntries: [], object: nil,
          writtenObject: nil, silencedBy: nil)
        guard let level = level(of: entry, in: root), let severity = severity(entry, level),
          merged.add(diagnostic.with(severity: severity), of: root)
        else { continue }
        details.append(
          Finding(
            diagnostic: diagnostic, rule: entry.rule, level: level, object: nil,
            writtenObject: nil))
      }
    }
  }

  /// Whether another comment, or the comment itself, silences what would be said of a comment.
  private func isSilenced(_ comment: LintOutcome.Comment, _ outcome: LintOutcome) -> Bool {
    outcome.comments.contains { other in
      other.file.hasBytes(of: comment.file)
        && other.comment.rules.contains(Rule.unusedIgnore.id.rawValue)
        && (other.comment.subject ?? comment.comment.line) == comment.comment.line
        || other == comment && comment.comment.rules.contains(Rule.unusedIgnore.id.rawValue)
    }
  }

  /// Whether one of the rules that a comment names could have reported something.
  private func isAsked(_ comment: IgnoreComments.Comment) -> Bool {
    comment.rules.isEmpty
      || comment.rules.contains { word in
        guard let rule = rules.first(where: { $0.id.rawValue == word }) else { return true }
        let set = settings.rules.last { $0.rule == rule.id && $0.kind == nil }
        return (set?.level ?? rule.level) != .off
      }
  }

  // MARK: - Levels

  /// The level that the settings give a finding; nil where they take it away.
  private func level(of entry: LintOutcome.Entry, in root: String) -> LintLevel? {
    let paths = self.paths(of: entry, in: root)
    let isExcepted = settings.exceptions.contains { exception in
      exception.rule ?? entry.rule == entry.rule
        && exception.path.map { pattern in paths.contains { pattern.matches($0) } } ?? true
        && exception.object.map { pattern in entry.object.map { pattern.matches($0) } ?? false }
          ?? true
    }
    if isExcepted { return nil }
    var level = entry.level
    let byPath = settings.paths.filter { override in
      paths.contains { override.pattern.matches($0) }
    }
    for override in settings.rules + byPath.flatMap(\.overrides) where concerns(override, entry) {
      level = override.level
    }
    return level == .off ? nil : level
  }

  private func concerns(_ override: LintSettings.Override, _ entry: LintOutcome.Entry) -> Bool {
    guard override.rule == entry.rule else { return false }
    guard let kind = override.kind else { return true }
    return entry.object?.begins(with: "\(kind)/") ?? false
  }

  /// What patterns of the settings are compared with: the root, as its kustomization file, then the file.
  private func paths(of entry: LintOutcome.Entry, in root: String) -> [String] {
    let root = projectPath(root)
    let file = entry.diagnostic.location?.file ?? entry.diagnostic.file
    return [root, Path.join(root, KustomizationFile.names[0])]
      + (file.map { [projectPath($0)] } ?? [])
  }

  private func severity(_ entry: LintOutcome.Entry, _ level: LintLevel) -> Diagnostic.Severity? {
    if entry.isNote { return .note }
    switch purpose {
    case .build:
      guard level.concernsBuilds else { return nil }
      return isStrict && entry.rule.isRule ? .error : .warning
    case .lint: return level == .error ? .error : .warning
    }
  }
}
