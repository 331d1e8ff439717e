import ArgumentParser
import Lamina

/// The flags for charts, named as those of `kustomize build`. Common calls read them without the parser
/// (`HelmOption`).
struct HelmFlags: ParsableArguments {
  @Flag(help: "Let kustomizations run helm, which may download charts.")
  var enableHelm = false

  @Option(help: ArgumentHelp("The path or the name of helm.", valueName: "program"))
  var helmCommand = HelmOptions().command

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "An API version that charts find in the cluster; repeatable.", valueName: "version"))
  var helmApiVersions: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The version of Kubernetes that charts find.", valueName: "version"))
  var helmKubeVersion = ""

  @Flag(help: "Show what helm did when it fails.")
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
