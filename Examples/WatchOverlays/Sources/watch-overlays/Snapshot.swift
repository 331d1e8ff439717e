import Foundation
import Lamina
import LaminaHost

/// What all overlays of a directory give at one time.
struct Snapshot: Sendable {
  typealias Resources = [RenderedResource.Identity: ArraySlice<UInt8>]

  /// The resources of each overlay by id, or the first error in it.
  private(set) var overlays: [String: Result<Resources, Diagnostic>] = [:]

  /// Renders everything below a directory, each overlay in a task of its own.
  ///
  /// A build keeps its thread until it is done. No more tasks than processors, and other tasks get
  /// their turn: that of a time limit, for one.
  ///
  /// - Parameter directory: an absolute path; overlays are called by their paths below it.
  /// - Throws: `CancellationError` when the task is cancelled; builds that have begun end soon.
  static func take(of directory: String) async throws -> Snapshot {
    // Made anew each time: files count as unchanged for as long as it lives.
    let files = SharedFiles(DiskFileSystem())
    let roots = Renderer.roots(among: DirectorySearch.directories(below: directory), in: files)
    let renderer = Renderer(files)
    return try await withThrowingTaskGroup(of: (String, Result<Resources, Diagnostic>).self) {
      group in
      var snapshot = Snapshot()
      for (index, root) in roots.enumerated() {
        if index >= ProcessInfo.processInfo.activeProcessorCount,
          let (name, result) = try await group.next()
        {
          snapshot.overlays[name] = result
        }
        let name = root == directory ? "." : String(root.dropFirst(directory.count + 1))
        group.addTask { (name, render(root, name, renderer)) }
      }
      for try await (name, result) in group { snapshot.overlays[name] = result }
      try Task.checkCancellation()
      return snapshot
    }
  }

  private static func render(
    _ root: String, _ name: String, _ renderer: Renderer
  ) -> Result<Resources, Diagnostic> {
    do {
      let resources = try renderer.render(root, displayPath: name).resources
      return .success(Dictionary(uniqueKeysWithValues: resources.map { ($0.id, $0.yaml) }))
    } catch { return .failure(error) }
  }
}

extension Snapshot {
  /// One line for each overlay that is not as before, and one for each of its resources that differs.
  func changes(since former: Snapshot) -> [String] {
    var lines: [String] = []
    for name in Set(overlays.keys).union(former.overlays.keys).sorted() {
      switch (former.overlays[name], overlays[name]) {
      case (_, nil): lines.append("\(name): gone")
      case (_, .failure(let error)): lines.append("\(error)")
      case (let before, .success(let now)):
        let old = (try? before?.get()) ?? [:]
        let changes = Self.changes(from: old, to: now)
        if !changes.isEmpty { lines.append("\(name):") }
        lines += changes
      }
    }
    return lines
  }

  private static func changes(from old: Resources, to new: Resources) -> [String] {
    let ids = Set(old.keys).union(new.keys).sorted { "\($0)" < "\($1)" }
    return ids.compactMap { id in
      switch (old[id], new[id]) {
      case (nil, _): "  + \(id)"
      case (_, nil): "  - \(id)"
      case (let before, let now): before == now ? nil : "  ~ \(id)"
      }
    }
  }
}
