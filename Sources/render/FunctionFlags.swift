import ArgumentParser
import Lamina
import LaminaHost

/// The flags for programs of the user's, named as those of `kustomize build`.
struct FunctionFlags: ParsableArguments {
  @Flag(name: CommandFlag.enablePlugins.names, help: CommandFlag.enablePlugins.help)
  var enableAlphaPlugins = false

  @Flag(name: CommandFlag.enableExec.names, help: CommandFlag.enableExec.help)
  var enableExec = false

  @Flag(name: CommandFlag.network.names, help: CommandFlag.network.help)
  var network = false

  @Option(name: CommandFlag.networkName.names, help: CommandFlag.networkName.help)
  var networkName = "bridge"

  @Option(
    name: CommandFlag.mount.names, parsing: .unconditionalSingleValue, help: CommandFlag.mount.help)
  var mount: [String] = []

  @Option(
    name: CommandFlag.env.names, parsing: .unconditionalSingleValue, help: CommandFlag.env.help)
  var env: [String] = []

  @Flag(name: CommandFlag.asCurrentUser.names, help: CommandFlag.asCurrentUser.help)
  var asCurrentUser = false

  @Option(
    name: CommandFlag.functionTimeout.names, parsing: .unconditional,
    help: CommandFlag.functionTimeout.help)
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
