/// One thing that `lint` looks for, and what a person is told about it.
///
/// Each rule is an extension in a file of its own in `Rules`, named after its id, with its words at the end
/// of the file. `RuleList` lists them all.
package struct Rule: Sendable {
  /// When a rule is asked.
  package enum Scope: Sendable {
    /// For each build.
    case build
    /// For each build, and for the kustomization files of one that fails: the rule asks for nothing else.
    case file
    /// For each build of a root that no other root of the run includes: what a base lacks, its overlays
    /// may add.
    case root
    /// Once, for all builds of a run together.
    case run
    /// Never: the reader or the build says it when it meets it.
    case reported
  }

  package let id: DiagnosticID
  /// The most serious level at which the rule reports; what it finds may be less serious.
  package let level: LintLevel
  package let scope: Scope
  /// What the rule finds, in one sentence without an end.
  package let summary: StaticString
  /// Why that is a mistake, with an example, in Markdown.
  package let page: StaticString
  /// Looks at a build, and reports what it finds. No method, since a call of one would copy the whole rule.
  let inspect: @Sendable (inout Inspection) -> Void
  /// Looks at a run, and reports what it finds.
  let inspectRun: @Sendable (inout RunInspection) -> Void

  package init(
    _ id: DiagnosticID, _ level: LintLevel, askedOnceFor scope: Scope = .build,
    summary: StaticString, page: StaticString,
    judge: @escaping @Sendable (inout Inspection) -> Void = { _ in }
  ) {
    self.id = id
    self.level = level
    self.scope = scope
    self.summary = summary
    self.page = page
    inspect = judge
    inspectRun = { _ in }
  }

  /// A rule that is asked once for a run.
  init(
    _ id: DiagnosticID, _ level: LintLevel, askedOnceFor scope: Scope = .run, summary: StaticString,
    page: StaticString, ofRun judge: @escaping @Sendable (inout RunInspection) -> Void
  ) {
    self.id = id
    self.level = level
    self.scope = scope
    self.summary = summary
    self.page = page
    inspect = { _ in }
    inspectRun = judge
  }
}
