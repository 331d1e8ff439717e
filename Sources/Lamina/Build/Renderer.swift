/// Renders directories with kustomization files.
///
/// A renderer holds no state: one may be used for many directories, from many threads at once.
///
///     let renderer = Renderer(fileSystem: files)
///     let rendering = try renderer.render("/overlays/production")
///     print(String(decoding: rendering.bytes, as: UTF8.self))
public struct Renderer: Sendable {
  private let fileSystem: any FileSystem
  private let host: (any Host)?
  private(set) var options: RenderOptions
  /// What this build and others have in common; nil where there are no others.
  private let shared: SharedFiles?
  /// What the host has told other builds; nil where there are no others.
  private let answers: SharedAnswers?
  /// What builds begin with, where the caller has it already.
  private var defaults: BuildDefaults?
  /// Ends all builds that have no token of their own.
  private var cancellation: CancellationToken?

  /// Makes a renderer that reads from a file system.
  ///
  /// - Parameters:
  ///   - fileSystem: where all files are read.
  ///   - host: does what goes beyond reading files, as far as the options allow it; without one,
  ///     kustomizations that need more are refused.
  ///   - options: what the builds may do.
  public init(
    fileSystem: any FileSystem, host: (any Host)? = nil, options: RenderOptions = RenderOptions()
  ) {
    self.fileSystem = fileSystem
    self.host = host
    self.options = options
    shared = nil
    answers = nil
  }

  /// Makes a renderer for several directories, whose builds share what they read.
  ///
  /// Programs that builds run may change files: where the options allow them, no file is shared.
  ///
  /// - Parameters:
  ///   - files: where all files are read, and kept for the other builds.
  ///   - host: does what goes beyond reading files, as far as the options allow it; without one,
  ///     kustomizations that need more are refused.
  ///   - options: what the builds may do.
  ///   - answers: what the host has told other builds, which need not be asked again; nil shares none.
  public init(
    _ files: SharedFiles, host: (any Host)? = nil, options: RenderOptions = RenderOptions(),
    answers: SharedAnswers? = nil
  ) {
    let mayChange = options.helm.isEnabled || options.functions.isEnabled
    fileSystem = mayChange ? files.base : files
    self.host = host
    self.options = options
    shared = mayChange ? nil : files
    self.answers = answers
  }

  /// Those of some directories that have a kustomization which no kustomization of another one of them
  /// lists, in the order given. Components are not among them.
  ///
  /// - Parameters:
  ///   - directories: absolute paths.
  ///   - files: where kustomizations are looked for; builds with the same files need not read them anew.
  public static func roots(among directories: [String], in files: SharedFiles) -> [String] {
    var search = RootSearch(files)
    return search.roots(among: directories)
  }

  /// Those of some directories that have a kustomization, in the order given. Components are not among
  /// them.
  package static func kustomizations(
    among directories: [String], in files: SharedFiles
  ) -> [String] {
    var search = RootSearch(files)
    return search.kustomizations(among: directories)
  }

  /// The names that a kustomization file may have.
  package static var kustomizationNames: [String] { KustomizationFile.names }

  /// Whether a directory has a kustomization file.
  package static func hasKustomization(_ directory: String, in files: some FileSystem) -> Bool {
    kustomizationNames.contains { name in
      (try? files.resolve(Path.join(directory, name)))?.isDirectory == false
    }
  }

  /// Renders the kustomization of a directory.
  ///
  /// The call returns when the build has ended, and uses the stack of its thread; `LaminaHost` has a form that
  /// is awaited. In a task that is cancelled the build ends soon, with a `Diagnostic` of the code `cancelled`.
  ///
  /// - Parameters:
  ///   - directory: an absolute path, or the address of a directory in a git repository, such as
  ///     `https://github.com/org/repo//overlays/test?ref=v1`, which the host fetches.
  ///   - displayPath: what messages call the directory; its path if nil.
  ///   - cancellation: ends the build from another thread, with the same `Diagnostic`.
  /// - Returns: the resources in their final order, and what the author should be told.
  /// - Throws: a `Diagnostic` with the place of the first error.
  public func render(
    _ directory: String, displayPath: String? = nil, cancellation: CancellationToken? = nil
  ) throws(Diagnostic) -> Rendering {
    try render(
      directory, displayPath: displayPath, log: ReadLog(fileSystem), cancellation: cancellation)
  }

  /// Renders the kustomization of a directory, and tells what the build looked for and read, whether it
  /// succeeded or not: for caches, watchers and bots.
  ///
  /// It costs a SHA-256 of each file more than `render`.
  ///
  /// - Parameters:
  ///   - directory: as for `render`.
  ///   - displayPath: what messages call the directory; its path if nil.
  ///   - cancellation: ends the build from another thread.
  public func outcome(
    of directory: String, displayPath: String? = nil, cancellation: CancellationToken? = nil
  ) -> BuildOutcome {
    let log = ReadLog(fileSystem, keepsLookups: true, keepsDigests: true)
    let layers = LayerLog()
    let result = Result { () throws(Diagnostic) in
      try render(
        directory, displayPath: displayPath, log: log, layers: layers, cancellation: cancellation)
    }
    return BuildOutcome(result: result, inputs: BuildInputs(log, layers, root: directory))
  }

  /// The same with something that messages write before paths, as `main:` for the files of a revision.
  package func writing(_ prefix: String) -> Renderer {
    var renderer = self
    renderer.options.displayPrefix = prefix
    return renderer
  }

  /// The same for builds that begin with copies of what is there already. To make it takes longer than a small build.
  package func beginning(with defaults: BuildDefaults) -> Renderer {
    var renderer = self
    renderer.defaults = defaults
    return renderer
  }

  /// The same for builds that a token ends.
  package func cancelled(by token: CancellationToken?) -> Renderer {
    var renderer = self
    renderer.cancellation = token
    return renderer
  }

  /// A log for one build.
  ///
  /// - Parameter keepsLookups: whether it remembers also what the build looks for.
  package func makeLog(keepsLookups: Bool = true) -> ReadLog {
    ReadLog(fileSystem, keepsLookups: keepsLookups)
  }

  /// Renders with logs of the caller's, which tell what was read also if the build fails.
  ///
  /// - Parameters:
  ///   - log: notes each file that is read or looked for.
  ///   - layers: notes for which layer each file is read.
  package func render(
    _ directory: String, displayPath: String? = nil, log: ReadLog, layers: LayerLog? = nil,
    cancellation: CancellationToken? = nil
  ) throws(Diagnostic) -> Rendering {
    var remains: BuildRemains?
    return try render(
      directory, displayPath, log, layers, cancellation, keepsRemains: false, &remains)
  }

  /// The same for a session, which may build only a part of the root the next time.
  ///
  /// - Parameter remains: what that needs; nil where all is to be built.
  func render(
    _ directory: String, displayPath: String?, log: ReadLog, layers: LayerLog?,
    cancellation: CancellationToken?, keeping remains: inout BuildRemains?
  ) throws(Diagnostic) -> Rendering {
    let mayKeep =
      shared != nil && options.limits == RenderLimits() && !options.addsManagedByLabel
      && !options.recordsChanges
    return try render(
      directory, displayPath, log, layers, cancellation, keepsRemains: mayKeep, &remains)
  }

  /// Renders what has changed since another build; nil where only a whole build can tell.
  ///
  /// - Parameter files: what the root reads and has changed, by canonical paths.
  func rendering(
    _ directory: String, displayPath: String?, after old: Rendering, _ remains: BuildRemains,
    changed files: Set<ByteText>, cancellation: CancellationToken?
  ) -> (Rendering, BuildRemains)? {
    guard let shared, let build = PartialBuild(self, shared, old, remains, changed: files) else {
      return nil
    }
    let watch = BuildWatch(options.limits, cancellation ?? self.cancellation)
    return build.render(directory, displayPath: displayPath ?? directory, watch, after: old)
  }

  private func render(
    _ directory: String, _ displayPath: String?, _ log: ReadLog, _ layers: LayerLog?,
    _ cancellation: CancellationToken?, keepsRemains: Bool, _ remains: inout BuildRemains?
  ) throws(Diagnostic) -> Rendering {
    let defaults = shared?.defaults ?? defaults ?? BuildDefaults()
    var workspace = workspace(defaults)
    workspace.sources.leavesRoom = keepsRemains
    if keepsRemains { workspace.patchUses = [] }
    let watch = BuildWatch(options.limits, cancellation ?? self.cancellation)
    if let watch { workspace.adopt(watch) }
    let remotes = remotes(watch, host: workspace.host)
    defer { remotes.release() }
    do {
      let (resources, graph) = try render(
        directory, displayPath: displayPath ?? directory, log, layers, remotes,
        defaults.standard, keepsRemains: keepsRemains, &remains, &workspace)
      if let watch {
        try watch.check()
        try workspace.checkDepth(of: resources.roots)
      }
      let rendering = try Rendering(
        resources, &workspace, filesRead: log.paths, layers: graph.layers)
      remains?.size = (rendering.stage.tree.nodes.count, rendering.stage.tree.text.count)
      return rendering
    } catch {
      let problem = workspace.notingEdit(watch?.cause(of: error) ?? error)
      throw Diagnostic(
        problem, after: workspace.warnings, in: workspace.sources.hidingSecrets(of: workspace.tree))
    }
  }

  /// Reads what a build of a directory reads, for the logs, and builds nothing.
  ///
  /// - Returns: false where that cannot be known without a build: it fails, or programs take part in it.
  package func readFiles(
    of directory: String, displayPath: String, log: ReadLog, layers: LayerLog? = nil
  ) -> Bool {
    let defaults = shared?.defaults ?? defaults ?? BuildDefaults()
    var workspace = workspace(defaults)
    let remotes = remotes(nil, host: host)
    defer { remotes.release() }
    do {
      let graph = try Loader.load(
        directory, displayPath: displayPath, fileSystem: log, options: options.loading,
        remotes: remotes,
        log: layers, into: &workspace)
      for layer in graph.layers {
        // Such objects name files in ways of their own.
        guard layer.kustomization.helmCharts.isEmpty, layer.generators.isEmpty,
          layer.transformers.isEmpty, layer.validators.isEmpty
        else { return false }
        let generators =
          layer.kustomization.configMapGenerator + layer.kustomization.secretGenerator
        for arguments in generators {
          _ = try KeyValues.load(arguments, in: layer.directory, &workspace)
        }
      }
      return true
    } catch { return false }
  }

  func workspace(_ defaults: BuildDefaults) -> Workspace {
    var workspace = defaults.workspace
    // What builds have in common may have been made on another thread.
    if shared != nil || self.defaults != nil { workspace.tree.stack = .ofThread }
    workspace.adopt(options.compatibility)
    workspace.tree.budget = options.budget
    workspace.tree.ledger.records = options.recordsChanges
    workspace.tree.ledger.traces = options.recordsChanges
    workspace.sources.hidesSecrets = options.hidesSecrets
    if let words = options.optionWords { workspace.sources.optionWords = words }
    workspace.host = host
    workspace.parsed = shared?.parsed
    workspace.secondThread = options.secondThread
    // Builds that share files keep all processors busy.
    if shared == nil, let host { workspace.secondThread.start = { host.start($0) } }
    return workspace
  }

  /// Helm downloads charts into the directory of their kustomization.
  func remotes(_ watch: BuildWatch?, host: (any Host)?) -> RemoteContent {
    RemoteContent(
      host: host, isOffline: options.isOffline,
      mayChange: options.helm.isEnabled || options.functions.isEnabled, answers: answers,
      watch: watch)
  }

  /// The whole story of a build.
  ///
  /// Each line is one stage of Docs/ARCHITECTURE.md. After an error the workspace is in the state
  /// of that moment, which the diagnostic is made from.
  private func render(
    _ directory: String, displayPath: String, _ files: ReadLog, _ layers: LayerLog?,
    _ remotes: RemoteContent, _ standard: TransformerConfiguration, keepsRemains: Bool,
    _ remains: inout BuildRemains?, _ workspace: inout Workspace
  ) throws(Problem) -> (Resources, LayerGraph) {
    let graph = try Loader.load(
      directory, displayPath: displayPath, fileSystem: files, options: options.loading,
      remotes: remotes,
      log: layers, into: &workspace)
    var all = try Accumulate(graph, standard, options, answers).root(&workspace)
    try NameHashes.apply(to: &all.resources, &workspace)
    let ids = keepsRemains ? all.resources.all.map(\.id) : []
    try NameReferences.apply(all.configuration.nameReference, to: &all.resources, &workspace)
    try Variables.apply(
      all.variables, fields: all.configuration.varReference, to: &all.resources, &workspace)
    if keepsRemains { remains = BuildRemains(all, graph, former: ids, workspace) }
    try prepare(&all.resources, for: graph.layers[graph.root].kustomization, &workspace)
    return (all.resources, graph)
  }

  /// What is done to the resources of the root before they are printed.
  ///
  /// Drops objects for local use, checks ids, sorts, and turns notes of the build into annotations.
  /// The order matters: labels are written before annotations are cleaned up, origins after that.
  private func prepare(
    _ resources: inout Resources, for kustomization: Kustomization, _ workspace: inout Workspace
  ) throws(Problem) {
    let localConfig = LocalConfig(symbols: &workspace.tree.symbols)
    // Nearly all builds have none, and are spared the pass over all resources.
    var local: Set<NodeID> = []
    for root in resources.roots where try localConfig.isLocal(root, in: workspace.tree) {
      local.insert(root)
    }
    if !local.isEmpty { resources.keep { !local.contains($0.root) } }
    try DistinctIDs.check(resources, in: workspace)
    let order = try SortOrder.make(
      kustomization.sortOptions, orElse: options.reordering, &workspace)
    if let order {
      resources.finish(
        inOrder: order.places(of: resources.all, symbols: workspace.tree.symbols))
    }
    let notes = BuildNotes(
      kustomization.buildMetadata, isManaged: options.addsManagedByLabel)
    try notes.label(&resources, &workspace)
    let cleanup = AnnotationCleanup(
      symbols: &workspace.tree.symbols, keeping: kustomization.buildMetadata)
    for index in resources.indices {
      AnnotationCleanup.makePlaceOfNotes(in: &resources[index], &workspace.tree)
      try cleanup.apply(
        to: resources[index].root, hasNotes: resources[index].hasNotes, in: &workspace.tree)
    }
    try notes.annotate(resources, &workspace)
    // What settles values for printing is no edit.
    workspace.tree.ledger.records = false
    workspace.tree.ledger.traces = false
  }
}

/// What a build may be asked for beyond the directory.
public struct RenderOptions: Sendable {
  /// Which files a kustomization may read.
  public var loadRestriction: LoadRestriction
  /// A directory, by its absolute path, that takes the place of `loadRestriction`; nil is none.
  ///
  /// Kustomizations may read files and directories whose paths, as they are written, lie in or below it, wherever
  /// symbolic links lead: for trees of links that a build system has made. Whoever can put links into the directory
  /// decides on what is read. What is fetched keeps the restriction `rootOnly`.
  public var loadRoot: String?
  /// Which kustomize the build equals where upstream has changed bytes since v5.8.1.
  public var compatibility = Compatibility.stable
  /// What lies elsewhere is taken from the host's cache only.
  public var isOffline = false
  /// The order of the resources where the kustomization has no `sortOptions`; nil is `legacy`.
  public var reordering: Reordering?
  /// Gives each resource the label `app.kubernetes.io/managed-by`, as the option `managedByLabel` of
  /// `buildMetadata` does.
  public var addsManagedByLabel = false
  /// Whether and how charts are made into objects.
  public var helm = HelmOptions()
  /// Which programs of the user's may run.
  public var functions = FunctionOptions()
  /// How much a build may take.
  public var limits = RenderLimits()
  /// Whether the ledger keeps what each edit overwrote and removed, and where that came from (`BuildHistory`).
  package var recordsChanges = false
  /// Messages show no values of Secrets: neither lines of their data nor texts that quote them.
  package var hidesSecrets = false
  /// What messages call these options; nil names them as they are here.
  package var optionWords: CallOption.Words?
  /// What messages write before paths that are not absolute: `main:` for the files of a revision.
  var displayPrefix = ""
  /// How large the build may become; smaller in tests only.
  var budget = TreeBudget()
  /// What is read on two threads; less in tests only.
  var secondThread = SecondThread()

  /// What the loader is told.
  var loading: LoadOptions {
    LoadOptions(
      restriction: loadRestriction, loadRoot: loadRoot, displayPrefix: displayPrefix)
  }

  /// Options that let a build read files, and do nothing else.
  public init(loadRestriction: LoadRestriction = .rootOnly) {
    self.loadRestriction = loadRestriction
  }
}
