package import Lamina

/// Compares two sides of a root.
package enum Comparison {
  package struct Options: Sendable {
    /// Changes that are not shown.
    package var ignored: [IgnoreRule] = []
    /// Secrets are not masked.
    package var showsSecrets = false
    /// The old side is a golden file, and secrets are compared as they stand in it.
    package var masks: SecretMask?
    /// How many lines of a text are shown around those that differ.
    package var contextLines = DiffReport.usualContext

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

    /// The words of the side's layers.
    package var words: [LayerWords] {
      if case .rendered(let rendering) = content { [rendering.layerWords] } else { [] }
    }
  }

  /// What differs between two sides.
  ///
  /// A rendered resource that cannot be read again would be a mistake of this library. Its side then
  /// counts as failed: what was not compared is never taken for the same.
  ///
  /// - Parameter name: the root in the user's words.
  package static func diff(
    _ name: String, from old: Side, to new: Side, _ options: Options = Options()
  ) -> RootDiff {
    guard let oldStream = Stream(old), let newStream = Stream(new) else {
      return uncompared(name, old, new)
    }
    if oldStream.bytes == newStream.bytes, !oldStream.isFile, !newStream.isFile {
      return uncompared(name, old, new, unchangedCount: newStream.resources.count)
    }
    var comparison = StreamComparison(oldStream.resources, newStream.resources, options)
    do throws(Diagnostic) { try comparison.run() } catch {
      return uncompared(name, old, Side(label: new.label, content: .failed(error)))
    }
    return RootDiff(
      name: name, old: DiffSide(old, comparison.oldManifest),
      new: DiffSide(new, comparison.newManifest), resources: comparison.differences,
      unchangedCount: comparison.unchangedCount, isReordered: comparison.isReordered,
      hidden: comparison.hidden)
  }

  /// Two sides of which one has failed, or that are the same byte for byte.
  private static func uncompared(
    _ name: String, _ old: Side, _ new: Side, unchangedCount: Int = 0
  ) -> RootDiff {
    let none = Manifest(resources: [])
    return RootDiff(
      name: name, old: DiffSide(old, none), new: DiffSide(new, none), resources: [],
      unchangedCount: unchangedCount)
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
