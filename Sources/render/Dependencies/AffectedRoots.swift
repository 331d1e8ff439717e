import Lamina
import LaminaHost

/// Finds the roots that would not be told the same at two states of the files.
///
/// Only the present state is rendered: a build does the same again when all that it asks for is the
/// same, so it is enough to ask the older state what that build asked.
struct AffectedRoots {
  private let invocation: Invocation
  private let now: SharedFiles
  private let old: SharedFiles
  private let revision: GitRevisionFiles

  private enum Outcome: Sendable {
    case same
    case affected
    /// The root is no longer there.
    case removed
    /// What it reads cannot be known in full.
    case failed(Diagnostic)
    /// There is no such root, and there was none.
    case unknown(Diagnostic)
  }

  init(_ invocation: Invocation, base: String) throws(GitFailure) {
    self.invocation = invocation
    let place = invocation.searchedDirectory ?? invocation.directories.first ?? "."
    let repository = try GitRepository(containing: Invocation.path(of: place))
    now = SharedFiles(DiskFileSystem())
    revision = repository.files(at: try repository.mergeBase(with: base), over: now)
    old = SharedFiles(revision, like: now)
  }

  /// The names of the affected roots, in the order in which they were named or found, those that were
  /// removed last. Says on standard error which of them do not render.
  func find(omitsRemoved: Bool) throws -> [String] {
    let names = invocation.roots(in: now)
    let (renderer, now, old, revision) = (invocation.renderer(now), now, old, revision)
    var affected: [String] = []
    var removed: [String] = []
    var failed: [String] = []
    var unknown: Diagnostic?
    ParallelWork.run(count: names.count, jobs: invocation.jobCount) { index in
      Self.outcome(of: names[index], renderer, now, old, revision)
    } receive: { index, outcome in
      let name = Path.clean(names[index])
      switch outcome {
      case .same: break
      case .affected: affected.append(name)
      case .removed: removed.append(name)
      case .failed(let diagnostic):
        StandardError.write("\(diagnostic)\n")
        affected.append(name)
        failed.append(name)
      case .unknown(let diagnostic): unknown = unknown ?? diagnostic
      }
    }
    if let unknown { throw unknown }
    if !failed.isEmpty {
      StandardError.write(
        "render: what these read is not known in full, so they count as affected: "
          + "\(failed.joined(separator: ", "))\n")
    }
    return affected + (omitsRemoved ? [] : removed + (try rootsOfThePast()))
  }

  private static func outcome(
    of name: String, _ renderer: Renderer, _ now: SharedFiles, _ old: SharedFiles,
    _ revision: GitRevisionFiles
  ) -> Outcome {
    let path = Invocation.path(of: name)
    let (log, layers) = (renderer.makeLog(), LayerLog())
    do { _ = try renderer.render(path, displayPath: name, log: log, layers: layers) } catch {
      if Renderer.hasKustomization(path, in: now) { return .failed(error) }
      return Renderer.hasKustomization(path, in: old) ? .removed : .unknown(error)
    }
    if log.difference(in: old) != nil { return .affected }
    let hasNewChart = layers.edges.contains { edge in
      guard case .directory(let chart) = edge.part else { return false }
      return revision.hasChanges(below: chart)
    }
    return hasNewChart ? .affected : .same
  }

  /// The roots that were below the searched directory, and have no kustomization any more.
  private func rootsOfThePast() throws(GitFailure) -> [String] {
    guard let searched = invocation.searchedDirectory else { return [] }
    let top = Invocation.path(of: searched)
    guard let found = try? old.resolve(top), found.isDirectory else { return [] }
    let candidates = try revision.directories(below: found.path)
    let roots = Renderer.roots(among: candidates, in: old)
    let here = RelativePath(from: found.path)
    return roots.filter { !Renderer.hasKustomization($0, in: now) }
      .map { Path.clean("\(searched)/\(here.text(of: $0))") }
  }
}
