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
  /// The canonical paths of all files that the builds read.
  private var inputs: Set<String> = []
  private var diagnostics = MergedDiagnostics()
  /// What no root has, by what some root lacks.
  private var missing: [String: String?] = [:]
  private var found: Set<String> = []

  init(_ names: [String], _ renderer: Renderer, jobs: Int, showsSecrets: Bool) {
    self.names = names
    self.renderer = renderer
    self.jobs = jobs
    self.showsSecrets = showsSecrets
  }

  private struct Outcome: Sendable {
    var explanation: Explanation?
    var page: ExplainedPage?
    var missing: [String: String?] = [:]
    var found: Set<String> = []
  }

  // MARK: - Values

  mutating func explain(_ request: ExplainRequest) {
    each { explainer in
      Self.outcome(explainer, request)
    } receive: { run, outcome in
      if let explanation = outcome.explanation { run.explanations.append(explanation) }
      if let page = outcome.page { run.pages.append(page) }
      run.missing.merge(outcome.missing) { old, _ in old }
      run.found.formUnion(outcome.found)
    }
  }

  private static func outcome(_ explainer: Explainer, _ request: ExplainRequest) -> Outcome {
    var outcome = Outcome()
    guard let (choice, paths) = try? request.read(for: explainer) else {
      for word in request.words where ObjectQuery(word) == nil && FieldQuery(word) == nil {
        outcome.missing[word] = "it is neither an object nor the path of a field"
      }
      return outcome
    }
    let chosen = choice.find(in: explainer)
    for missing in chosen.missing {
      outcome.missing[missing.text] = missing.hint
    }
    outcome.found = Set(choice.queries.map(\.text) + choice.kinds)
      .subtracting(chosen.missing.map(\.text))
    if request.format == .html {
      outcome.page = ExplainedPage(explainer, chosen.indices)
      return outcome
    }
    var objects: [ExplainedObject] = []
    if paths.isEmpty {
      // A person reads whole objects line by line, and a program field by field.
      let extent: Explainer.Extent =
        request.isDeep ? (request.format == .json ? .whole : .lines) : .changed
      objects = chosen.indices.map { explainer.object(at: $0, extent) }
    }
    for path in paths {
      let found = chosen.indices.map { explainer.object(at: $0, .fields(path)) }
        .filter { !$0.fields.isEmpty || !$0.removed.isEmpty }
      if !found.isEmpty { outcome.found.insert(path.text) }
      if found.isEmpty, !chosen.indices.isEmpty {
        outcome.missing[path.text] = hint(for: path, chosen, explainer)
      }
      objects = Self.merged(objects, found)
    }
    if !objects.isEmpty || !chosen.deleted.isEmpty {
      outcome.explanation = Explanation(
        root: explainer.root, objects: objects, deleted: chosen.deleted)
    }
    return outcome
  }

  /// What was meant by a path that leads nowhere. It may be an object without its kind, a kind, or a directory.
  private static func hint(
    for path: FieldQuery, _ chosen: ObjectChoice.Outcome, _ explainer: Explainer
  ) -> String? {
    if let object = ObjectChoice.object(named: path.text, in: explainer) {
      return "did you mean \"\(object)\"?"
    }
    if let kind = KindNames(explainer.resources).kind(path.text) {
      return "write \(path.text)/NAME, or --kind \(kind)"
    }
    if OutputFile.isDirectory(path.text) {
      return "one directory is explained; --all TREE takes all below a directory"
    }
    return Suggestion.hint(
      for: path.text, among: chosen.indices.flatMap { explainer.paths(of: $0) })
  }

  /// The fields of several paths under one object each.
  private static func merged(
    _ objects: [ExplainedObject], _ more: [ExplainedObject]
  ) -> [ExplainedObject] {
    var objects = objects
    for object in more {
      guard let place = objects.firstIndex(where: { $0.index == object.index }) else {
        objects.append(object)
        continue
      }
      objects[place].fields += object.fields
      objects[place].removed += object.removed
    }
    return objects.sorted { $0.index < $1.index }
  }

  /// Throws where a file that the builds read is to be written.
  func refuseToOverwrite(_ output: String) throws(OutputFailure) {
    if inputs.contains(Self.canonical(output)) {
      throw OutputFailure(path: output, reason: "a root that is explained reads this file")
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
      let files = Set(explainer.history.files.filter { Self.canonical($0) == wanted })
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
      inputs.formUnion(result.inputs)
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
