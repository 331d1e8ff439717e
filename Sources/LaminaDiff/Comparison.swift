package import Lamina

/// Compares two sides of a root.
package enum Comparison {
  package struct Options: Sendable {
    /// Changes that are not shown.
    package var ignored: [IgnoreRule] = []
    /// Secrets are not masked.
    package var showsSecrets = false

    package init() {}
  }

  /// One of the two sides as the caller has it.
  package struct Side: Sendable {
    package enum Content: Sendable {
      /// Of a directory, or of a file (`Rendering.init(manifest:displayPath:)`).
      case rendered(Rendering)
      /// There is no such root on this side.
      case absent
      case failed(Diagnostic)
    }

    /// What the report calls the side.
    package let label: String
    package let content: Content

    package init(label: String, content: Content) {
      self.label = label
      self.content = content
    }
  }

  /// What differs between two sides.
  ///
  /// - Parameter name: the root in the user's words.
  /// - Throws: a `Diagnostic` where a rendered resource cannot be read again, which would be a mistake
  ///   of this library.
  package static func diff(
    _ name: String, from old: Side, to new: Side, _ options: Options = Options()
  ) throws(Diagnostic) -> RootDiff {
    guard let oldStream = Stream(old), let newStream = Stream(new) else {
      let none = Manifest(resources: [])
      return RootDiff(
        name: name, old: DiffSide(old, none), new: DiffSide(new, none), resources: [],
        unchangedCount: 0)
    }
    if oldStream.bytes == newStream.bytes, !oldStream.isFile, !newStream.isFile {
      let same = Manifest(resources: [])
      return RootDiff(
        name: name, old: DiffSide(old, same), new: DiffSide(new, same), resources: [],
        unchangedCount: newStream.resources.count)
    }
    var comparison = StreamComparison(oldStream.resources, newStream.resources, options)
    try comparison.run()
    return RootDiff(
      name: name, old: DiffSide(old, comparison.oldManifest),
      new: DiffSide(new, comparison.newManifest), resources: comparison.differences,
      unchangedCount: comparison.unchangedCount, isReordered: comparison.isReordered,
      hidden: comparison.hidden)
  }

  /// What a side that has not failed holds: nothing, if there is no such root.
  private struct Stream {
    let bytes: [UInt8]
    let resources: [RenderedResource]
    /// A file may be written in another layout, which the bytes do not show.
    let isFile: Bool

    init?(_ side: Side) {
      switch side.content {
      case .rendered(let rendering):
        (bytes, resources, isFile) = (rendering.bytes, rendering.resources, rendering.isFile)
      case .absent: (bytes, resources, isFile) = ([], [], false)
      case .failed: return nil
      }
    }
  }
}

extension DiffSide {
  fileprivate init(_ side: Comparison.Side, _ manifest: Manifest) {
    let state: State =
      switch side.content {
      case .rendered: .rendered(manifest)
      case .absent: .absent
      case .failed(let diagnostic): .failed(diagnostic)
      }
    self.init(label: side.label, state: state)
  }
}
