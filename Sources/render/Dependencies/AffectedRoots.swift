import Lamina
import LaminaDiagnostics
import LaminaHost

/// Finds the roots that would not be told the same at two states of the files.
///
/// Only the present state is rendered: a build does the same again when all that it asks for is the
/// same, so it is enough to ask the older state what that build asked.
struct AffectedRoots {
  private var invocation: Invocation
  /// The files as they are.
  let now: SharedFiles
  private let old: SharedFiles
  private let revision: GitRevisionFiles

  private struct Outcome: Sendable {
    let isAffected: Bool
    /// The root is no longer there.
    var isRemoved = false
    /// It does not render.
    var failure: Diagnostic?
    /// There is no such root, and there was none.
    var isUnknown = false
  }

  init(_ invocation: Invocation, base: String) throws(GitFailure) {
    self.invocation = invocation
    // What is printed says nothing of values, and neither do the messages, which mostly go into the log of a job.
    self.invocation.options.hidesSecrets = true
    let place = invocation.searchedDirectories.first ?? invocation.directories.first ?? "."
    let repository = try GitRepository(containing: Invocation.path(of: place))
    now = SharedFiles(DiskFileSystem())
    revision = repository.files(at: try repository.mergeBase(with: base), over: now)
    old = SharedFiles(revision, like: now)
  }

  /// The names of the affected roots, in the order in which they were named or found, those that were
  /// removed last. Says on standard error which roots do not render.
  func find(omitsRemoved: Bool) throws -> [String] {
    let names = invocation.roots(in: now)
    // To render is to learn what a root reads, and there is nothing that it could have read.
    if revision.isUnchanged, names.allSatisfy(isRoot) { return [] }
    let past = try rootsOfThePast()
    let wereRoots = past.map { Set(texts: $0) }
    let namedCount = invocation.directories.count
    var invocation = invocation
    invocation.buildsAtOnce = names.count
    let renderer = invocation.renderer(now, SharedAnswers())
    let (now, old, revision) = (now, old, revision)
    var affected: [String] = []
    var removed: [String] = []
    var unknown: Diagnostic?
    var failures = MergedDiagnostics()
    var unlisted: [(root: String, count: Int)] = []
    ParallelWork.run(count: names.count, jobs: invocation.jobCount) { index in
      Self.outcome(of: names[index], renderer, now, old, revision)
    } receive: { index, outcome in
      let name = Path.clean(names[index])
      if outcome.isUnknown { unknown = unknown ?? outcome.failure }
      // A base that is broken breaks all its overlays: that is said once.
      if let failure = outcome.failure, !outcome.isUnknown {
        failures.add(failure.errors, of: name)
        if failure.unlistedErrors > 0 { unlisted.append((name, failure.unlistedErrors)) }
      }
      if outcome.isRemoved { removed.append(name) }
      let isNew = index >= namedCount && wereRoots.map { !$0.contains(name) } ?? false
      if outcome.isAffected || (isNew && !outcome.isRemoved) { affected.append(name) }
    }
    if let unknown { throw unknown }
    DiagnosticOutput(.text, invocation.project, roots: names).say(failures.all, unlisted: unlisted)
    if omitsRemoved { return affected }
    let gone = past?.filter {
      !Renderer.hasKustomization(Invocation.path(of: $0), in: now)
    }
    return affected + removed + (gone ?? [])
  }

  private func isRoot(_ name: String) -> Bool {
    Renderer.hasKustomization(Invocation.path(of: name), in: now)
  }

  private static func outcome(
    of name: String, _ renderer: Renderer, _ now: SharedFiles, _ old: SharedFiles,
    _ revision: GitRevisionFiles
  ) -> Outcome {
    let path = Invocation.path(of: name)
    let (log, layers) = (renderer.makeLog(), LayerLog())
    do { _ = try renderer.render(path, displayPath: name, log: log, layers: layers) } catch {
      // A build that fails is told the same, and so fails in the same way, or it is affected.
      if Renderer.hasKustomization(path, in: now) {
        return Outcome(isAffected: log.difference(in: old) != nil, failure: error)
      }
      let wasThere = Renderer.hasKustomization(path, in: old)
      if wasThere { return Outcome(isAffected: false, isRemoved: true) }
      return Outcome(isAffected: false, failure: error, isUnknown: true)
    }
    if log.difference(in: old) != nil { return Outcome(isAffected: true) }
    let hasNewChart = layers.edges.contains { edge in
      guard case .directory(let chart) = edge.part else { return false }
      return revision.hasChanges(below: chart.string)
    }
    return Outcome(isAffected: hasNewChart)
  }

  /// The roots that were below the searched directory; nil where they are the same for sure, or none
  /// was searched.
  private func rootsOfThePast() throws(GitFailure) -> [String]? {
    let searched = invocation.searchedDirectories
    guard !searched.isEmpty, revision.mayHaveChangedFiles(named: Renderer.kustomizationNames)
    else { return nil }
    var roots: [String] = []
    for directory in searched {
      guard let found = try? old.resolve(Invocation.path(of: directory)), found.isDirectory
      else { continue }
      let below = RelativePath(from: found.path)
      roots += Renderer.roots(among: try revision.directories(below: found.path), in: old)
        .map { Path.clean("\(directory)/\(below.text(of: $0))") }
    }
    return roots
  }
}
