import ArgumentParser
import Lamina

/// The command line in full.
struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Render a directory of kustomization files into one stream of YAML.",
    discussion: """
      Prints what `kustomize build DIR` prints, byte for byte.
      """,
    version: Version.text,
    subcommands: [BuildCommand.self],
    defaultSubcommand: BuildCommand.self)
}

struct BuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Render a directory (the default command).")

  @Argument(
    help: "The directory with the kustomization file.", completion: .directory)
  var directory = "."

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Write to this file; if it is a directory, write one file for each resource.",
      valueName: "path"),
    completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Which files kustomizations may read: those in or below their directory, or any.",
      valueName: "restriction"))
  var loadRestrictor = LoadRestriction.rootOnly.rawValue

  func validate() throws {
    guard LoadRestriction(rawValue: loadRestrictor) == nil else { return }
    let legal = LoadRestriction.allCases.map(\.rawValue).joined(separator: ", ")
    throw ValidationError(
      "illegal flag value --load-restrictor \(loadRestrictor); legal values: \(legal)")
  }

  func run() {
    var invocation = Invocation()
    invocation.directory = directory
    invocation.output = output
    invocation.options.loadRestriction = LoadRestriction(rawValue: loadRestrictor) ?? .rootOnly
    invocation.run()
  }
}

extension RenderCommand {
  /// Reads the arguments and does what they ask; exits.
  static func runFromCommandLine() { main() }
}
