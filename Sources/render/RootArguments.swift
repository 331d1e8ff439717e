import ArgumentParser

/// Which roots a command is about.
struct RootArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Directories with a kustomization file, on this machine or in a git repository.",
      discussion: "In a repository: https://github.com/org/repo//overlays/test?ref=v1"),
    completion: .directory)
  var directory: [String] = []

  @Option(
    name: .customLong("all"),
    help: ArgumentHelp(
      "Render every kustomization below this directory that no other one there includes.",
      valueName: "root"),
    completion: .directory)
  var searchedDirectory: String?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Number of directories to render in parallel (default: number of CPUs).",
      valueName: "number"))
  var jobs: Int?

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
  }
}
