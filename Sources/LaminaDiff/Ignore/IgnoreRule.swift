internal import Lamina
internal import Pattern

/// Fields whose changes are noise: `Deployment/web:spec.template.metadata.annotations["checksum/*"]`.
///
/// A rule is a path as reports print them, with a kind and a name in front if it is for some resources
/// only. It hides the field and everything below it. In keys, kinds, names and values `*` stands for
/// any text and `?` for any character; `*` as a step, or `[*]`, for any one step, and `**` for any number
/// of them. A kind or a kind and name alone, `Secret` or `ConfigMap/build-*`, hide the resources
/// themselves, also where they are added or removed.
public struct IgnoreRule: Sendable {
  /// The rule as it was written.
  public let text: String
  private let kind: Glob?
  private let name: Glob?
  /// The fields that it hides; nil is all of the resource.
  let path: PathPattern?

  /// Reads `[KIND[/NAME]:]PATH`, or `KIND[/NAME]`.
  public init(_ text: String) throws(PathFlaw) {
    self.text = text
    if let (kind, name) = Self.wholeResource(text) {
      (self.kind, self.name, path) = (kind, name, nil)
      return
    }
    let path: Substring
    (kind, name, path) = try Self.resource(in: text)
    var reader = PathReader(
      Array(text.unicodeScalars),
      from: text.unicodeScalars.distance(from: text.startIndex, to: path.startIndex))
    self.path = try reader.pattern()
  }

  /// The kind and the name in front, if there is a colon before the first bracket, and the path.
  private static func resource(
    in text: String
  ) throws(PathFlaw) -> (kind: Glob?, name: Glob?, path: Substring) {
    let head = text.cut(at: "[")?.before ?? text[...]
    guard let resource = head.cut(at: ":")?.before else { return (nil, nil, text[...]) }
    let words = resource.parts(at: "/", maxSplits: 1, omittingEmptySubsequences: false)
    if words.contains(where: \.isEmpty) {
      throw PathFlaw(column: 1, message: "expected KIND: or KIND/NAME: before the path")
    }
    let name = words.count > 1 ? Glob(String(words[1])) : nil
    let path = text[resource.endIndex...].unicodeScalars.dropFirst()
    return (Glob(String(words[0])), name, Substring(path))
  }

  /// The kind and name of a rule for whole resources. A path holds a slash only in quotes, and the fields
  /// of Kubernetes begin with a small letter.
  private static func wholeResource(_ text: String) -> (kind: Glob, name: Glob?)? {
    if text.unicodeScalars.contains(where: { $0 == "[" || $0 == ":" || $0 == "\"" }) { return nil }
    let words = text.parts(at: "/", maxSplits: 1, omittingEmptySubsequences: false)
    if words.contains(where: \.isEmpty) { return nil }
    if words.count > 1 { return (Glob(String(words[0])), Glob(String(words[1]))) }
    guard let first = text.utf8.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first),
      !text.utf8.contains(UInt8(ascii: "."))
    else { return nil }
    return (Glob(text), nil)
  }

  func concerns(kind: String, name: String) -> Bool {
    (self.kind?.matches(kind) ?? true) && (self.name?.matches(name) ?? true)
  }
}
