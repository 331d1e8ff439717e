import ArgumentParser
import Lamina
import LaminaDiagnostics
import LaminaHost
import LaminaSchema

/// `render lint`: what is wrong, or looks wrong, with kustomizations that render.
struct LintCommand: ParsableCommand, BuildingCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: CommandPage.lint.abstract, discussion: CommandPage.lint.text)

  @OptionGroup
  var roots: RootArguments

  @Option(name: CommandFlag.diagnostics.names, help: CommandFlag.diagnostics.help)
  var diagnostics = DiagnosticFormat.text

  @Option(name: CommandFlag.lintFailLevel.names, help: CommandFlag.lintFailLevel.help)
  var failLevel = LintFailLevel.warning

  @Option(
    name: CommandFlag.lintBaseline.names, help: CommandFlag.lintBaseline.help, completion: .file())
  var baseline: String?

  @Flag(name: CommandFlag.lintUpdate.names, help: CommandFlag.lintUpdate.help)
  var update = false

  @Flag(name: CommandFlag.lintPrune.names, help: CommandFlag.lintPrune.help)
  var prune = false

  @Option(name: CommandFlag.lintSince.names, help: CommandFlag.lintSince.help)
  var since: String?

  @Flag(name: CommandFlag.lintFix.names, help: CommandFlag.lintFix.help)
  var fix = false

  @Flag(name: CommandFlag.lintUnsafeFixes.names, help: CommandFlag.lintUnsafeFixes.help)
  var unsafeFixes = false

  @Flag(name: CommandFlag.lintRules.names, help: CommandFlag.lintRules.help)
  var rules = false

  @Option(name: CommandFlag.lintExplain.names, help: CommandFlag.lintExplain.help)
  var explain: String?

  @Flag(name: CommandFlag.showSecrets.names, help: CommandFlag.showSecrets.help)
  var showSecrets = false

  @OptionGroup
  var flags: BuildFlags

  func validate() throws {
    if baseline == nil, update || prune {
      throw ValidationError("--\(update ? "update" : "prune") needs --baseline with a file")
    }
    if update, prune { throw ValidationError("--update and --prune exclude each other") }
    if since != nil, update || prune {
      throw ValidationError("--since leaves findings out, so that a baseline cannot be written")
    }
    if let explain, RuleText.rule(explain) == nil {
      throw ValidationError(RuleText.unknown(explain))
    }
  }

  func run() {
    if rules { return StandardOutput.print(RuleText.list) }
    if let rule = explain.flatMap({ RuleText.rule($0) }) {
      return StandardOutput.print(RuleText.page(of: rule))
    }
    do { try check() } catch { fail(error, status: LintStatus.failed) }
  }

  private func check() throws {
    var invocation = flags.invocation(of: roots)
    if roots.directory.isEmpty, !roots.search.all { invocation.directories = ["."] }
    let project = try Project.settings()
    let schemas = try SchemaRules(project)
    let files = SharedFiles(DiskFileSystem())
    let names = Self.distinct(invocation.roots(in: files))
    if names.isEmpty { fail(invocation.noRoots, status: LintStatus.failed) }
    invocation.buildsAtOnce = names.count
    if fix || unsafeFixes {
      try LintFixes(
        names, invocation, project, schemas, allowsChanges: unsafeFixes
      ).apply()
    }
    // Corrections need the lines as they are; findings go into logs that others read.
    invocation.options.hidesSecrets = !showSecrets
    // Files may have been corrected.
    let present = fix || unsafeFixes ? SharedFiles(DiskFileSystem()) : files
    var check = LintCheck(
      names, invocation.renderer(present, SharedAnswers(), project), of: present, project, schemas,
      jobs: invocation.jobCount)
    if let since {
      check.remove(try LintPast(since, invocation, project, schemas).check(names))
    }
    if let baseline { try use(BaselineFile(baseline), of: &check) }
    let output = DiagnosticOutput(diagnostics, project, roots: names)
    let listsErrorsOnly = diagnostics == .text && invocation.messages.isQuiet
    let findings = check.findings.map(\.diagnostic).filter {
      !listsErrorsOnly || $0.severity == .error
    }
    let report = output.report(check.failures + findings)
    try StandardOutput.write(output.standardOutput(report))
    output.appendSummary(report)
    if !check.failures.isEmpty { exitWithFailure(status: LintStatus.failed) }
    if check.findings.contains(where: { failLevel.includes($0.diagnostic.severity) }) {
      exitWithFailure(status: LintStatus.found)
    }
  }

  /// The roots, each once, and by one name however it was written: `./x` and `x/` are `x`.
  private static func distinct(_ names: [String]) -> [String] {
    var known: Set<ByteText> = []
    return names.map { name in
      (try? RepositoryAddress(name)) == nil ? Path.clean(name) : name
    }.filter { known.insert(Invocation.path(of: $0)).inserted }
  }

  private func use(_ file: BaselineFile, of check: inout LintCheck) throws {
    if update || prune { try InputPlaces(check.filesRead.sortedTexts).check(file.path) }
    if update {
      // What does not render has findings that are not seen, and would be forgotten.
      if check.failures.isEmpty {
        let before = try file.readIfPresent() ?? LintBaseline()
        try file.write(check.baseline.adding(before, where: check.covers))
      }
      return check.remove(check.baseline)
    }
    let known = try file.read()
    let current = known.limited(to: check.baseline, where: check.covers)
    if prune, current != known, check.failures.isEmpty { try file.write(current) }
    if !prune, current.total < known.total {
      let gone = known.total - current.total
      StandardError.warn(
        "note: \(gone) \(gone == 1 ? "finding" : "findings") of \(file.path) "
          + "\(gone == 1 ? "is" : "are") gone; --prune takes them out")
    }
    check.remove(known)
  }
}

/// The exit statuses of `lint`.
enum LintStatus {
  static let found: Int32 = 1
  static let failed: Int32 = 2
}

/// From which severity on findings make the status 1.
enum LintFailLevel: String, ExpressibleByArgument, CaseIterable {
  case error
  case warning
  case never

  func includes(_ severity: Diagnostic.Severity) -> Bool {
    switch self {
    case .error: severity == .error
    case .warning: severity != .note
    case .never: false
    }
  }
}
