public import ArgumentParser
import Lamina
import LaminaDiagnostics
public import LaminaDiff
import LaminaHost
import Pattern

/// `render diff`: what a change does to the cluster.
struct DiffCommand: ParsableCommand, BuildingCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: CommandPage.diff.abstract, discussion: CommandPage.diff.text)

  @Argument(
    help: ArgumentHelp(
      "The old and the new side; with --base, the directories.", valueName: "side"),
    completion: .file())
  var sides: [String] = []

  @Option(name: CommandFlag.diffBase.names, help: CommandFlag.diffBase.help)
  var base: String?

  /// Not shown: `render mcp` names its workspace.
  @Option(name: CommandFlag.diffWithin.names, help: CommandFlag.diffWithin.help)
  var within: String?

  @Flag(name: CommandFlag.diffAffected.names, help: CommandFlag.diffAffected.help)
  var affected = false

  @Option(name: CommandFlag.diffFormat.names, help: CommandFlag.diffFormat.help)
  var format = DiffFormat.text

  @Option(
    name: CommandFlag.diffIgnore.names, parsing: .unconditionalSingleValue,
    help: CommandFlag.diffIgnore.help)
  var ignore: [String] = []

  @Option(name: CommandFlag.diffTitle.names, help: CommandFlag.diffTitle.help)
  var title: String?

  @Option(
    name: CommandFlag.diffContext.names, parsing: .unconditional,
    help: CommandFlag.diffContext.help)
  var context = DiffReport.usualContext

  @Option(name: CommandFlag.diffLinkBase.names, help: CommandFlag.diffLinkBase.help)
  var linkBase: String?

  @Option(
    name: CommandFlag.diffOutput.names, help: CommandFlag.diffOutput.help, completion: .file())
  var output: String?

  @Option(name: CommandFlag.diagnostics.names, help: CommandFlag.diagnostics.help)
  var diagnostics = DiagnosticFormat.text

  @OptionGroup
  var report: ReportFlags

  @OptionGroup
  var flags: BuildFlags

  func validate() throws {
    if base == nil, sides.count != 2 {
      throw ValidationError("two sides are needed, or --base with a revision")
    }
    if affected, base == nil { throw ValidationError("--affected is for --base") }
    if !(0...10_000).contains(context) {
      throw ValidationError("--context must be a number of lines from 0 to 10000")
    }
    if let linkBase {
      if format != .html { throw ValidationError("--link-base is for --format html") }
      // Other schemes could run something in the reader's browser.
      guard ["https://", "http://"].contains(where: { linkBase.begins(with: $0) }) else {
        throw ValidationError("--link-base must begin with https:// or http://")
      }
    }
    if base != nil, report.search.all, sides.count > 1 {
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
    _ = try ownRules()
  }

  func run() {
    do {
      let result = try compare()
      let isColoured = flags.messages.color.isColoured(toFile: output != nil)
      try write(format.bytes(of: result, isColoured: isColoured))
      exitWithFailure(status: result.outcome.rawValue)
    } catch { fail(error, status: 2) }
  }

  private func compare() throws -> DiffReport {
    var invocation = flags.invocation(jobs: report.search.jobs)
    invocation.options.hidesSecrets = !report.showSecrets
    invocation.territory = within
    let project = invocation.project
    // The two sides of a root, or as many roots as there are jobs.
    invocation.buildsAtOnce = report.search.all || sides.count > 2 ? invocation.jobCount : 2
    var finder = DiffRoots(invocation)
    defer { finder.release() }
    var exclusion = RootExclusion(settings: project.file.diff.excluded)
    exclusion.patterns = report.search.exclude
    let found = try roots(&finder)
    let roots = exclusion.kept(found, project.file, in: project.directory) { ($0.name, $0.path) }
    let output = DiagnosticOutput(diagnostics, project, roots: roots.map(\.name))
    let run = DiffRun(
      roots, jobs: invocation.jobCount, try options(project), output, SelectorWarning(project))
    // Of roots that are left out nobody knows what they read.
    var result = try run.report(
      roots.count == found.count ? finder.changedFiles : nil, writtenTo: self.output)
    result.title = title
    result.contextLines = context
    if let linkBase {
      result.links = FileSource.links(
        base: linkBase, old: finder.sources.old, new: finder.sources.new)
    }
    return result
  }

  private func options(_ project: Project.Settings) throws -> DiffRun.Options {
    var options = DiffRun.Options()
    options.comparison.showsSecrets = report.showSecrets
    options.comparison.contextLines = context
    options.omitsUnaffected = affected
    options.isOfTree = report.search.all
    options.comparison.ignored = try ownRules()
    options.ownRuleCount = options.comparison.ignored.count
    // A patch without these changes would not apply.
    if format == .unified { return options }
    for text in project.file.diff.ignored {
      do { options.comparison.ignored.append(try IgnoreRule(text)) } catch {
        throw DiffFailure("\(ProjectFile.name): diff.ignore: \(text): \(error)")
      }
    }
    return options
  }

  private func ownRules() throws -> [IgnoreRule] {
    try ignore.map { text in
      do { return try IgnoreRule(text) } catch {
        throw ValidationError("--ignore \(text): \(error)")
      }
    }
  }

  private func roots(_ finder: inout DiffRoots) throws -> [DiffRoot] {
    if let base {
      return try report.search.all
        ? finder.below(sides.first ?? ".", since: base)
        : finder.named(sides.isEmpty ? ["."] : sides, since: base)
    }
    return try report.search.all
      ? finder.trees(sides[0], sides[1]) : finder.pair(sides[0], sides[1])
  }

  private func write(_ bytes: [UInt8]) throws {
    guard let output else { return try StandardOutput.write(bytes) }
    try OutputFile.write(bytes[...], to: output)
  }
}

/// In which form a report is printed.
typealias DiffFormat = ManifestDiff.Format

extension ManifestDiff.Format: ExpressibleByArgument {}
