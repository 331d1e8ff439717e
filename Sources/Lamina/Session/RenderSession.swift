/// Renders directories again and again while their files change: for editors, watchers and servers.
///
/// A session keeps what its builds have read and parsed, and the newest renderings. It is told which files have
/// changed, and builds anew only what that can reach, with the bytes and the diagnostics of a build that knows
/// nothing:
///
///     var session = RenderSession(DiskFileSystem())
///     session.add("/shop/overlays/production")
///     print(try session.rendering(of: "/shop/overlays/production").bytes.count)
///     let stale = session.filesChanged(["/shop/base/deployment.yaml"])
///
/// A session is a value for one thread at a time; an actor that has one serves many.
///
/// Where only objects of a few files have changed, or patches of such objects, and nothing else of the root depends on them,
/// only these objects are built again.
///
/// It holds each file's bytes, up to two parsed states of it, what each root's build has looked for, and as many
/// renderings as it is told to keep. What a host has fetched is fetched again for each build.
public struct RenderSession: Sendable {
  /// What builds share, for callers that search for roots with the same files.
  public let files: SharedFiles
  private let host: (any Host)?
  private let options: RenderOptions
  private var renderer: Renderer
  private var states: [ByteText: RootState] = [:]
  /// The roots in the order in which they were added.
  public private(set) var roots: [String] = []
  private let keptRenderings: Int
  /// Counts the changes that were told, and the uses of renderings.
  private var clock = 0
  /// The time of the last change.
  private var lastChange = 0

  /// Makes a session without roots. Nothing is read.
  ///
  /// - Parameters:
  ///   - fileSystem: where all files are read; what it gives may change between two calls of the session's methods.
  ///   - host: as for a ``Renderer``.
  ///   - options: what the builds may do. Where programs may run, files are read anew for each build, and roots are
  ///     built again more often.
  ///   - keptRenderings: how many renderings are held, those that were used last. Others are made again when they
  ///     are asked for.
  public init(
    _ fileSystem: any FileSystem, host: (any Host)? = nil, options: RenderOptions = RenderOptions(),
    keptRenderings: Int = 64
  ) {
    files = SharedFiles(fileSystem)
    self.host = host
    self.options = options
    self.keptRenderings = max(keptRenderings, 1)
    renderer = Renderer(files, host: host, options: options, answers: SharedAnswers())
  }

  /// Adds a root, which is built when it is first asked for. One that is there already stays as it is.
  ///
  /// - Parameters:
  ///   - directory: an absolute path, the root's name from now on.
  ///   - displayPath: what messages call it; its path if nil.
  public mutating func add(_ directory: String, displayPath: String? = nil) {
    guard states[directory] == nil else { return }
    states[directory] = RootState(displayPath: displayPath ?? directory)
    roots.append(directory)
  }

  /// Removes a root and what is kept of it.
  public mutating func remove(_ directory: String) {
    guard states.removeValue(forKey: directory) != nil else { return }
    roots.removeAll { $0.hasBytes(of: directory) }
  }

  /// The roots that are built when they are next asked for: they never were, or a change reaches them.
  public var staleRoots: [String] {
    roots.filter { states[$0]?.isStale ?? false }
  }

  /// The rendering of a root as its files are now, built if it must be.
  ///
  /// A build that was cancelled leaves the session as it was: the root stays stale.
  ///
  /// - Parameters:
  ///   - directory: a root; one that was not added is.
  ///   - cancellation: ends the build from another thread. A task that is cancelled ends it as well.
  /// - Throws: what ``Renderer/render(_:displayPath:cancellation:)`` throws.
  public mutating func rendering(
    of directory: String, cancellation: CancellationToken? = nil
  ) throws(Diagnostic) -> Rendering {
    add(directory)
    if let state = states[directory], !state.isStale, let outcome = state.outcome {
      let use = tick()
      states[directory]?.lastUse = use
      return try outcome.get()
    }
    let build = build(directory, cancellation: cancellation)
    keep(build)
    return try build.outcome.get()
  }

  /// Tells the session which files have changed, come or gone.
  ///
  /// Only what is told is looked at: files that changed and are not told stay as they were.
  ///
  /// - Parameter paths: absolute paths. Of a directory that came, went or moved its own path is enough.
  /// - Returns: the roots that are stale and were not before this change, in the order in which they were added.
  public mutating func filesChanged(_ paths: [String]) -> [String] {
    note(files.refresh(paths), told: paths)
  }

  /// Looks at everything that the builds have read or looked for, where nobody tells what has changed.
  ///
  /// - Returns: the roots that are stale and were not before, in the order in which they were added.
  public mutating func look() -> [String] {
    note(files.refresh(nil), told: nil)
  }

  private mutating func note(_ changes: FileChanges, told: [String]?) -> [String] {
    if told?.isEmpty == true { return [] }
    lastChange = tick()
    // What programs printed may have been made from what has changed.
    renderer = Renderer(files, host: host, options: options, answers: SharedAnswers())
    var stale: [String] = []
    for root in roots {
      guard let state = states[root], !state.isStale, let inputs = state.inputs,
        isReached(inputs, by: changes, told: told)
      else { continue }
      states[root]?.isStale = true
      stale.append(root)
    }
    for root in roots { noteChanged(changes, of: root) }
    return stale
  }

  /// Remembers which files a root is built again for. Where others are looked up than before, all of it is.
  private mutating func noteChanged(_ changes: FileChanges, of root: String) {
    guard let state = states[root], state.remains != nil, let inputs = state.inputs else { return }
    if changes.mayHaveMoved, inputs.log.movedPath(in: files) != nil {
      states[root]?.remains = nil
    } else if !changes.files.isEmpty {
      states[root]?.changed.formUnion(
        inputs.files.lazy.map { ByteText($0) }.filter(changes.files.contains))
    }
  }

  private mutating func tick() -> Int {
    clock += 1
    return clock
  }

  private func isReached(_ inputs: SessionInputs, by changes: FileChanges, told: [String]?) -> Bool
  {
    // The message of an error may name what is near, which a build notes nowhere.
    if inputs.hasFailed { return told != nil || changes.mayHaveMoved || !changes.files.isEmpty }
    // A program may read anything.
    if options.functions.isEnabled { return true }
    if options.helm.isEnabled {
      guard let told else { return true }
      if isReached(inputs, byFiles: Set(texts: told)) { return true }
    }
    if !changes.files.isEmpty, inputs.files.contains(where: changes.files.contains) { return true }
    return changes.mayHaveMoved && inputs.log.movedPath(in: files) != nil
  }

  /// Where programs may run, nothing is known of what files held before.
  private func isReached(_ inputs: SessionInputs, byFiles told: Set<ByteText>) -> Bool {
    inputs.files.contains { Path.isInside($0, told) }
      || inputs.directories.contains { chart in
        Path.isInside(chart, told) || told.contains { Path.isInside($0.string, directory: chart) }
      }
  }
}

extension RenderSession {
  /// A build of a root, which a caller may make on any thread and hand to `keep`.
  package struct Build: Sendable {
    package let root: String
    package let outcome: Result<Rendering, Diagnostic>
    fileprivate let inputs: SessionInputs
    /// What a build of a part of the root needs; nil where there can be none.
    fileprivate var remains: BuildRemains?
    /// Only the objects that have changed were built.
    package fileprivate(set) var isPartial = false
    /// What it read.
    package var log: ReadLog { inputs.log }
    /// It was ended before it could say anything of the root.
    package var isCancelled: Bool {
      if case .failure(let failure) = outcome { failure.code == "cancelled" } else { false }
    }
    /// When it began.
    fileprivate let clock: Int
  }

  /// Builds a root, and changes nothing.
  package func build(_ root: String, cancellation: CancellationToken? = nil) -> Build {
    if let build = partialBuild(root, cancellation) { return build }
    let (log, layers) = (renderer.makeLog(), LayerLog())
    var remains: BuildRemains?
    let outcome: Result<Rendering, Diagnostic>
    do {
      outcome = .success(
        try renderer.render(
          root, displayPath: states[root]?.displayPath, log: log, layers: layers,
          cancellation: cancellation, keeping: &remains))
    } catch { outcome = .failure(error) }
    return Build(
      root: root, outcome: outcome, inputs: SessionInputs(log, layers, outcome), remains: remains,
      clock: clock)
  }

  /// Nil where the whole root is to be built.
  private func partialBuild(_ root: String, _ cancellation: CancellationToken?) -> Build? {
    guard let state = states[root], let remains = state.remains, let inputs = state.inputs,
      case .success(let old)? = state.outcome,
      let (rendering, left) = renderer.rendering(
        root, displayPath: state.displayPath, after: old, remains, changed: state.changed,
        cancellation: cancellation)
    else { return nil }
    return Build(
      root: root, outcome: .success(rendering), inputs: inputs, remains: left, isPartial: true,
      clock: clock)
  }

  /// Keeps what a build gave. One that began before the last change may have seen files of both states, and so
  /// its root stays stale; so does that of a build that was cancelled, of which nothing is kept.
  package mutating func keep(_ build: Build) {
    guard !build.isCancelled, var state = states[build.root] else { return }
    state.isStale = build.clock < lastChange
    state.inputs = build.inputs
    state.outcome = build.outcome
    // A change that came meanwhile may not be known by its files.
    (state.remains, state.changed) = (state.isStale ? nil : build.remains, [])
    state.lastUse = tick()
    states[build.root] = state
    dropOldest()
  }

  /// What is kept of a root; nil where it is stale or was dropped.
  package func known(_ root: String) -> Result<Rendering, Diagnostic>? {
    guard let state = states[root], !state.isStale else { return nil }
    return state.outcome
  }

  private mutating func dropOldest() {
    let held = states.filter { if case .success = $0.value.outcome { true } else { false } }
    guard held.count > keptRenderings,
      let oldest = held.min(by: { $0.value.lastUse < $1.value.lastUse })
    else { return }
    states[oldest.key]?.outcome = nil
    states[oldest.key]?.remains = nil
  }

  /// The directories in which something may come, change or go that makes a root stale: those of all files that
  /// were read, and of whatever was looked for, the nearest one that is there.
  package var watchedDirectories: Set<ByteText> {
    var directories: Set<ByteText> = []
    for inputs in states.values.compactMap(\.inputs) {
      for (path, found) in inputs.log.lookups {
        directories.insert(nearest(Path.directory(path.string)))
        if let found { directories.insert(nearest(Path.directory(found.path))) }
      }
      directories.formUnion(texts: inputs.directories)
    }
    return directories
  }

  private func nearest(_ directory: String) -> String {
    var directory = directory
    while true {
      if let found = try? files.resolve(directory), found.isDirectory { return found.path }
      if directory == "/" { return directory }
      directory = Path.directory(directory)
    }
  }
}

/// What is known of a root.
private struct RootState: Sendable {
  let displayPath: String
  var isStale = true
  /// nil before the first build.
  var inputs: SessionInputs?
  /// nil where it was never built, or its rendering is no longer held.
  var outcome: Result<Rendering, Diagnostic>?
  /// What a build of a part needs; nil where there can be none.
  var remains: BuildRemains?
  /// The files that have changed since the build.
  var changed: Set<ByteText> = []
  var lastUse = 0
}

/// What a build has asked for.
private struct SessionInputs: Sendable {
  let log: ReadLog
  /// The canonical paths of the files that were read.
  let files: [String]
  /// The directories of charts, which a program reads.
  let directories: [String]
  let hasFailed: Bool

  init(_ log: ReadLog, _ layers: LayerLog, _ outcome: Result<Rendering, Diagnostic>) {
    self.log = log
    files = log.paths
    directories = layers.edges.compactMap { edge in
      if case .directory(let path) = edge.part { path.string } else { nil }
    }
    if case .failure = outcome { hasFailed = true } else { hasFailed = false }
  }
}
