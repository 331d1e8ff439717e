package import Lamina

/// An object as `kubectl` names it: `deploy/web`, `Deployment/web`, `deployment.apps/web`.
package struct ObjectQuery: Sendable {
  package let text: String
  /// The word for the kind, without a group.
  package let kind: String
  /// The group, perhaps behind a version; empty for any.
  private let group: String
  package let name: String

  /// Nil for a text that is no kind and name.
  package init?(_ text: String) {
    let parts = text.parts(at: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty,
      !parts[0].unicodeScalars.contains(where: { $0 == "[" || $0 == "=" || $0 == "\\" })
    else { return nil }
    self.text = text
    let words = parts[0].parts(at: ".", maxSplits: 1)
    guard let kind = words.first else { return nil }
    self.kind = String(kind)
    group = words.count > 1 ? String(words[1]) : ""
    name = String(parts[1])
  }

  /// Whether an object has the kind.
  package func hasKind(_ id: RenderedResource.Identity, _ names: KindNames) -> Bool {
    guard (names.kind(kind) ?? kind).lowercased() == id.kind.lowercased() else { return false }
    return group.isEmpty || group.hasBytes(of: id.group) || group == "\(id.version).\(id.group)"
      || (id.group.isEmpty && group == id.version)
  }
}
