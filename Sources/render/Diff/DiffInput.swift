import Lamina
import LaminaDiff

/// One root, and what there is of it on either side.
struct DiffRoot: Sendable {
  /// In the user's words: `overlays/prod`.
  let name: String
  let old: DiffInput
  let new: DiffInput
  /// The files of the old side, where it is the same directory at another time.
  var past: SharedFiles?
  /// Nothing differs at all since that time.
  var isUnchanged = false
  /// The absolute path of the directory, where it is one.
  var path: String?
}

/// One side of a root, ready to be rendered.
struct DiffInput: Sendable {
  enum Content: Sendable {
    /// An absolute path or the address of a repository, and what messages call it.
    case directory(String, displayPath: String, Renderer)
    /// A stream that was rendered already.
    case manifest([UInt8])
    case absent
  }

  /// What the report calls the side.
  let label: String
  let content: Content

  /// - Parameters:
  ///   - log: remembers what a directory's build looks for.
  ///   - layers: remembers which directories programs may read.
  ///   - hidesSecrets: messages show no values of Secrets.
  func render(
    log: ReadLog? = nil, layers: LayerLog? = nil, hidesSecrets: Bool
  ) -> Comparison.Side {
    do throws(Diagnostic) {
      switch content {
      case .directory(let path, let displayPath, let renderer):
        guard let log else {
          return side(.rendered(try renderer.render(path, displayPath: displayPath)))
        }
        return side(
          .rendered(
            try renderer.render(path, displayPath: displayPath, log: log, layers: layers)))
      case .manifest(let bytes):
        return side(
          .rendered(
            try Rendering(manifest: bytes, displayPath: label, hidesSecrets: hidesSecrets)))
      case .absent: return side(.absent)
      }
    } catch { return side(.failed(error)) }
  }

  /// Reads what a build of the side reads, and builds nothing; false where only a build knows that.
  func read(log: ReadLog, layers: LayerLog) -> Bool {
    guard case .directory(let path, let displayPath, let renderer) = content else { return false }
    return renderer.readFiles(of: path, displayPath: displayPath, log: log, layers: layers)
  }

  /// A log for a build of the side; nil where there is none.
  func makeLog() -> ReadLog? {
    if case .directory(_, _, let renderer) = content { renderer.makeLog() } else { nil }
  }

  private func side(_ content: Comparison.Side.Content) -> Comparison.Side {
    Comparison.Side(label: label, content: content)
  }
}
