import Lamina
import LaminaDiagnostics
import LaminaHost

/// What one call of the command is to do.
struct Invocation {
  /// The directories that were named; none is the working directory.
  var directories: [String] = []
  /// Below these directories, everything that nothing else includes is rendered.
  private(set) var searchedDirectories: [String] = []
  /// Which of the roots that are found below directories are left out.
  var exclusion = RootExclusion()
  /// How much is said on the way, and in which colours.
  var messages = MessageOptions()
  /// How many roots are rendered at once; nil is as many as there are processors.
  var jobs: Int?
  var jobCount: Int { jobs ?? ParallelWork.processorCount }
  /// An empty path is none, as with kubectl: `-o "$OUT"` prints where the variable is not set.
  var output: String? {
    didSet { if output?.isEmpty == true { output = nil } }
  }
  /// What is fetched is kept for builds to come.
  var keepsFetched = true
  /// How many seconds a server may say nothing; nil is as long as the host thinks fit.
  var timeout: Double?
  var options = RenderOptions.ofCommand
  /// Which kustomize to equal; nil where no flag says so.
  var compatibility: Compatibility?
  /// How many builds run at once: together they may run as many programs as there are jobs.
  var buildsAtOnce = 1
  /// Warnings of flags that kustomize asks people to move away from.
  private var deprecations: [String] = []
  /// How errors and warnings are printed.
  var diagnosticFormat = DiagnosticFormat.text
  /// The file for which standard input stands in.
  var standIn: String?
  /// What is said of the outputs.
  var records = RecordFlags()
  /// Which part of the roots is rendered.
  var shards = ShardChoice()
  /// What rules warn of ends the call.
  var isStrict = false
  /// What a revision is rendered from lies in or below this directory, by its canonical path; nil is anywhere.
  var territory: String?
  /// Errors begin with `Error:`, for callers that look for that.
  var speaksAsKustomize = false

  init() {}

  /// Reads the arguments of a common call; nil where the full parser must look at them.
  init?(common arguments: ArraySlice<String>) {
    var rest = arguments
    var searchesAll = false
    if let word = rest.first, Subcommand(rawValue: word) != nil { return nil }
    if rest.first == "build" { rest = rest.dropFirst() }
    while let argument = rest.popFirst() {
      if let flag = FlagValue(argument) {
        if flag.name == .all {
          guard let isOn = flag.isOn else { return nil }
          searchesAll = isOn
          continue
        }
        guard read(flag, &rest) else { return nil }
      } else {
        if argument.begins(with: "-") { return nil }
        directories.append(argument)
      }
    }
    if searchesAll { searchDirectories() }
    // The parser says what is wrong with that.
    if options.loadRoot != nil, options.loadRestriction == .none { return nil }
    if records.complaint(output: output) != nil || !shards.isConsistent { return nil }
  }

  /// Renders what is below the directories that were named, or below the working directory.
  mutating func searchDirectories() {
    searchedDirectories = directories.isEmpty ? ["."] : directories
    directories = []
  }

  /// Orders resources as a deprecated flag of kustomize says.
  mutating func reorder(_ order: Reordering) {
    options.reordering = order
    warnDeprecated("--reorder", instead: "sortOptions")
  }

  /// Labels resources as a deprecated flag of kustomize says.
  mutating func addManagedByLabel() {
    options.addsManagedByLabel = true
    warnDeprecated(
      "--enable-managedby-label", instead: "the option managedByLabel of buildMetadata")
  }

  private mutating func warnDeprecated(_ flag: String, instead: String) {
    deprecations.append("warning: \(flag) is deprecated; use \(instead) in the kustomization\n")
  }

  /// Renders, and leaves with the status that says how it went.
  func run() {
    // To keep what is usual would cost a lock.
    if messages != MessageOptions() { messages.use() }
    if !messages.isQuiet { for warning in deprecations { StandardError.write(warning) } }
    Self.refuseMistyped(directories.first)
    if directories.count > 1 || !searchedDirectories.isEmpty || shards.shard != nil {
      return runMany()
    }
    let project = project
    let directory = directories.first ?? "."
    let output = DiagnosticOutput(diagnosticFormat, project, roots: [directory])
    // To ask first is less work than to copy what is not there.
    let standIn = standIn == nil ? nil : readStandIn()
    let defaults = BuildDefaults()
    let renderer = Renderer(
      fileSystem: standIn?.files ?? DiskFileSystem(), host: host, options: options(in: project)
    ).beginning(with: defaults)
    let records = records.isWanted ? openRecords(makesDirectory: false) : nil
    let layers = records.map { _ in LayerLog() }
    let log = renderer.makeLog(keepsLookups: records != nil)
    let stopwatch = Stopwatch(isRunning: messages.isVerbose)
    do {
      let rendering = try renderer.render(
        Self.path(of: directory), displayPath: directory, log: log, layers: layers)
      if let standIn { standIn.check(isRead: rendering.filesRead.contains(bytesOf: standIn.path)) }
      let diagnostics = warnings(of: rendering, directory, project)
      output.say(diagnostics)
      if diagnostics.contains(where: { $0.severity == .error }) { exitWithFailure() }
      let files = try write(rendering, records)
      if let records, let layers {
        try records.write(
          [records.record(of: directory, log, layers, files)], failed: [], others: [], claimed: [])
      }
      stopwatch.note("rendered \(directory)")
      // To free what the build made and began with takes a tenth of a small one.
      withExtendedLifetime(rendering) { withExtendedLifetime(defaults) { exitWithSuccess() } }
    } catch {
      if speaksAsKustomize { failAsKustomize(error) }
      if let diagnostic = error as? Diagnostic {
        var warnings = BuildWarnings(project, isStrict: isStrict)
        warnings.add(warnings.inspect(diagnostic, log, of: directory), of: directory)
        output.say(diagnostic.with(warnings: warnings.diagnostics))
        exitWithFailure()
      }
      fail(error)
    }
  }

  /// Reads the former manifest before anything is written.
  private func openRecords(makesDirectory: Bool) -> OutputRecords? {
    do {
      return try OutputRecords(records, output: output, makesDirectory: makesDirectory)
    } catch { fail(error) }
  }

  private func readStandIn() -> StandIn? {
    do { return try standIn.map { try StandIn($0) } } catch { fail(error) }
  }

  /// Ends where the first word is no directory, but nearly a sub-command: what follows it may be a directory, whose
  /// rendering nobody asked for, or flags of the sub-command.
  static func refuseMistyped(_ word: String?) {
    let commands =
      ["build"] + Subcommand.allCases.map(\.rawValue) + KustomizeCommand.allCases.map(\.rawValue)
    guard let word, word.utf8.allSatisfy({ (0x61...0x7A).contains($0) }), !commands.contains(word),
      !OutputFile.exists(word), let command = Suggestion.nearest(to: word, among: commands)
    else { return }
    fail("error: there is no directory and no command \"\(word)\"; did you mean \"\(command)\"?")
  }

  /// What is said of a build that did not fail.
  private func warnings(
    of rendering: Rendering, _ directory: String, _ project: Project.Settings
  ) -> [Diagnostic] {
    // Callers that read both streams as one see what kustomize prints, and no more.
    if speaksAsKustomize { return KustomizeWarnings.of(rendering) }
    var warnings = BuildWarnings(project, isStrict: isStrict)
    warnings.add(warnings.inspect(rendering, isOneOfMany: false), of: directory)
    return warnings.diagnostics
  }

  private func runMany() {
    let standIn = readStandIn()
    let files = SharedFiles(standIn?.files ?? DiskFileSystem())
    let all = directories.isEmpty && searchedDirectories.isEmpty ? ["."] : roots(in: files)
    if all.isEmpty { fail(noRoots) }
    let roots: [String]
    do { roots = try shards.kept(all, in: files) } catch { fail(error) }
    var invocation = self
    invocation.buildsAtOnce = roots.count
    let project = project
    var many = ManyRoots(
      invocation, invocation.renderer(files, SharedAnswers(), project), roots, of: all,
      openRecords(makesDirectory: true),
      BuildWarnings(project, isStrict: isStrict),
      DiagnosticOutput(diagnosticFormat, project, roots: roots), standIn)
    many.run()
  }

  /// What is said where nothing was found.
  var noRoots: String {
    let places = searchedDirectories.isEmpty ? "." : searchedDirectories.joined(separator: ", ")
    return "error: there is no kustomization below \(places)"
  }

  /// The roots that were named and those that were found, in the user's words.
  func roots(in files: SharedFiles) -> [String] {
    if searchedDirectories.isEmpty { return directories }
    let project = project
    let found = searchedDirectories.flatMap { roots(below: $0, in: files) }
    return directories
      + exclusion.kept(found, project.file, in: project.directory) {
        (name: $0, path: Self.path(of: $0))
      }
  }

  private func roots(below searchedDirectory: String, in files: SharedFiles) -> [String] {
    let top = Self.path(of: searchedDirectory)
    let paths = DirectorySearch.directories(
      below: searchedDirectory, holding: Renderer.kustomizationNames
    ).map {
      top + Substring($0.utf8.dropFirst(searchedDirectory.utf8.count))
    }
    return Renderer.roots(among: paths, in: files).map {
      let name = searchedDirectory + Substring($0.utf8.dropFirst(top.utf8.count))
      // Nobody wrote the working directory's dot.
      return searchedDirectory == "." && name != "." ? String(name.dropFirst(2)) : name
    }
  }

  /// Renders several roots, which share what they read and what the host tells them.
  ///
  /// - Parameter project: the settings; nil reads them.
  func renderer(
    _ files: SharedFiles, _ answers: SharedAnswers, _ project: Project.Settings? = nil
  ) -> Renderer {
    Renderer(
      files, host: host, options: options(in: project ?? self.project), answers: answers)
  }

  /// A session without roots, for builds that follow changes of the files.
  func session(_ project: Project.Settings) -> RenderSession {
    RenderSession(
      DiskFileSystem(), host: host, options: options(in: project), keptRenderings: 1)
  }

  /// An absolute path, or the address of a repository.
  static func path(of directory: String) -> String {
    let isWhole = directory.begins(with: "/") || (try? RepositoryAddress(directory)) != nil
    return isWhole ? directory : "\(DiskFileSystem.workingDirectory)/\(directory)"
  }

  /// Builds may run programs, which read the disk themselves.
  var runsPrograms: Bool { options.helm.isEnabled || options.functions.isEnabled }

  var host: MachineHost {
    var limits = FetchLimits()
    if let timeout { limits.giveUp(after: timeout) }
    return MachineHost(
      cacheDirectory: keepsFetched ? MachineHost.usualCacheDirectory : nil,
      jobs: buildsAtOnce > 1 ? max(jobCount / buildsAtOnce, 1) : jobs, limits: limits,
      report: messages.report)
  }

  func options(in project: Project.Settings) -> RenderOptions {
    var options = options
    options.compatibility = compatibility ?? project.file.compatibility ?? .stable
    if options.functions.isEnabled {
      options.functions.pluginDirectory = MachineHost.pluginDirectory
      // In kustomize the flag that enables plugins enables helm as well.
      options.helm.isEnabled = true
    }
    if Environment.value("KUSTOMIZE_ENABLE_MANAGEDBY_LABEL") == "on" {
      options.addsManagedByLabel = true
    }
    return options
  }

  /// What `lamina.yaml` says; a file that cannot be read ends the call.
  var project: Project.Settings {
    do { return try Project.settings() } catch { fail(error) }
  }

  /// - Returns: the files that were written, if they are recorded.
  private func write(
    _ rendering: Rendering, _ records: OutputRecords?
  ) throws -> [OutputRecord.File] {
    guard let output else {
      try StandardOutput.write(rendering.bytes)
      return []
    }
    let inputs = InputPlaces(rendering.filesRead)
    try records?.check(inputs)
    guard OutputFile.isDirectory(output) else {
      try inputs.check(output)
      try OutputFile.write(rendering.bytes[...], to: output)
      return records != nil ? [OutputRecord.File(output, rendering.bytes)] : []
    }
    let names = rendering.fileNames
    // A resource may be called `../x`; kustomize would write there.
    if let name = names.first(where: { $0.utf8.contains(UInt8(ascii: "/")) }) {
      throw OutputFailure(
        path: "\(output)/\(name)", reason: "a resource's name cannot lead to another directory")
    }
    try records?.check(names.map { "\(output)/\($0)" })
    for name in names { try inputs.check("\(output)/\(name)") }
    let directory = try OutputDirectory(output)
    var files: [OutputRecord.File] = []
    for (resource, name) in zip(rendering.resources, names) {
      try directory.write(resource.yaml, to: name)
      if records != nil {
        files.append(OutputRecord.File("\(Path.clean(output))/\(name)", Array(resource.yaml)))
      }
    }
    return files
  }
}
