package import Lamina

/// Finds out which ignore rules lead anywhere, so that one that is misspelt can be told.
package struct RuleSearch: Sendable {
  private let rules: [IgnoreRule]

  package init(_ rules: [IgnoreRule]) { self.rules = rules }

  /// The places of the rules that concern a field or a resource of a rendering.
  ///
  /// - Parameter wanted: the rules to look for.
  package func found(_ wanted: Set<Int>, in rendering: Rendering) -> Set<Int> {
    var missing = wanted
    var objects = ObjectComparer(showsSecrets: true)
    for resource in rendering.resources {
      if missing.isEmpty { break }
      let id = resource.id
      let concerned = missing.filter { rules[$0].concerns(kind: id.kind, name: id.name) }
      if concerned.isEmpty { continue }
      missing.subtract(concerned.filter { rules[$0].path == nil })
      let open = concerned.filter { rules[$0].path != nil }
      guard !open.isEmpty, let value = try? objects.object(resource).value else { continue }
      for rule in open {
        guard let path = rules[rule].path else { continue }
        if Self.leads(path, path.start, into: value) { missing.remove(rule) }
      }
    }
    return wanted.subtracting(missing)
  }

  private static func leads(
    _ path: PathPattern, _ progress: PathPattern.Progress, into value: ComparedValue
  ) -> Bool {
    if path.isReached(progress) { return true }
    switch value {
    case .mapping(let entries):
      return entries.contains {
        leads(path, path.advance(progress, by: .key($0.key.string)), into: $0.value)
      }
    case .list(let list):
      return list.elements.enumerated().contains { index, element in
        let step = IgnorableStep.element(index: index, text: { element[$0]?.keyText })
        return leads(path, path.advance(progress, by: step), into: element)
      }
    default: return false
    }
  }
}
