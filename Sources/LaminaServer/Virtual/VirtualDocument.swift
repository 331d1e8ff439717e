internal import Lamina

/// A text that a client shows like a file, and that no file holds.
///
///     lamina:/shop/overlays/test/rendered.yaml             what the root renders to
///     lamina:/shop/overlays/test/changes.diff?base=main    what changes since the merge base with main
///
/// The names say what the texts are, so that clients colour them.
struct VirtualDocument: Equatable, Sendable {
  enum Content: Equatable, Sendable {
    case rendering
    /// The patch of `render diff --base`.
    case changes(base: String)
  }

  static let scheme = "lamina"
  /// The revision to compare with where none is named: what is committed.
  static let usualBase = "HEAD"
  private static let renderingName = "rendered.yaml"
  private static let changesName = "changes.diff"
  private static let query = "base="

  /// The root as the client writes it.
  let root: String
  let content: Content

  init(root: String, _ content: Content) {
    self.root = root
    self.content = content
  }

  /// - Returns: nil for an address of another kind.
  init?(_ uri: String) {
    let prefix = Self.scheme + ":"
    guard uri.prefix(prefix.count).lowercased() == prefix else { return nil }
    let parts = uri.dropFirst(prefix.count).prefix { $0 != "#" }
      .parts(at: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard var path = parts.first else { return nil }
    // An empty authority, which some clients write.
    if path.begins(with: "//") { path = path.dropFirst(2) }
    guard let written = Self.text(path).map(Path.clean), Path.isAbsolute(written) else {
      return nil
    }
    root = Path.directory(written)
    switch Path.lastPart(written) {
    case Self.renderingName: content = .rendering
    case Self.changesName:
      // Some clients encode the sign as well.
      let query = parts.count > 1 ? Self.text(parts[1]) : Self.query + Self.usualBase
      guard let query, query.begins(with: Self.query) else { return nil }
      content = .changes(base: String(query.dropFirst(Self.query.count)))
    default: return nil
    }
  }

  private static func text(_ encoded: Substring) -> String? {
    let bytes = PercentEncoding.decoded(encoded)
    return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
  }

  var uri: String {
    func address(_ name: String) -> String {
      "\(Self.scheme):\(PercentEncoding.encoded(Path.join(root, name)))"
    }
    switch content {
    case .rendering: return address(Self.renderingName)
    case .changes(let base):
      return "\(address(Self.changesName))?\(Self.query)\(PercentEncoding.encoded(base))"
    }
  }
}
