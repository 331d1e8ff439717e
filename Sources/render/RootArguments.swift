import ArgumentParser

/// Which roots a command is about.
struct RootArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Directories with a kustomization file, on this machine or in a git repository.",
      discussion: "In a repository: https://github.com/org/repo//overlays/test?ref=v1"),
    completion: .directory)
  var directory: [String] = []

  @OptionGroup
  var search: SearchFlags
}
