package import Lamina

/// Which objects of a root are asked for.
package struct ObjectChoice: Sendable {
  package var queries: [ObjectQuery] = []
  /// Kinds, of whose objects all are meant.
  package var kinds: [String] = []
  /// Nil for all.
  package var namespace: String?

  package init() {}

  package var isEmpty: Bool { queries.isEmpty && kinds.isEmpty && namespace == nil }

  package struct Outcome: Sendable {
    /// The places of the objects in the rendering, in its order.
    package var indices: [Int] = []
    package var deleted: [BuildHistory.Deletion] = []
    /// What was not found.
    package var missing: [Missing] = []
  }

  package struct Missing: Sendable {
    package let text: String
    package let hint: String?
  }

  /// Looks for the objects in a rendering.
  package func find(in explainer: Explainer) -> Outcome {
    let names = KindNames(explainer.resources, explainer.identities)
    let ids = explainer.identities
    var outcome = Outcome()
    var found: Set<Int> = []
    let deletions = explainer.history.deletions()
    for query in queries {
      var places = ids.indices.filter {
        query.hasKind(ids[$0], names) && ids[$0].name.hasBytes(of: query.name) && isIn(ids[$0])
      }
      if places.isEmpty {
        // An object may be asked for by a name that it had before a prefix or a hash.
        places = ids.indices.filter {
          query.hasKind(ids[$0], names) && isIn(ids[$0])
            && explainer.formerNames(of: $0).contains(bytesOf: query.name)
        }
      }
      let deleted = deletions.filter {
        query.hasKind($0.id, names) && $0.id.name.hasBytes(of: query.name) && isIn($0.id)
      }
      if places.isEmpty, deleted.isEmpty {
        outcome.missing.append(
          Missing(text: query.text, hint: hint(for: query, in: explainer, names)))
      }
      found.formUnion(places)
      if places.isEmpty { outcome.deleted += deleted }
    }
    for kind in kinds {
      let wanted = (names.kind(kind) ?? kind).lowercased()
      let places = ids.indices.filter { ids[$0].kind.lowercased() == wanted && isIn(ids[$0]) }
      if places.isEmpty {
        outcome.missing.append(
          Missing(
            text: kind,
            hint: Suggestion.hint(for: kind, among: Set(texts: ids.map(\.kind)).sortedTexts)))
      }
      found.formUnion(places)
    }
    if queries.isEmpty, kinds.isEmpty {
      found.formUnion(ids.indices.filter { isIn(ids[$0]) })
      outcome.deleted = deletions.filter { isIn($0.id) }
      if let namespace, found.isEmpty {
        let known = Set(texts: ids.map(\.namespace)).sortedTexts.filter { !$0.isEmpty }
        outcome.missing.append(
          Missing(
            text: "namespace \(namespace)", hint: Suggestion.hint(for: namespace, among: known)))
      }
    }
    outcome.indices = found.sorted()
    return outcome
  }

  /// The first object that has or had a name, as it is asked for.
  package static func object(named name: String, in explainer: Explainer) -> String? {
    let ids = explainer.identities
    let place =
      ids.indices.first { ids[$0].name.hasBytes(of: name) }
      ?? ids.indices.first { explainer.formerNames(of: $0).contains(bytesOf: name) }
    return place.map { "\(ids[$0].kind)/\(name)" }
  }

  private func isIn(_ id: RenderedResource.Identity) -> Bool {
    namespace.map { $0.hasBytes(of: id.namespace) } ?? true
  }

  private func hint(
    for query: ObjectQuery, in explainer: Explainer, _ names: KindNames
  ) -> String? {
    let ids = explainer.identities
    let same = ids.filter { query.hasKind($0, names) }
    let elsewhere = ids.indices.first { index in
      query.hasKind(ids[index], names)
        && (ids[index].name.hasBytes(of: query.name)
          || explainer.formerNames(of: index).contains(bytesOf: query.name))
    }
    if let elsewhere {
      let namespace = ids[elsewhere].namespace
      return namespace.isEmpty
        ? "it has no namespace" : "it is in the namespace \(namespace)"
    }
    let former = ids.indices.filter { query.hasKind(ids[$0], names) }
      .flatMap { explainer.formerNames(of: $0) }
    if let name = Suggestion.nearest(to: query.name, among: same.map(\.name) + former) {
      return "did you mean \"\(query.kind)/\(name)\"?"
    }
    if let other = ids.first(where: { $0.name.hasBytes(of: query.name) }) {
      return "did you mean \"\(other.kind)/\(other.name)\"?"
    }
    if names.kind(query.kind) == nil,
      let kind = Suggestion.nearest(to: query.kind.lowercased(), among: names.words)
    {
      return "did you mean \"\(kind)/\(query.name)\"?"
    }
    let all = ids.map { "\($0.kind)/\($0.name)" }
    return Suggestion.hint(for: query.text, among: all)
      ?? (same.isEmpty
        ? nil
        : "of this kind there \(same.count == 1 ? "is" : "are") "
          + same.prefix(5).map(\.name).joined(separator: ", "))
  }
}
