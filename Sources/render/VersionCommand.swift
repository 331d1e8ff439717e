import ArgumentParser
import Lamina

/// `render version`, in the words of `kustomize version`: tools that call this command as kustomize ask
/// for it, to know which flags they may pass. What Lamina's own version is, `--version` says.
struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version",
    abstract: CommandPage.version.abstract, discussion: CommandPage.version.text)

  enum Format: String, ExpressibleByArgument, CaseIterable { case yaml, json }

  /// kustomize puts braces around its short form, and has deprecated it. Who asks for it (Argo CD does)
  /// takes the braces off again.
  @Flag(name: CommandFlag.versionShort.names, help: CommandFlag.versionShort.help)
  var short = false

  @Option(name: CommandFlag.versionOutput.names, help: CommandFlag.versionOutput.help)
  var output: Format?

  func validate() throws {
    if short, output != nil { throw ValidationError("--short and --output exclude each other") }
  }

  func run() {
    switch output {
    case nil: print(Version.kustomize)
    case .yaml: print(Provenance.yaml)
    case .json: print(Provenance.json)
    }
  }
}
