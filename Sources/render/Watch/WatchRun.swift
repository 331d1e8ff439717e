import Lamina
import LaminaDiagnostics
import LaminaHost

/// Builds roots, waits for a change, and builds again what it reaches, without end.
struct WatchRun {
  private let invocation: Invocation
  private let project: Project.Settings
  private let output: WatchOutput?
  private let exec: String?
  private let rules: BuildWarnings
  private let watch = FileWatch()
  private var session: RenderSession
  /// By their paths.
  private var states: [ByteText: State] = [:]
  /// The headlines of what is wrong: what is said again only once it was gone.
  private var said: Set<ByteText> = []
  /// The directories below which roots are searched, as of the last search.
  private var searched: Set<ByteText> = []

  /// What is known of a root.
  private struct State {
    /// In the user's words.
    let name: String
    /// Of the bytes that were rendered last; nil where it never rendered.
    var hash: [UInt8]?
    var failure: Diagnostic?
    var findings: LintOutcome?
  }

  /// What a build left behind: a hundred roots must not keep a hundred trees.
  private struct Built: Sendable {
    let build: RenderSession.Build
    let findings: LintOutcome
  }

  init(_ invocation: Invocation, writingTo output: WatchOutput?, exec: String?) {
    let project = invocation.project
    self.invocation = invocation
    self.project = project
    self.output = output
    self.exec = exec
    rules = BuildWarnings(project, isStrict: false)
    session = invocation.session(project)
  }

  /// Does not return: a signal ends the process.
  mutating func run() -> Never {
    let clock = ContinuousClock()
    let start = clock.now
    findRoots()
    if states.isEmpty { fail(invocation.noRoots) }
    _ = update()
    say("\(milliseconds(clock.now - start))  \(Self.roots(session.roots.count)) rendered\(failing)")
    while true {
      let changes = watch.wait()
      let start = clock.now
      guard note(changes) || (changes.includesDirectories && watchesMore()) else { continue }
      let (changed, isNews) = update()
      // A root that fails is built for whatever happens near it: files that an editor keeps for itself are no reason
      // to say again that it does.
      guard
        !changed.isEmpty || isNews || !changes.paths.allSatisfy({ Self.isEditorsOwn($0.string) })
      else {
        continue
      }
      say(line(changed, clock.now - start))
      if !changed.isEmpty { runCommand(changed) }
    }
  }

  /// Whether a file's name is one of those that editors make for themselves, and of other hidden files.
  private static func isEditorsOwn(_ path: String) -> Bool {
    let name = Path.lastPart(path)
    return name.begins(with: ".") || name.begins(with: "#") || name.ends(with: "~")
      || name == "4913"
  }

  /// Tells the session; true where there is something to build.
  private mutating func note(_ changes: FileWatch.Changes) -> Bool {
    _ = changes.isIncomplete ? session.look() : session.filesChanged(changes.paths.sortedTexts)
    let mayBeRoot = changes.paths.contains {
      KustomizationFile.isOne($0.string)
    }
    let before = session.roots.count
    if changes.isIncomplete || changes.includesDirectories || mayBeRoot { findRoots() }
    return !session.staleRoots.isEmpty || session.roots.count != before
  }

  /// Looks for roots that came, and drops those that went. A root that was named stays one.
  private mutating func findRoots() {
    let names = invocation.roots(in: session.files)
    let paths = names.map { Path.clean(Invocation.path(of: $0)) }
    for gone in Set(states.keys).subtracting(paths.map { ByteText($0) }) {
      states[gone] = nil
      session.remove(gone.string)
    }
    for (name, path) in zip(names, paths) where states[path] == nil {
      states[path] = State(name: name)
      session.add(path, displayPath: name)
    }
  }

  /// Builds what is stale, writes what has changed, and says what is wrong.
  ///
  /// - Returns: the names of the roots that render to other bytes than before; whether something else than before is
  ///   wrong.
  private mutating func update() -> (changed: [String], isNews: Bool) {
    var changed: [String] = []
    var failures: [OutputFailure] = []
    let failing = self.failing
    // What changes before the kernel watches is found by looking once more. Only then is a line printed, so that
    // whoever reads it can rely on being heard.
    repeat { build(&changed, &failures) } while watchesMore()
    for failure in failures { StandardError.say(failure) }
    let isNews = sayWhatIsWrong()
    return (changed, isNews || !failures.isEmpty || failing != self.failing)
  }

  private mutating func build(_ changed: inout [String], _ failures: inout [OutputFailure]) {
    let stale = session.staleRoots
    let (session, rules) = (session, rules)
    let names = stale.map { states[$0]?.name ?? $0 }
    ParallelWork.run(count: stale.count, jobs: invocation.jobCount) { index in
      let build = session.build(stale[index])
      return Built(build: build, findings: rules.inspect(build, of: names[index]))
    } receive: { _, built in
      do throws(OutputFailure) {
        if let name = try receive(built), !changed.contains(bytesOf: name) { changed.append(name) }
      } catch { failures.append(error) }
    }
  }

  /// Keeps what a build gave; returns the root's name if its bytes are others than before.
  private mutating func receive(_ built: Built) throws(OutputFailure) -> String? {
    let build = built.build
    session.keep(build)
    guard var state = states[build.root] else { return nil }
    defer { states[build.root] = state }
    state.findings = built.findings
    switch build.outcome {
    case .failure(let failure):
      state.failure = failure
      return nil
    case .success(let rendering):
      if state.failure != nil { say("\(state.name.onOneLine) renders again") }
      state.failure = nil
      let hash = SHA256.hash(rendering.bytes.span)
      guard hash != state.hash else { return nil }
      state.hash = hash
      let searched = invocation.searchedDirectories
      try output?.write(
        rendering, of: state.name, below: searched.count == 1 ? searched.first : nil)
      return state.name
    }
  }

  /// Says what is wrong now and was not before; whether there was anything to say.
  private mutating func sayWhatIsWrong() -> Bool {
    var errors = MergedDiagnostics()
    var warnings = rules
    for state in session.roots.compactMap({ states[$0] }) {
      if let failure = state.failure { errors.add(failure.errors, of: state.name) }
      if let findings = state.findings { warnings.add(findings, of: state.name) }
    }
    let all = warnings.diagnostics + errors.all
    // Not whole reports: they tell also where others ask for the file that is wrong, and that may have moved.
    let new = all.filter { !said.contains($0.headline) }
    said = Set(texts: all.map(\.headline))
    DiagnosticOutput(.text, project, roots: states.values.map(\.name)).say(new)
    return !new.isEmpty
  }

  /// Watches what the builds have looked at, and where roots may come.
  ///
  /// - Returns: whether something came before the kernel watched, and is to be built.
  private mutating func watchesMore() -> Bool {
    var directories = session.watchedDirectories
    for place in invocation.searchedDirectories {
      directories.formUnion(texts: DirectorySearch.directories(below: Invocation.path(of: place)))
    }
    let added = watch.watch(directories)
    if added.isEmpty { return false }
    _ = session.filesChanged(added)
    findRoots()
    return !session.staleRoots.isEmpty
  }

  private func runCommand(_ changed: [String]) {
    guard let exec else { return }
    do throws(HostFailure) {
      let status = try ShellCommand.run(
        exec, environment: ["RENDER_CHANGED": changed.joined(separator: "\n")])
      switch status {
      case .exited(0): break
      case .exited(let code): StandardError.warn("warning: the command ended with status \(code)")
      case .signalled(let signal):
        StandardError.warn("warning: signal \(signal) stopped the command")
      }
    } catch { StandardError.say("error: the command cannot be run: \(error)") }
  }
}

// MARK: - Words

extension WatchRun {
  private func say(_ line: String) {
    if invocation.messages.isQuiet { return }
    StandardOutput.print(MessageLine.shown(line) + "\n")
  }

  /// `12 ms  2 of 40 roots changed: overlays/test, overlays/prod; 1 root fails: overlays/dev`
  private func line(_ changed: [String], _ time: Duration) -> String {
    let count = Self.roots(session.roots.count)
    let names = changed.isEmpty ? "" : ": \(Self.list(changed))"
    return "\(milliseconds(time))  \(changed.count) of \(count) changed\(names)\(failing)"
  }

  private var failing: String {
    let names = session.roots.compactMap { states[$0] }.filter { $0.failure != nil }.map(\.name)
    if names.isEmpty { return "" }
    return
      "; \(Self.roots(names.count)) \(names.count == 1 ? "fails" : "fail"): \(Self.list(names))"
  }

  private static func roots(_ count: Int) -> String { "\(count) \(count == 1 ? "root" : "roots")" }

  /// The first three of some names, and how many more there are.
  private static func list(_ names: [String]) -> String {
    let first = names.prefix(3).joined(separator: ", ")
    return names.count > 3 ? "\(first) and \(names.count - 3) more" : first
  }

  private func milliseconds(_ time: Duration) -> String {
    let (seconds, attoseconds) = time.components
    return "\(seconds * 1_000 + attoseconds / 1_000_000_000_000_000) ms"
  }
}

extension BuildWarnings {
  /// Asks the rules about a build, whether it failed or not.
  fileprivate func inspect(_ build: RenderSession.Build, of name: String) -> LintOutcome {
    switch build.outcome {
    case .success(let rendering): inspect(rendering, isOneOfMany: true)
    case .failure(let failure): inspect(failure, build.log, of: name)
    }
  }
}
