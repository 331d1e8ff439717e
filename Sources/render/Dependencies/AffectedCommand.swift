import ArgumentParser
import Lamina
import LaminaHost

/// `render affected`: the roots that a change has to do with.
struct AffectedCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "affected",
    abstract: "Print the directories whose inputs changed since a git revision.",
    discussion: """
      The inputs are all files that a build reads, and all paths that it looks for and does not find. \
      They are compared with their state at the merge base of the revision and HEAD. Without \
      directories, all roots below the working directory are examined.
      """)

  @OptionGroup
  var roots: RootArguments

  @Option(
    help: ArgumentHelp("A branch, a tag or a commit, such as origin/main.", valueName: "revision"))
  var base: String

  @Option(help: "How to print them: list, or json for an array of strings on one line.")
  var format = Format.list

  @Flag(help: "Leave out those that are not there any more.")
  var omitRemoved = false

  @OptionGroup
  var flags: BuildFlags

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case list, json
  }

  func run() {
    var invocation = flags.invocation(of: roots)
    if roots.directory.isEmpty, roots.searchedDirectory == nil {
      invocation.searchedDirectory = "."
    }
    do {
      let affected = try AffectedRoots(invocation, base: base)
      print(try affected.find(omitsRemoved: omitRemoved))
    } catch { fail(error, status: 2) }
  }

  private func print(_ names: [String]) {
    switch format {
    case .list: StandardOutput.print(names.map { "\($0)\n" }.joined(), statusOfFailure: 2)
    case .json:
      let texts = names.map(\.inJSON).joined(separator: ",")
      StandardOutput.print("[\(texts)]\n", statusOfFailure: 2)
    }
  }
}
