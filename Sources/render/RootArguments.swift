import ArgumentParser

/// Which roots a command is about.
struct RootArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Directories with a kustomization file, on this machine or in a git repository.",
      discussion: "In a repository: https://github.com/org/repo//overlays/test?ref=v1"),
    completion: .directory)
  var directory: [String] = []

  @Flag(name: CommandFlag.all.names, help: CommandFlag.all.help)
  var all = false

  @Option(
    name: CommandFlag.exclude.names, parsing: .unconditionalSingleValue,
    help: CommandFlag.exclude.help)
  var exclude: [String] = []

  @Option(name: CommandFlag.jobs.names, help: CommandFlag.jobs.help)
  var jobs: Int?

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
  }
}
