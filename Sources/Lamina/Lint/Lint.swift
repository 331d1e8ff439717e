/// Asks the rules about builds.
///
/// A build reports what is wrong for certain or almost for certain; `lint` reports all that the settings do not
/// switch off, and asks also rules that read more than a build does.
package struct Lint: Sendable {
  /// What findings are for.
  package enum Purpose: Sendable {
    /// Warnings of a build.
    case build
    /// The findings of `lint`.
    case lint
  }

  private let rules: [Rule]
  private let settings: LintSettings
  private let purpose: Purpose

  /// - Parameter rules: which rules there are; those of the core are `Rule.all`.
  package init(_ rules: [Rule], _ settings: LintSettings, for purpose: Purpose) {
    self.rules = rules
    self.settings = settings
    self.purpose = purpose
  }

  /// Looks at one build.
  ///
  /// - Parameter isOneOfMany: other builds of the run may read the same files, so that places must be comparable.
  package func inspect(_ rendering: Rendering, isOneOfMany: Bool) -> LintOutcome {
    outcome(of: rendering, isOneOfMany: isOneOfMany, nil)
  }

  /// The same, ended from another thread: no rule is asked any more then.
  ///
  /// - Returns: nil if it was ended.
  package func inspect(
    _ rendering: Rendering, isOneOfMany: Bool, cancellation: CancellationToken
  ) -> LintOutcome? {
    let outcome = outcome(of: rendering, isOneOfMany: isOneOfMany, cancellation)
    return cancellation.isCancelled ? nil : outcome
  }

  private func outcome(
    of rendering: Rendering, isOneOfMany: Bool, _ cancellation: CancellationToken?
  ) -> LintOutcome {
    let build = InspectedBuild(rendering.stage, settings, cancellation: cancellation)
    var inspection = Inspection(build, isLint: purpose == .lint)
    // Through the storage, since a loop over the array would copy each of them.
    let rootsOnly = rules.withUnsafeBufferPointer { rules in
      for place in rules.indices where rules[place].scope == .build || rules[place].scope == .file {
        if asks(place), !build.isEnded { rules[place].inspect(&inspection) }
      }
      let start = inspection.findings.count
      for place in rules.indices where rules[place].scope == .root {
        if asks(place), !build.isEnded { rules[place].inspect(&inspection) }
      }
      return start..<inspection.findings.count
    }
    var outcome = LintOutcome()
    if build.isEnded { return outcome }
    let isQuiet = inspection.findings.isEmpty && rendering.warnings.isEmpty
    if isQuiet, !isOneOfMany, purpose == .build { return outcome }
    var writer = LintOutcomeWriter(build, readsAllComments: purpose == .lint)
    for (index, finding) in inspection.findings.enumerated() {
      writer.add(finding, isForRootsOnly: rootsOnly.contains(index), to: &outcome)
    }
    for warning in rendering.warnings { writer.add(warning, levels: self.rules, to: &outcome) }
    writer.sort(&outcome)
    if isOneOfMany || purpose == .lint { writer.addPlaces(to: &outcome) }
    if purpose == .lint {
      outcome.writtenObjects = build.resources.map { build.writtenName(of: $0) }
    }
    writer.finish(&outcome)
    return outcome
  }

  /// Renders a root and looks at it; of a root that does not render, at the kustomization files that the
  /// build has read.
  package func inspect(
    _ directory: String, displayPath: String, with renderer: Renderer
  ) -> (outcome: LintOutcome, rendering: Result<Rendering, Diagnostic>) {
    let log = renderer.makeLog()
    do {
      let rendering = try renderer.render(directory, displayPath: displayPath, log: log)
      var outcome = inspect(rendering, isOneOfMany: true)
      outcome.filesRead = log.paths
      return (outcome, .success(rendering))
    } catch {
      let root = UnbuiltRoot(
        log, root: directory, displayRoot: displayPath,
        hidesSecrets: renderer.options.hidesSecrets)
      var outcome = inspect(error, of: root)
      outcome.filesRead = log.paths
      return (outcome, .failure(error))
    }
  }

  /// Looks at a root that does not render: at what its build warned of, and for `lint` at its kustomizations.
  ///
  /// - Parameters:
  ///   - failure: why it does not render.
  ///   - root: what the build had read when it failed.
  package func inspect(_ failure: Diagnostic, of root: UnbuiltRoot) -> LintOutcome {
    var outcome = LintOutcome()
    if purpose == .build, failure.warnings.isEmpty { return outcome }
    guard let stage = root.stage(withFilesOf: failure.warnings) else { return outcome }
    let build = InspectedBuild(stage, settings)
    var inspection = Inspection(build, isLint: purpose == .lint)
    for place in rules.indices where rules[place].scope == .file && purpose == .lint {
      if asks(place) { rules[place].inspect(&inspection) }
    }
    var writer = LintOutcomeWriter(build, readsAllComments: purpose == .lint)
    for finding in inspection.findings {
      writer.add(finding, isForRootsOnly: false, to: &outcome)
    }
    for warning in failure.warnings { writer.add(warning, levels: rules, to: &outcome) }
    writer.sort(&outcome)
    // Which comments silence nothing is not known, since most rules were not asked.
    return outcome
  }

  /// Looks at a run whose builds have been added, and at the files beside what they read.
  ///
  /// - Parameters:
  ///   - listing: asked for only if a rule needs it.
  ///   - displayPath: what messages call a file of a canonical path.
  package func inspect(
    _ run: LintRun, _ listing: () -> RepositoryListing, in files: any FileSystem,
    displayPath: @escaping @Sendable (String) -> String
  ) -> LintOutcome {
    let asked = rules.indices.filter { rules[$0].scope == .run && asks($0) }.map { rules[$0] }
    if asked.isEmpty { return LintOutcome() }
    var inspection = RunInspection(
      read: run.filesRead, listing(), in: files, displayPath: displayPath)
    for rule in asked { rule.inspectRun(&inspection) }
    return inspection.outcome()
  }

  /// Whether a rule may have something to say: its own level is the most serious of what it finds, which
  /// settings can only change for all of it.
  private func asks(_ place: Int) -> Bool {
    let level = rules[place].level
    if purpose == .lint, level != .off { return true }
    if level.concernsBuilds { return true }
    let id = rules[place].id
    func isWanted(_ override: LintSettings.Override) -> Bool {
      override.rule == id
        && (purpose == .lint ? override.level != .off : override.level.concernsBuilds)
    }
    return settings.rules.contains(where: isWanted)
      || settings.paths.contains { $0.overrides.contains(where: isWanted) }
  }
}
