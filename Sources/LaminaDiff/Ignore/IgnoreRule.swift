internal import Pattern

/// Fields whose changes are noise: `Deployment/web:spec.template.metadata.annotations["checksum/*"]`.
///
/// A rule is a path as reports print them, with a kind and a name in front if it is for some resources
/// only. It hides the field and everything below it. In keys, kinds, names and values `*` stands for
/// any text and `?` for any character; `*` as a step, or `[*]`, for any one step, and `**` for any number
/// of them.
package struct IgnoreRule: Sendable {
  /// The rule as it was written.
  package let text: String
  private let kind: Glob?
  private let name: Glob?
  /// The fields that it hides.
  let path: PathPattern

  /// Reads `[KIND[/NAME]:]PATH`.
  package init(_ text: String) throws(PathFlaw) {
    self.text = text
    let characters = Array(text)
    let start: Int
    (kind, name, start) = try Self.resource(in: characters)
    var reader = PathReader(characters, from: start)
    path = try reader.pattern()
  }

  /// The kind and the name in front, if there is a colon before the first bracket, and where the path
  /// begins.
  private static func resource(
    in text: [Character]
  ) throws(PathFlaw) -> (kind: Glob?, name: Glob?, pathStart: Int) {
    let end = text.firstIndex { $0 == ":" || $0 == "[" } ?? text.endIndex
    guard end < text.endIndex, text[end] == ":" else { return (nil, nil, 0) }
    let words = text[..<end].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    if words.contains(where: \.isEmpty) {
      throw PathFlaw(column: 1, message: "expected KIND: or KIND/NAME: before the path")
    }
    let name = words.count > 1 ? Glob(String(words[1])) : nil
    return (Glob(String(words[0])), name, end + 1)
  }

  func concerns(kind: String, name: String) -> Bool {
    (self.kind?.matches(kind) ?? true) && (self.name?.matches(name) ?? true)
  }
}
