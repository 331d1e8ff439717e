import ArgumentParser

/// What the commands have in common that render roots and report of them.
struct ReportFlags: ParsableArguments {
  @Flag(name: CommandFlag.all.names, help: CommandFlag.all.help)
  var all = false

  @Option(
    name: CommandFlag.exclude.names, parsing: .unconditionalSingleValue,
    help: CommandFlag.exclude.help)
  var exclude: [String] = []

  @Option(name: CommandFlag.jobs.names, help: CommandFlag.jobs.help)
  var jobs: Int?

  @Flag(name: CommandFlag.showSecrets.names, help: CommandFlag.showSecrets.help)
  var showSecrets = false

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
  }
}
