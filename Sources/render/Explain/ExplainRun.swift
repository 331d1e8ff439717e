import Lamina
import LaminaExplain
import LaminaHost

/// The roots of one call, rendered with their changes.
struct ExplainRun {
  private let names: [String]
  private let renderer: Renderer
  private let jobs: Int
  private let showsSecrets: Bool
  private(set) var explanations: [Explanation] = []
  private(set) var pages: [ExplainedPage] = []
  /// The roots that do not render.
  private(set) var failures: [(root: String, failure: Diagnostic)] = []
  var hasFailed: Bool { !failures.isEmpty }
  /// A directory was named; otherwise it is the working directory.
  var hasDirectory = true
  /// All files that the builds read.
  private(set) var inputs = InputPlaces()
  private var diagnostics = MergedDiagnostics()
  /// What no root has, by what some root lacks.
  private var missing: [ByteText: String?] = [:]
  private var found: Set<ByteText> = []

  init(_ names: [String], _ renderer: Renderer, jobs: Int, showsSecrets: Bool) {
    self.names = names
    self.renderer = renderer
    self.jobs = jobs
    self.showsSecrets = showsSecrets
  }

  // MARK: - Values

  mutating func explain(_ request: ExplainRequest) {
    each { explainer in
      request.answer(explainer) { OutputFile.isDirectory($0) }
    } receive: { run, outcome in
      if let explanation = outcome.explanation { run.explanations.append(explanation) }
      if let page = outcome.page { run.pages.append(page) }
      run.missing.merge(outcome.missing) { old, _ in old }
      run.found.formUnion(outcome.found)
    }
  }

  /// Says what was not found and what did not render, and leaves with the status for it.
  func complain(noted request: ExplainRequest) {
    let lacking = missing.filter { !found.contains($0.key) }.sorted { $0.key < $1.key }
    for (text, hint) in lacking {
      let place = names.count == 1 ? names[0] : "any of \(names.count) roots"
      StandardError.say("error: there is no \(text) in \(place)")
      if let hint { StandardError.say("  \(hint)") }
    }
    if hasFailed {
      if !hasDirectory, let word = request.words.first {
        StandardError.say("  \"\(word)\" is no directory; write: render explain DIR \(word)")
      }
      exitWithFailure(status: ExplainStatus.failed)
    }
    if !lacking.isEmpty { exitWithFailure(status: ExplainStatus.nothing) }
  }

  // MARK: - Lines

  mutating func reach(of line: LineArgument) -> ReachedFields {
    var reached = ReachedFields(file: line.file, line: line.line, column: line.column)
    let wanted = Self.canonical(line.file)
    var roots: [(root: ReachedFields.Root?, isRead: Bool)] = []
    each { explainer in
      let files = Set(
        texts: explainer.history.files.filter { Self.canonical($0).hasBytes(of: wanted) })
      let source = BuildHistory.SourceLine(line: line.line, column: line.column, files: files)
      return (files.isEmpty ? nil : explainer.reach(of: source), !files.isEmpty)
    } receive: { _, outcome in
      roots.append(outcome)
    }
    reached.isRead = roots.contains { $0.isRead }
    reached.roots = roots.compactMap(\.root)
    return reached
  }

  /// The canonical path of what messages call by a path of their own.
  private static func canonical(_ path: String) -> String {
    let whole = Path.isAbsolute(path) ? path : Path.join(DiskFileSystem.workingDirectory, path)
    return (try? DiskFileSystem().resolve(whole))?.path ?? Path.clean(whole)
  }

  // MARK: - Rendering

  private mutating func each<Value: Sendable>(
    _ work: @escaping @Sendable (Explainer) -> Value,
    receive: (inout ExplainRun, Value) -> Void
  ) {
    let (names, renderer, showsSecrets) = (names, renderer, showsSecrets)
    var progress = Progress(total: names.count)
    ParallelWork.run(count: names.count, jobs: jobs) { index in
      let log = renderer.makeLog(keepsLookups: false)
      let outcome = Result { () throws(Diagnostic) in
        let rendering = try renderer.render(
          Invocation.path(of: names[index]), displayPath: names[index], log: log)
        return work(Explainer(rendering, root: names[index], showsSecrets: showsSecrets))
      }
      return (outcome: outcome, inputs: log.paths)
    } receive: { index, result in
      progress.clear()
      inputs.insert(result.inputs)
      switch result.outcome {
      case .success(let value): receive(&self, value)
      case .failure(let diagnostic):
        failures.append((names[index], diagnostic))
        diagnostics.add(diagnostic.all, of: names[index])
      }
      progress.show(done: index + 1)
    }
    progress.clear()
    for diagnostic in diagnostics.all { StandardError.say(diagnostic) }
  }
}
