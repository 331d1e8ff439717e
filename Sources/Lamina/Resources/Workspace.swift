/// What every stage of one build is handed: the tree, the files it came from, and what is known
/// about kinds. One build owns one workspace; two builds share nothing.
struct Workspace: Sendable {
  var tree = Tree()
  var sources = SourceMap()
  var clusterScope: ClusterScope
  /// Where JSON patches are at work, one after the other.
  var jsonTrips = JSONTrips()
  /// How lists are merged.
  var schema = Schema.builtIn
  /// What steps did not find, where that ends no build; nil where it does. Only a build of a few objects of many passes
  /// over it (`PartialBuild`).
  var passedMisses: [Problem]?
  /// Things people should know that do not stop the build.
  var warnings: [Problem] = []
  /// The entries that found nothing to write to, for the rules that judge them (see `Lint`).
  var idleEntries: [IdleEntry] = []
  /// Which objects each patch went to; nil where nobody asks later (`BuildRemains`).
  var patchUses: [PatchUse]?
  /// What objects of `transformers` and its like say, once for each visit of their layer, for the same rules.
  var configuredObjects: [ConfiguredObject] = []
  /// Which kustomize the build equals.
  private(set) var compatibility = Compatibility.stable
  /// The differences between versions that the build has warned of.
  private var reportedChanges: Set<UpstreamChange> = []
  /// The origins that resources have, if the build was asked for them.
  var origins = OriginTable()
  /// How much has been done so far.
  var counts = WorkCounts()
  /// What content hashes of other kinds than config maps and secrets cover; nil if no object wants one.
  var history: NodeHistory?
  /// Performs effects other than reading files; `nil` forbids them.
  var host: (any Host)?
  /// Reads a part of large inputs.
  var secondThread = SecondThread()
  /// Whether the build has to end early; nil where nobody has asked for that.
  var watch: BuildWatch?
  /// Files that other builds may have parsed; nil where there are no others.
  var parsed: ParsedFiles?
  /// The words of those files as the tree has them, so far as there was need of them.
  var parsedWords: ContiguousArray<Symbol> = []

  init(host: (any Host)? = nil) {
    self.host = host
    tree.stack = .ofThread
    // The words of the default tables, and those of a small build.
    tree.symbols.reserveCapacity(1000, bytes: 20_000)
    clusterScope = ClusterScope(symbols: &tree.symbols)
  }

  /// Chooses the version of kustomize; called before anything is read.
  mutating func adopt(_ compatibility: Compatibility) {
    self.compatibility = compatibility
    if compatibility == .next { clusterScope.addKindsOfNext(symbols: &tree.symbols) }
  }

  /// Lets the build be watched; called before anything is read.
  mutating func adopt(_ watch: BuildWatch) {
    self.watch = watch
    // Limits and ends are looked for on the thread of the build.
    secondThread.start = nil
    host = host?.cancelled(by: watch.token)
    if let most = watch.limits.nodes, most < Int(tree.budget.nodes) {
      tree.budget = TreeBudget(
        nodes: UInt32(max(most, 1)), bytes: tree.budget.bytes, isOfCaller: true)
    }
  }

  /// Notes that the input renders differently since a change of upstream's. A build that equals v5.8.1
  /// warns of it, once for each change.
  mutating func meet(_ change: UpstreamChange, at position: Position) {
    guard compatibility == .stable, reportedChanges.insert(change).inserted else { return }
    warnings.append(.differs(change, at: position))
  }

  /// Notes that an entry found nothing to write to.
  mutating func noteIdle(_ kind: IdleEntry.Kind, _ writer: Writer) {
    guard let edit = writer.edit else { return }
    idleEntries.append(IdleEntry(kind: kind, edit: edit))
  }

  /// Passes over what steps did not find, where the build does so.
  mutating func pass(_ mistakes: inout Mistakes) {
    if passedMisses == nil || !mistakes.areMisses { return }
    passedMisses? += mistakes.take()
  }

  /// A problem with the entry that asked for the edit in which it was met, unless it names that line itself.
  func notingEdit(_ problem: Problem) -> Problem {
    guard let edit = tree.ledger.current.map({ tree.ledger[$0] }), let entry = edit.kind.entry,
      let asked = sources.textPlace(of: edit.position)
    else { return problem }
    let isNamed = ([problem.position] + problem.notes.map(\.position)).contains { position in
      guard let place = sources.textPlace(of: position) else { return false }
      return place.file == asked.file && place.line == asked.line
    }
    if isNamed { return problem }
    return problem.noting("the \(entry) was asked for here", at: edit.position)
  }

  /// How often a build may go through a layer: each of thirty components that lists the next one twice
  /// doubles the number. kustomize goes on for days.
  static let mostVisits = 100_000

  /// Counts that a layer is gone through on one of the ways that lead to it.
  mutating func noteVisit(of path: String) throws(Problem) {
    counts.layersVisited += 1
    if counts.layersVisited > Self.mostVisits { throw .tooManyVisits(Self.mostVisits, path) }
  }

  /// Where the nodes of a copy begin that is about to be used up; nil where something remembers nodes by
  /// their numbers.
  func markForGivingBack() -> Tree.Mark? { history == nil ? tree.mark() : nil }

  /// A printer of the tree as it is now, to which it does nothing; to make one takes a look at every node.
  mutating func printer(passes: Settling.Passes = .all, folds: Bool = true) -> TreePrinter {
    counts.nodesRanked += tree.nodes.count
    return TreePrinter(tree, passes: passes, folds: folds)
  }

  /// What has been counted in all places by the end of a build.
  func counts(with resources: Resources) -> WorkCounts {
    var counts = counts
    counts.nodesMade = tree.nodes.count
    counts.nodesCopied = Int(tree.copiedNodes)
    counts.nodesInJSON = Int(tree.ledger.nodesInJSON)
    counts.idLookUps += resources.indexChanges
    return counts
  }
}

extension Problem {
  fileprivate static func tooManyVisits(_ most: Int, _ path: String) -> Problem {
    Problem(
      .tooManyVisits, "more than \(most) ways lead from the root to layers, one of them here",
      path: path,
      hint: "layers that list each other more than once double their number")
  }
}
