import ArgumentParser
import Lamina
import LaminaHost

/// `render lint`: what is wrong, or looks wrong, with kustomizations that render.
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Look for mistakes that kustomize passes over.",
    discussion: """
      Renders the directories, prints nothing of that, and reports what the rules find, each finding once \
      with the roots that it concerns. The status is 0 if there is none, 1 if there are findings at or above \
      --fail-level, and 2 if a directory does not render. Docs/LINT.md lists the rules.
      """)

  @OptionGroup
  var roots: RootArguments

  @Option(name: CommandFlag.lintDiagnostics.names, help: CommandFlag.lintDiagnostics.help)
  var diagnostics = LintFormat.text

  @Option(name: CommandFlag.lintFailLevel.names, help: CommandFlag.lintFailLevel.help)
  var failLevel = LintFailLevel.warning

  @OptionGroup
  var flags: BuildFlags

  func run() {
    var invocation = flags.invocation(of: roots)
    if roots.directory.isEmpty, roots.searchedDirectory == nil { invocation.directories = ["."] }
    let files = SharedFiles(DiskFileSystem())
    let names = invocation.roots(in: files)
    if names.isEmpty { fail(invocation.noRoots, status: LintStatus.failed) }
    invocation.buildsAtOnce = names.count
    var check = LintCheck(invocation, names, files)
    do { try check.run() } catch { fail(error, status: LintStatus.failed) }
    StandardOutput.print(diagnostics.text(of: check))
    if check.hasFailed { exitWithFailure(status: LintStatus.failed) }
    if check.findings.contains(where: { failLevel.includes($0.severity) }) {
      exitWithFailure(status: LintStatus.found)
    }
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
