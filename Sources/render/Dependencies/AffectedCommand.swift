import ArgumentParser
import Lamina
import LaminaHost

/// `render affected`: the roots that a change has to do with.
struct AffectedCommand: ParsableCommand, BuildingCommand {
  static let configuration = CommandConfiguration(
    commandName: "affected",
    abstract: CommandPage.affected.abstract, discussion: CommandPage.affected.text)

  @OptionGroup
  var roots: RootArguments

  @Option(name: CommandFlag.affectedBase.names, help: CommandFlag.affectedBase.help)
  var base: String

  @Option(name: CommandFlag.affectedFormat.names, help: CommandFlag.affectedFormat.help)
  var format = Format.list

  @Flag(name: CommandFlag.affectedOmitRemoved.names, help: CommandFlag.affectedOmitRemoved.help)
  var omitRemoved = false

  @OptionGroup
  var shards: ShardFlags

  @OptionGroup
  var flags: BuildFlags

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case list, json
  }

  func run() {
    var invocation = flags.invocation(of: roots)
    if roots.directory.isEmpty { invocation.searchDirectories() }
    do {
      let affected = try AffectedRoots(invocation, base: base)
      let found = try affected.find(omitsRemoved: omitRemoved)
      print(try shards.choice.kept(found, in: affected.now))
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
