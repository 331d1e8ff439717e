import Lamina

/// Paths from a directory, as a person standing there would write them.
struct RelativePath: Sendable {
  private let parts: [Substring]

  /// - Parameter directory: a canonical path.
  init(from directory: String) { parts = directory.split(separator: "/") }

  /// The way to a canonical path: `base/cm.yaml`, `../other`, or `.` for the directory itself.
  func text(of path: String) -> String {
    let wanted = path.split(separator: "/")
    let common = zip(parts, wanted).prefix { $0.utf8.elementsEqual($1.utf8) }.count
    let up = Array(repeating: "..", count: parts.count - common)
    let text = (up + wanted.dropFirst(common).map { String($0) }).joined(separator: "/")
    return text.isEmpty ? "." : text
  }
}
