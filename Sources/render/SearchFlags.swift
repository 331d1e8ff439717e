import ArgumentParser

/// How roots are found, and how many are rendered at once.
struct SearchFlags: ParsableArguments {
  @Flag(name: CommandFlag.all.names, help: CommandFlag.all.help)
  var all = false

  @Option(
    name: CommandFlag.exclude.names, parsing: .unconditionalSingleValue,
    help: CommandFlag.exclude.help)
  var exclude: [String] = []

  @Option(
    name: CommandFlag.jobs.names, parsing: .unconditional, help: CommandFlag.jobs.help)
  var jobs: Int?

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
  }
}
