/// Paths from a directory, as a person standing there would write them.
package struct RelativePath: Sendable {
  private let parts: [Substring]
  /// What all paths below the directory begin with.
  private let prefix: String

  /// - Parameter directory: a canonical path.
  package init(from directory: String) {
    parts = directory.parts(at: "/")
    prefix = directory == "/" ? "/" : "\(directory)/"
  }

  /// The way to a canonical path: `base/cm.yaml`, `../other`, or `.` for the directory itself.
  package func text(of path: String) -> String {
    // Most paths lie below the directory, and to cut a path into its parts costs fifty times as much.
    if path.utf8.count > prefix.utf8.count, path.utf8.starts(with: prefix.utf8) {
      return String(Substring(path.utf8.dropFirst(prefix.utf8.count)))
    }
    let wanted = path.parts(at: "/")
    let common = zip(parts, wanted).prefix { $0.utf8.elementsEqual($1.utf8) }.count
    let up = Array(repeating: "..", count: parts.count - common)
    let text = (up + wanted.dropFirst(common).map { String($0) }).joined(separator: "/")
    return text.isEmpty ? "." : text
  }
}
