import ArgumentParser
import LaminaDiagnostics
import LaminaDiff

/// `render diff`: what a change does to the cluster.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare two states of what directories render to.",
    discussion: """
      A side is a directory with a kustomization file, a file of rendered YAML, - for standard input, \
      REVISION:PATH in a git repository, or a repository's address. With --base, the directories are \
      compared with their state at the merge base of the revision and HEAD. With --all, both sides are \
      trees of directories.

      The exit status is 0 if the sides are the same, 1 if they differ, and 2 or more on error.
      """)

  @Argument(
    help: ArgumentHelp(
      "The old and the new side; with --base, the directories.", valueName: "side"),
    completion: .file())
  var sides: [String] = []

  @Option(name: CommandFlag.diffBase.names, help: CommandFlag.diffBase.help)
  var base: String?

  @Flag(name: CommandFlag.diffAll.names, help: CommandFlag.diffAll.help)
  var all = false

  @Option(name: CommandFlag.diffFormat.names, help: CommandFlag.diffFormat.help)
  var format = DiffFormat.text

  @Option(
    name: CommandFlag.diffIgnore.names, parsing: .unconditionalSingleValue,
    help: CommandFlag.diffIgnore.help)
  var ignore: [String] = []

  @Flag(name: CommandFlag.diffShowSecrets.names, help: CommandFlag.diffShowSecrets.help)
  var showSecrets = false

  @Option(name: CommandFlag.diffColor.names, help: CommandFlag.diffColor.help)
  var color = ColorChoice.auto

  @Option(
    name: CommandFlag.diffOutput.names, help: CommandFlag.diffOutput.help, completion: .file())
  var output: String?

  @Option(name: CommandFlag.diagnostics.names, help: CommandFlag.diagnostics.help)
  var diagnostics = DiagnosticFormat.text

  @Option(name: CommandFlag.jobs.names, help: CommandFlag.jobs.help)
  var jobs: Int?

  @OptionGroup
  var flags: BuildFlags

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
    if base == nil, sides.count != 2 {
      throw ValidationError("two sides are needed, or --base with a revision")
    }
    if base != nil, all, sides.count > 1 {
      throw ValidationError("--base with --all takes one directory")
    }
    if base != nil, sides.contains("-") {
      throw ValidationError("standard input has no past: --base takes directories")
    }
    if sides.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("standard input can be one side only")
    }
    if format == .unified, !ignore.isEmpty {
      throw ValidationError(
        "--ignore cannot be used with --format unified: a patch without these changes does not apply"
      )
    }
    _ = try options()
  }

  func run() {
    do {
      let report = try report()
      try write(format.bytes(of: report, isColoured: color.isColoured(toFile: output != nil)))
      exitWithFailure(status: report.outcome.rawValue)
    } catch { fail(error, status: 2) }
  }

  private func report() throws -> DiffReport {
    var invocation = flags.invocation(jobs: jobs)
    // The two sides of a root, or as many roots as there are jobs.
    invocation.buildsAtOnce = all || sides.count > 2 ? invocation.jobCount : 2
    var finder = DiffRoots(invocation)
    defer { finder.release() }
    let roots = try roots(&finder)
    let output = DiagnosticOutput(diagnostics, invocation.project, roots: roots.map(\.name))
    return DiffRun(roots, jobs: invocation.jobCount, try options(), output).report()
  }

  private func options() throws -> Comparison.Options {
    var options = Comparison.Options()
    options.showsSecrets = showSecrets
    for text in ignore {
      do { options.ignored.append(try IgnoreRule(text)) } catch {
        throw ValidationError("--ignore \(text): \(error)")
      }
    }
    return options
  }

  private func roots(_ finder: inout DiffRoots) throws -> [DiffRoot] {
    if let base {
      return try all
        ? finder.below(sides.first ?? ".", since: base)
        : finder.named(sides.isEmpty ? ["."] : sides, since: base)
    }
    return try all ? finder.trees(sides[0], sides[1]) : finder.pair(sides[0], sides[1])
  }

  private func write(_ bytes: [UInt8]) throws {
    guard let output else { return try StandardOutput.write(bytes) }
    try OutputFile.write(bytes[...], to: output)
  }
}

/// In which form a report is printed.
enum DiffFormat: String, CaseIterable, ExpressibleByArgument {
  case text, unified, markdown, json, html

  func bytes(of report: DiffReport, isColoured: Bool) -> [UInt8] {
    switch self {
    case .text: TextReport.bytes(of: report, isColoured: isColoured)
    case .unified: UnifiedReport.bytes(of: report, isColoured: isColoured)
    case .markdown: MarkdownReport.bytes(of: report)
    case .json: JSONReport.bytes(of: report)
    case .html: HTMLReport.bytes(of: report)
    }
  }
}
