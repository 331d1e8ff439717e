import ArgumentParser
import Lamina
import LaminaExplain
import LaminaHost

/// `render explain`: where values come from, and what changed them on the way.
struct ExplainCommand: ParsableCommand, BuildingCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: CommandPage.explain.abstract, discussion: CommandPage.explain.text)

  @Argument(
    help: ArgumentHelp(
      "A directory with a kustomization file, then objects and fields; with --from, directories."))
  var words: [String] = []

  @Option(name: CommandFlag.explainNamespace.names, help: CommandFlag.explainNamespace.help)
  var namespace: String?

  @Option(name: CommandFlag.explainKind.names, help: CommandFlag.explainKind.help)
  var kind: [String] = []

  @Flag(name: CommandFlag.explainDeep.names, help: CommandFlag.explainDeep.help)
  var deep = false

  @Option(
    name: CommandFlag.explainFrom.names, help: CommandFlag.explainFrom.help, completion: .file())
  var from: String?

  @Option(name: CommandFlag.explainFormat.names, help: CommandFlag.explainFormat.help)
  var format = ExplainFormat.text

  @Option(
    name: CommandFlag.explainOutput.names, help: CommandFlag.explainOutput.help,
    completion: .file())
  var output: String?

  @OptionGroup
  var report: ReportFlags

  @OptionGroup
  var flags: BuildFlags

  func validate() throws {
    if let from {
      if LineArgument(from) == nil {
        throw ValidationError("--from \(from): expected FILE:LINE or FILE:LINE:COLUMN")
      }
      if deep || !kind.isEmpty || namespace != nil {
        throw ValidationError("--from looks at all objects, in whole")
      }
      if format == .html { throw ValidationError("--from has no --format html") }
    }
    if format == .html, report.search.all, output == nil {
      throw ValidationError("--format html of several roots needs --output with a directory")
    }
  }

  func run() {
    do {
      if let line = from.flatMap({ LineArgument($0) }) { return try explain(line) }
      try explain()
    } catch { fail(error, status: ExplainStatus.failed) }
  }

  // MARK: - Values

  private func explain() throws {
    var rest = words[...]
    var invocation = flags.invocation(jobs: report.search.jobs)
    let isDirectory = rest.first.map { Self.isDirectory($0) } ?? false
    if !isDirectory, !report.search.all, let word = rest.first { Self.refuseMistyped(word) }
    invocation.directories = [isDirectory ? rest.removeFirst() : "."]
    if report.search.all { invocation.searchDirectories() }
    var run = run(&invocation, SharedFiles(DiskFileSystem()))
    run.hasDirectory = isDirectory || report.search.all
    let request = ExplainRequest(
      words: Array(rest), kinds: kind, namespace: namespace, isDeep: deep, format: format)
    run.explain(request)
    if format == .html {
      try ExplainPages(run, output: output, isSite: report.search.all).write()
    } else if !run.explanations.isEmpty || format == .json {
      try write(format.bytes(of: run.explanations, isColoured: isColoured), of: run)
    }
    run.complain(noted: request)
  }

  /// The roots of an invocation, to be rendered with their changes.
  private func run(_ invocation: inout Invocation, _ files: SharedFiles) -> ExplainRun {
    invocation.options.recordsChanges = true
    invocation.options.hidesSecrets = !report.showSecrets
    invocation.exclusion.patterns = report.search.exclude
    let names = invocation.roots(in: files)
    if names.isEmpty { fail(invocation.noRoots, status: ExplainStatus.failed) }
    invocation.buildsAtOnce = names.count
    return ExplainRun(
      names, invocation.renderer(files, SharedAnswers()), jobs: invocation.jobCount,
      showsSecrets: report.showSecrets)
  }

  private static func isDirectory(_ word: String) -> Bool {
    OutputFile.isDirectory(word) || (try? RepositoryAddress(word)) != nil
      || (ObjectQuery(word) == nil && FieldQuery(word)?.firstKey.map { $0 == word } != true)
      || word.begins(with: ".") || word.begins(with: "/")
  }

  /// Ends where a word is nearly a directory, and there is nothing here whose object it could be.
  private static func refuseMistyped(_ word: String) {
    let here = DiskFileSystem.workingDirectory
    if Renderer.hasKustomization(here, in: DiskFileSystem()) { return }
    let parent = Path.directory(word)
    let names = DirectorySearch.names(in: parent).filter {
      OutputFile.isDirectory(Path.join(parent, $0))
    }
    guard let name = Suggestion.nearest(to: Path.lastPart(word), among: names) else { return }
    fail(
      "error: there is no directory \"\(word)\"; did you mean \"\(Path.join(parent, name))\"?",
      status: ExplainStatus.failed)
  }

  private var isColoured: Bool { flags.messages.color.isColoured(toFile: output != nil) }

  private func write(_ bytes: [UInt8], of run: ExplainRun) throws {
    guard let output else { return try StandardOutput.write(bytes) }
    try run.inputs.check(output)
    try OutputFile.write(bytes[...], to: output)
  }

  // MARK: - Lines

  private func explain(_ line: LineArgument) throws {
    var invocation = flags.invocation(jobs: report.search.jobs)
    invocation.directories = words
    let files = SharedFiles(DiskFileSystem())
    let here = DiskFileSystem.workingDirectory
    if report.search.all || (words.isEmpty && !Renderer.hasKustomization(here, in: files)) {
      invocation.searchDirectories()
    } else if words.isEmpty {
      invocation.directories = ["."]
    }
    if !OutputFile.exists(line.file) {
      fail("\(line.file): error: no such file", status: ExplainStatus.failed)
    }
    var run = run(&invocation, files)
    let reached = run.reach(of: line)
    switch format {
    case .json: try write(JSONExplanation.bytes(of: reached), of: run)
    case .text, .html:
      try write(Array(ReachText.text(of: reached, isColoured: isColoured).utf8), of: run)
    }
    if run.hasFailed { exitWithFailure(status: ExplainStatus.failed) }
    if reached.roots.isEmpty { exitWithFailure(status: ExplainStatus.nothing) }
  }
}

/// The exit statuses of `explain`.
enum ExplainStatus {
  static let nothing: Int32 = 1
  static let failed: Int32 = 2
}

extension ExplainFormat: ExpressibleByArgument {}
