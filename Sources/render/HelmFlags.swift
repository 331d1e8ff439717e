import ArgumentParser
import Lamina

/// The flags for charts, named as those of `kustomize build`. Common calls read them without the parser
/// (`HelmOption`).
struct HelmFlags: ParsableArguments {
  @Flag(name: CommandFlag.enableHelm.names, help: CommandFlag.enableHelm.help)
  var enableHelm = false

  @Option(name: CommandFlag.helmCommand.names, help: CommandFlag.helmCommand.help)
  var helmCommand = HelmOptions().command

  @Option(
    name: CommandFlag.helmAPIVersions.names, parsing: .unconditionalSingleValue,
    help: CommandFlag.helmAPIVersions.help)
  var helmApiVersions: [String] = []

  @Option(
    name: CommandFlag.helmKubeVersion.names, parsing: .unconditional,
    help: CommandFlag.helmKubeVersion.help)
  var helmKubeVersion = ""

  @Flag(name: CommandFlag.helmDebug.names, help: CommandFlag.helmDebug.help)
  var helmDebug = false

  var options: HelmOptions {
    var options = HelmOptions()
    options.isEnabled = enableHelm
    options.command = helmCommand
    options.apiVersions = helmApiVersions
    options.kubeVersion = helmKubeVersion
    options.debug = helmDebug
    return options
  }
}
