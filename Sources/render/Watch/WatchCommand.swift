import ArgumentParser
import Lamina
import LaminaHost

/// `render watch`: renders again whatever a change reaches.
struct WatchCommand: ParsableCommand, BuildingCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: CommandPage.watch.abstract, discussion: CommandPage.watch.text)

  @OptionGroup
  var roots: RootArguments

  @Option(
    name: CommandFlag.watchOutput.names, help: CommandFlag.watchOutput.help, completion: .file())
  var output: String?

  @Option(name: CommandFlag.watchExec.names, help: CommandFlag.watchExec.help)
  var exec: String?

  @OptionGroup
  var flags: BuildFlags

  func validate() throws {
    if exec?.isEmpty == true { throw ValidationError("--exec needs a command") }
  }

  func run() {
    var invocation = flags.invocation(of: roots)
    if roots.directory.isEmpty, !roots.search.all { invocation.directories = ["."] }
    if let address = roots.directory.first(where: { (try? RepositoryAddress($0)) != nil }) {
      fail("error: \(AddressUser.masked(address)): only directories of this machine can be watched")
    }
    do {
      let place = try output.map { path throws(OutputFailure) in
        try WatchOutput(path, holdsOne: !roots.search.all && invocation.directories.count == 1)
      }
      var run = WatchRun(invocation, writingTo: place, exec: exec)
      run.run()
    } catch { fail(error) }
  }
}
