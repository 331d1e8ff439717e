import ArgumentParser
import Lamina
import LaminaDiagnostics

/// The command line in full.
struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: CommandPage.render.abstract,
    usage: CommandPage.render.usage.map { "render \($0)" }.joined(separator: "\n"),
    discussion: CommandPage.render.text,
    version: Version.text,
    subcommands: [
      BuildCommand.self, DiffCommand.self, DepsCommand.self, AffectedCommand.self,
      ExplainCommand.self, GoldenCommand.self, LintCommand.self,
      LSPCommand.self, MCPCommand.self, SchemaCommand.self,
      VersionCommand.self, WatchCommand.self, WorkerCommand.self,
    ] + KustomizeStubs.all,
    defaultSubcommand: BuildCommand.self)
}

struct BuildCommand: ParsableCommand, BuildingCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: CommandPage.build.abstract, discussion: CommandPage.build.text)

  @OptionGroup
  var roots: RootArguments

  @Option(name: CommandFlag.output.names, help: CommandFlag.output.help, completion: .file())
  var output: String?

  // kustomize hides the next two as well, and asks to use the kustomization instead.

  @Option(name: CommandFlag.reorder.names, help: CommandFlag.reorder.help)
  var reorder: String?

  @Flag(name: CommandFlag.managedByLabel.names, help: CommandFlag.managedByLabel.help)
  var enableManagedbyLabel = false

  /// Taken without effect: there is no stack of Go's to print.
  @Flag(name: CommandFlag.stackTrace.names, help: CommandFlag.stackTrace.help)
  var stackTrace = false

  @Option(name: CommandFlag.diagnostics.names, help: CommandFlag.diagnostics.help)
  var diagnostics = DiagnosticFormat.text

  @Flag(name: CommandFlag.strict.names, help: CommandFlag.strict.help)
  var strict = false

  @Option(name: CommandFlag.stdinAs.names, help: CommandFlag.stdinAs.help, completion: .file())
  var stdinAs: String?

  @Option(name: CommandFlag.depfile.names, help: CommandFlag.depfile.help, completion: .file())
  var depfile: String?

  @Option(name: CommandFlag.manifest.names, help: CommandFlag.manifest.help, completion: .file())
  var manifest: String?

  @Flag(name: CommandFlag.prune.names, help: CommandFlag.prune.help)
  var prune = false

  @OptionGroup
  var shards: ShardFlags

  @OptionGroup
  var flags: BuildFlags

  func validate() throws {
    if let reorder {
      try LegalValues.check(reorder, "--reorder", Reordering.allCases.map(\.rawValue))
    }
    if let complaint = records.complaint(output: output) { throw ValidationError(complaint) }
  }

  func run() { invocation.run() }

  private var records: RecordFlags {
    RecordFlags(depfile: depfile, manifest: manifest, prunes: prune)
  }

  /// What is to be done, as a common call says it.
  var invocation: Invocation {
    var invocation = flags.invocation(of: roots)
    invocation.output = output
    invocation.isStrict = strict
    invocation.standIn = stdinAs
    invocation.records = records
    invocation.shards = shards.choice
    invocation.diagnosticFormat = diagnostics
    if let order = reorder.flatMap({ Reordering(rawValue: $0) }) { invocation.reorder(order) }
    if enableManagedbyLabel { invocation.addManagedByLabel() }
    return invocation
  }
}

extension RenderCommand {
  /// Reads the arguments and does what they ask; exits with the parser's status where they make no sense.
  static func run(_ arguments: [String]) {
    do {
      let words = try normalized(arguments)
      HelpRequest(words[...])?.answer()
      var command = try parsed(words)
      (command as? any BuildingCommand)?.flags.messages.options.use()
      try command.run()
    } catch {
      let status = exitCode(for: error)
      if status.isSuccess {
        let text = fullMessage(for: error)
        StandardOutput.print(text.isEmpty ? "" : "\(text)\n")
      } else {
        complain(message(for: error), of: arguments)
      }
      exitWithFailure(status: status.rawValue)
    }
  }

  /// The command that some arguments ask for.
  ///
  /// Where the first of them names a command, that one alone is tried first: the parser sets up the flags of all
  /// commands that it is given, which costs a third of what 1,000 resources do. What it refuses, the parser of all
  /// commands complains of.
  private static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
    let named = configuration.subcommands.first {
      $0.configuration.commandName == arguments.first && $0.configuration.subcommands.isEmpty
    }
    if let named, let command = try? named.parseAsRoot(Array(arguments.dropFirst())) {
      return command
    }
    return try parseAsRoot(arguments)
  }

  /// What somebody wants who gives a flag of another command.
  private static func hint(for arguments: [String]) -> String? {
    let output = [CommandFlag.output.long, "-o"]
    guard arguments.first == GoldenCommand.configuration.commandName,
      arguments.contains(where: { output.contains($0) })
    else { return nil }
    return "golden files stand beside their roots, or in golden.directory of \(ProjectFile.name)"
  }

  private static func normalized(_ arguments: [String]) throws -> [String] {
    do { return try SwitchArguments(arguments).arguments } catch {
      throw ValidationError(error.message)
    }
  }

  /// Says what is wrong with the command line, and how the command is called.
  private static func complain(_ text: String, of arguments: [String]) {
    // The parser quotes arguments as they are: one with a line break would begin a line.
    let isOneLine = arguments.contains { $0.contains(where: \.isNewline) }
    let text = "error: " + text.prefix(1).lowercased() + text.dropFirst()
    let lines = isOneLine ? [text] : text.parts(at: "\n").map { String($0) }
    for line in lines { StandardError.say(line) }
    if let hint = hint(for: arguments) { StandardError.say("  \(hint)") }
    let page = CommandPage.page(for: arguments[...]) ?? .build
    for usage in page.usage { StandardError.say("usage: \(page.call(usage))") }
    StandardError.say("  `\(page.call("-h"))` lists the flags")
  }
}
