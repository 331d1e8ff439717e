internal import Lamina
internal import LaminaHost

/// The roots of a workspace, what their builds gave, and what the rules say of it.
///
/// Everything here is a function of the files as they are now, those of the client's that are open among them: nothing
/// depends on the edits that led there, which the tests with random edits hold.
struct ServedRoots {
  let project: ServedProject
  /// The workspace folders, canonical.
  private let folders: [String]
  private let files: OpenFiles
  private let host: (any Host)?
  private let jobs: Int
  private(set) var session: RenderSession
  private let rules: Lint
  /// By the path of the root.
  private var judged: [ByteText: Judged] = [:]
  /// Directories below the folders that hold a kustomization, as of the last walk.
  private var directories: [String] = []
  private var listing: RepositoryListing
  /// Something came or went on the disk, so that the directories are walked anew.
  private var mustWalk = true
  /// A kustomization changed, which may include others than before.
  private var mustSearch = true
  /// What the client has open.
  private var openPaths: Set<ByteText> = []

  /// What is kept of a root's build besides its rendering.
  struct Judged: Sendable {
    let failure: Diagnostic?
    let outcome: LintOutcome
    let filesRead: [String]
    /// nil where the root does not render.
    let resourceCount: Int?
    let generatedNames: [GeneratedName]
  }

  /// More renderings would be held in memory than somebody looks at.
  private static let keptRenderings = 16

  init(
    _ project: ServedProject, folders: [String], _ files: OpenFiles,
    _ surroundings: ServerSurroundings
  ) {
    self.project = project
    self.folders = folders
    self.files = files
    host = surroundings.host
    jobs = surroundings.jobs
    session = RenderSession(
      files, host: surroundings.host, options: project.options,
      keptRenderings: Self.keptRenderings)
    rules = Lint(project.rules, project.lint, for: .lint)
    listing = RepositoryListing([])
  }

  /// In the order of their bytes, which does not depend on when they were found.
  var roots: [String] {
    session.roots.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  func state(of root: String) -> Judged? { judged[root] }

  /// The name of a path in messages.
  func name(of path: String) -> String { RelativePath(from: project.directory).text(of: path) }

  // MARK: - Changes

  /// Files have other bytes than before, came or went.
  ///
  /// - Parameters:
  ///   - mayHaveMoved: something may have come or gone on the disk.
  ///   - open: the canonical paths of the files that the client has open.
  mutating func filesChanged(_ paths: [String], mayHaveMoved: Bool, open: Set<ByteText>) {
    if open != openPaths || mayHaveMoved || paths.contains(where: Self.isKustomization) {
      mustSearch = true
    }
    openPaths = open
    _ = session.filesChanged(paths)
    if mayHaveMoved { mustWalk = true }
  }

  /// Looks at everything, where nobody tells what has changed.
  mutating func look() {
    _ = session.look()
    (mustWalk, mustSearch) = (true, true)
  }

  static func isKustomization(_ path: String) -> Bool {
    KustomizationFile.isOne(path)
  }

  var isUpToDate: Bool { !mustSearch && session.staleRoots.isEmpty }

  /// The roots that the next piece of work builds.
  var nextRoots: [String] { Array(session.staleRoots.prefix(max(jobs, 1))) }

  /// Does a piece of what is to be done, and something else that depends on nothing but the files, on another
  /// processor where there is one.
  ///
  /// - Parameter cancellation: ends the builds, and the rules after them; their roots stay stale.
  /// - Returns: what the other work gave; nil where it was not done, since this piece was the search for roots.
  @discardableResult
  mutating func work<Other: Sendable>(
    beside other: (@Sendable (CancellationToken) -> Other)?, cancellation: CancellationToken
  ) -> Other? {
    if mustSearch {
      search()
      return nil
    }
    let stale = nextRoots
    let count = stale.count + (other == nil ? 0 : 1)
    let (session, rules) = (session, rules)
    var outcome: Other?
    typealias Piece = (root: (RenderSession.Build, Judged)?, other: Other?)
    ParallelWork.run(count: count, jobs: jobs) { index -> Piece in
      if index == stale.count { return (nil, other?(cancellation)) }
      let build = session.build(stale[index], cancellation: cancellation)
      guard !build.isCancelled, let state = Self.judge(build, rules, cancellation) else {
        return (nil, nil)
      }
      return ((build, state), nil)
    } receive: { index, piece in
      if let (build, state) = piece.root {
        self.session.keep(build)
        judged[stale[index]] = state
      } else if index == stale.count {
        outcome = piece.other
      }
    }
    if self.session.staleRoots.isEmpty { addRootsOfOpenFiles() }
    return outcome
  }

  /// Nil where that was ended.
  private static func judge(
    _ build: RenderSession.Build, _ rules: Lint, _ cancellation: CancellationToken
  ) -> Judged? {
    var (outcome, failure, count): (LintOutcome, Diagnostic?, Int?)
    var names: [GeneratedName] = []
    switch build.outcome {
    case .success(let rendering):
      let inspected = rules.inspect(
        rendering, isOneOfMany: true, cancellation: cancellation)
      guard let inspected else { return nil }
      (outcome, failure) = (inspected, nil)
      count = rendering.resources.count
      names = rendering.generatedNames
    case .failure(let error):
      let unbuilt = UnbuiltRoot(
        build.log, root: build.root, displayRoot: build.root, hidesSecrets: false)
      (outcome, failure, count) = (rules.inspect(error, of: unbuilt), error, nil)
    }
    outcome.filesRead = build.log.paths
    return Judged(
      failure: failure, outcome: outcome, filesRead: build.log.paths, resourceCount: count,
      generatedNames: names)
  }

  // MARK: - Roots

  private mutating func search() {
    if mustWalk { walk() }
    (mustWalk, mustSearch) = (false, false)
    let opened = openPaths.map(\.string).filter(Self.isKustomization).map(Path.directory)
      .filter { !directories.contains(bytesOf: $0) && isInFolder($0) }
    let found = Renderer.roots(among: directories + opened.sortedByBytes(), in: session.files)
    setRoots(project.keepsRoots(found))
  }

  private mutating func setRoots(_ wanted: [String]) {
    for gone in Set(texts: session.roots).subtracting(wanted.map { ByteText($0) }) {
      session.remove(gone.string)
      judged[gone] = nil
    }
    for root in wanted { session.add(root) }
    if session.staleRoots.isEmpty { addRootsOfOpenFiles() }
  }

  private mutating func walk() {
    directories = folders.flatMap {
      DirectorySearch.directories(below: $0, holding: Renderer.kustomizationNames)
    }
    listing = RepositoryListing(directories.flatMap { DirectorySearch.files(in: $0) })
  }

  private func isInFolder(_ path: String) -> Bool {
    folders.contains { Path.isInside(path, directory: $0) }
  }

  /// A kustomization that is open and that no root reads, such as a component, or one outside of the folders, is
  /// rendered by itself; so is the one beside a file that is open, outside of the folders.
  private mutating func addRootsOfOpenFiles() {
    let read = Set(texts: judged.values.flatMap(\.filesRead))
    for path in openPaths.sortedTexts where !read.contains(path) {
      let directory = Path.directory(path)
      guard Self.isKustomization(path) || !isInFolder(path),
        Renderer.hasKustomization(directory, in: session.files)
      else { continue }
      session.add(directory)
    }
  }

  /// The roots that read a file.
  func readers(of path: String) -> [String] {
    roots.filter { judged[$0]?.filesRead.contains(bytesOf: path) ?? false }
  }

  /// What a root renders to, built if it is not held any more.
  mutating func rendering(
    of root: String, cancellation: CancellationToken
  ) throws(Diagnostic) -> Rendering {
    try session.rendering(of: root, cancellation: cancellation)
  }

  /// How many roots are still to be built; nil where they are still to be found.
  var unbuiltCount: Int? { mustSearch ? nil : session.staleRoots.count }

  // MARK: - What is wrong

  /// The roots that do not render.
  var failedRoots: Set<ByteText> {
    Set(judged.filter { $0.value.failure != nil }.keys)
  }

  /// All that is wrong with the roots, each message once, with its roots: what stops builds, and what else is found.
  func diagnostics() -> (failures: [Diagnostic], findings: [Diagnostic]) {
    let directory = RelativePath(from: project.directory)
    var run = LintRun(project.rules, project.lint, for: .lint) { path in
      directory.text(of: path)
    }
    var failed = MergedDiagnostics()
    for root in roots {
      guard let state = judged[root] else { continue }
      run.add(state.outcome, of: root)
      if let failure = state.failure { failed.add(failure.errors, of: root) }
    }
    let beside = rules.inspect(run, { listing }, in: session.files) { $0 }
    run.add(beside, of: project.directory)
    return (failed.all, run.findings.map(\.diagnostic))
  }
}
