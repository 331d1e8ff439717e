internal import Lamina

/// What the file is called that a root is written to, where there are several.
enum OutputName {
  /// The path of the root, as it was written or from the directory that was searched, with `.yaml`
  /// behind it: `overlays/test` becomes `overlays/test.yaml`. What leads upwards is left out.
  static func file(of directory: String, below searched: String?) -> String {
    var parts = parts(of: directory)
    if let searched {
      let above = self.parts(of: searched)
      if parts.starts(with: above, by: { $0.hasBytes(of: $1) }) {
        parts = Array(parts.dropFirst(above.count))
      }
      if parts.isEmpty { parts = above.suffix(1) }
    }
    return (parts.isEmpty ? "root" : parts.joined(separator: "/")) + ".yaml"
  }

  private static func parts(of path: String) -> [String] {
    path.parts(at: "/").map { String($0) }.filter { $0 != "." && $0 != ".." }
  }
}
