import ArgumentParser
import LaminaDiagnostics

/// `render golden`: files that hold what roots render, so that changes show.
struct GoldenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "golden",
    abstract: CommandPage.golden.abstract, discussion: CommandPage.golden.text,
    subcommands: [GoldenUpdateCommand.self, GoldenCheckCommand.self])
}

struct GoldenUpdateCommand: ParsableCommand, BuildingCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: CommandPage.goldenUpdate.abstract, discussion: CommandPage.goldenUpdate.text)

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

struct GoldenCheckCommand: ParsableCommand, BuildingCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: CommandPage.goldenCheck.abstract, discussion: CommandPage.goldenCheck.text)

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
