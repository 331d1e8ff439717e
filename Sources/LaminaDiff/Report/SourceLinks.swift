internal import Lamina

/// The addresses of files at the two revisions that are compared.
///
/// Of `https://github.com/org/repo/blob` and `base/web.yaml:7`, in a repository whose new side is the
/// commit `1f0c…`, it makes `https://github.com/org/repo/blob/1f0c…/base/web.yaml#L7`.
package struct SourceLinks: Sendable {
  /// One of the two sides.
  package struct Side: Sendable {
    /// What messages write before the paths of the side, such as `main:`.
    package let prefix: String
    package let commit: String
    /// Where the paths begin, from the repository's top; `.` is the top.
    package let directory: String

    package init(prefix: String, commit: String, directory: String) {
      self.prefix = prefix
      self.commit = commit
      self.directory = directory
    }
  }

  private let base: String
  private let old: Side?
  private let new: Side?

  /// - Parameter base: what stands before the commit. With `{commit}`, `{path}` or `{line}` in it, these
  ///   are replaced, and nothing is added.
  package init(base: String, old: Side?, new: Side?) {
    self.base = base
    self.old = old
    self.new = new
  }

  /// nil for what is not in the repository, or was fetched.
  func address(of location: Diagnostic.Location, isOld: Bool) -> String? {
    guard let side = isOld ? old : new else { return nil }
    // Where a path leads upwards, the prefix is gone with the directory that it stood before.
    let file = String(location.file.dropping(start: side.prefix))
    guard !file.begins(with: "/"), !file.contains("://") else { return nil }
    let path = Path.clean(Path.join(side.directory, file))
    guard path != "..", !path.begins(with: "../") else { return nil }
    let escaped = PercentEncoding.encoded(path)
    guard base.contains("{") else {
      return
        "\(base.ends(with: "/") ? base : base + "/")\(side.commit)/\(escaped)#L\(location.line)"
    }
    return Self.filled(base, ["commit": side.commit, "path": escaped, "line": "\(location.line)"])
  }

  private static func filled(_ text: String, _ values: [String: String]) -> String {
    var result = ""
    var rest = text[...]
    while let (before, inner) = rest.cut(at: "{"), let (name, after) = inner.cut(at: "}") {
      result += before
      result += values[String(name)] ?? "{\(name)}"
      rest = after
    }
    return result + rest
  }
}
