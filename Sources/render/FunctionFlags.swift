import ArgumentParser
import Lamina
import LaminaHost

/// The flags for programs of the user's, named as those of `kustomize build`.
struct FunctionFlags: ParsableArguments {
  @Flag(help: "Run functions in containers, plugins, and helm.")
  var enableAlphaPlugins = false

  @Flag(
    help: """
      With --enable-alpha-plugins, also run functions that are programs of this machine. Not for \
      configurations that you do not trust.
      """)
  var enableExec = false

  @Flag(help: "Let containers reach the network if they ask for it.")
  var network = false

  @Option(
    help: ArgumentHelp("Has no effect, as in kustomize.", valueName: "name", visibility: .hidden))
  var networkName = "bridge"

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "What containers see of this machine, as type=bind,source=PATH,target=PATH; repeatable.",
      valueName: "mount"))
  var mount: [String] = []

  @Option(
    name: [.customShort("e", allowingJoined: true), .long], parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A variable for functions, as NAME=VALUE; repeatable.", valueName: "variable")
  )
  var env: [String] = []

  @Flag(help: "Run containers as the user and group that run this command, not as nobody.")
  var asCurrentUser = false

  @Option(
    help: ArgumentHelp(
      "Stop a function or a plugin after this time; 0 lets it run.", valueName: "seconds"))
  var functionTimeout = 600.0

  func validate() throws {
    guard functionTimeout >= 0 else {
      throw ValidationError("--function-timeout must not be below 0")
    }
  }

  var options: FunctionOptions {
    var options = FunctionOptions()
    options.isEnabled = enableAlphaPlugins
    options.allowsPrograms = enableExec
    options.allowsNetwork = network
    options.mounts = mount
    options.environment = env
    if asCurrentUser { options.containerUser = MachineHost.currentUser }
    options.timeLimit = functionTimeout > 0 ? functionTimeout : nil
    return options
  }
}
