import ArgumentParser
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

  @Option(
    help: ArgumentHelp(
      "Compare with where this branch, tag or commit was left.", valueName: "revision"))
  var base: String?

  @Flag(help: "Compare every directory below the sides that no other one there includes.")
  var all = false

  @Option(help: "How to print the differences: text, unified, markdown, json or html.")
  var format = DiffFormat.text

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A field whose changes are left out, as metadata.labels; repeatable.", valueName: "path"))
  var ignore: [String] = []

  @Flag(help: "Show the values of secrets.")
  var showSecrets = false

  @Option(help: "Colours of text and unified: auto, which is on a terminal, always or never.")
  var color = ColorChoice.auto

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Write to this file.", valueName: "path"), completion: .file())
  var output: String?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Number of directories to render in parallel (default: number of CPUs).",
      valueName: "number"))
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
    return DiffRun(roots, jobs: invocation.jobCount, try options()).report()
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
