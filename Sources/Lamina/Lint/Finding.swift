/// What a rule has found in one build.
struct Finding: Sendable {
  let problem: Problem
  let level: LintLevel
  /// An explanation rather than a mistake: it counts for no exit status.
  let isNote: Bool
  /// The entries of a kustomization that did nothing in this build, where the finding is about that: it is
  /// dropped if one of them did something in another build of the run.
  let idleEntries: [Position]
  /// The resource that the finding is about, as `Kind/name`.
  let object: String?
  /// The same resource by the name that its file gives it, which no prefix, suffix or hash changes.
  let writtenObject: String?

  var rule: DiagnosticID { problem.id }
}
