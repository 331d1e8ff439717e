import ArgumentParser
import LaminaDiagnostics

/// `render golden`: files that hold what roots render, so that changes show.
struct GoldenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "golden",
    abstract: "Write what directories render to golden files, or check it against them.",
    discussion: """
      A golden file stands in its directory, as golden.yaml, unless lamina.yaml says otherwise: \
      Docs/GOLDEN.md. Without directories, all of the repository are meant.
      """,
    subcommands: [GoldenUpdateCommand.self, GoldenCheckCommand.self])
}

struct GoldenUpdateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Write the golden files, and remove those of which there is no root any more.")

  @OptionGroup
  var roots: RootArguments

  @OptionGroup
  var secrets: SecretFlags

  @OptionGroup
  var flags: BuildFlags

  func run() {
    do {
      let hasFailed = try GoldenUpdate(flags.invocation(of: roots), secrets).run()
      if hasFailed { exitWithFailure(status: 2) }
    } catch { fail(error, status: 2) }
  }
}

struct GoldenCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Render again, and show what differs from the golden files.",
    discussion: """
      Exit status 0: every golden file is as rendered; 1: some differ, are missing, or have no root; \
      2: something does not render.
      """)

  @OptionGroup
  var roots: RootArguments

  @Option(name: CommandFlag.goldenCheckFormat.names, help: CommandFlag.goldenCheckFormat.help)
  var format = Format.text

  @Option(name: CommandFlag.diagnostics.names, help: CommandFlag.diagnostics.help)
  var diagnostics = DiagnosticFormat.text

  @OptionGroup
  var secrets: SecretFlags

  @OptionGroup
  var flags: BuildFlags

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, junit
  }

  func run() {
    do {
      var invocation = flags.invocation(of: roots)
      invocation.diagnosticFormat = diagnostics
      let results = try GoldenCheck(invocation, secrets).run()
      let text =
        switch format {
        case .text: GoldenReport.text(of: results)
        case .junit: JUnitReport.text(of: results)
        }
      StandardOutput.print(text, statusOfFailure: 2)
      let status = results.map(\.status).max() ?? 0
      if status != 0 { exitWithFailure(status: status) }
    } catch { fail(error, status: 2) }
  }
}
