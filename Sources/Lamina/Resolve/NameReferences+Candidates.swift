/// Finds the one object that a reference means.
extension NameReferences {
  /// What a reference says of the object that it names.
  private struct Wish {
    let naming: ReferenceTargets.Naming
    let target: GroupVersionKind
    /// The type that a binding's `roleRef` says.
    let role: GroupVersionKind?
    /// The namespace beside the name, if there is a field for it.
    let namespace: Symbol?
    /// The namespace is meant as it was at first.
    let isOriginal: Bool
  }

  /// The place of the one object that a reference means; nil where it means none of this build.
  mutating func target(
    named name: Symbol, _ reference: Reference, _ referrer: Referrer, _ resources: Resources,
    namespace: Symbol?, at field: NodeID, _ tree: inout Tree
  ) throws(Problem) -> Int? {
    let naming = ReferenceTargets.Naming(name: name, kind: reference.target.kind)
    let places = targets.places(naming)
    guard let first = places.first else { return nil }
    let wish = Wish(
      naming: naming, target: reference.target,
      role: reference.isRoleReference ? roleType(of: referrer.resource.root, &tree) : nil,
      namespace: namespace,
      isOriginal: namespace.map { isOriginalNamespace($0, for: referrer, resources) } ?? false)
    if places.count == 1 {
      examined += 1
      return fits(resources[first], wish, referrer) ? first : nil
    }
    let candidates = candidates(at: places, wish, referrer, resources)
    return try choose(
      candidates.found, isWhole: candidates.isWhole, referrer.resource, resources,
      comparesNamespaces: isMapping(field, tree), at: field, tree)
  }

  /// The objects that a reference may mean, of those that had the name.
  ///
  /// `isWhole` is false where there are more of them, which differ from the referrer in their prefixes
  /// or suffixes.
  private mutating func candidates(
    at places: Places, _ wish: Wish, _ referrer: Referrer, _ resources: Resources
  ) -> (found: [Int], isWhole: Bool) {
    guard ReferenceTargets.areMany(places) else {
      return (fitting(places, wish, referrer, resources), true)
    }
    let isClusterScoped = referrer.resource.id.isClusterScoped
    if isClusterScoped, wish.isOriginal, let namespace = wish.namespace {
      let places = targets.places(wish.naming, from: namespace)
      return (fitting(places, wish, referrer, resources), true)
    }
    let asker = ReferenceTargets.Asker(
      namespaces: isClusterScoped ? wish.namespace.map { [$0] } : referrer.namespaces,
      prefix: referrer.resource.prefixes.last ?? .empty,
      suffix: referrer.resource.suffixes.last ?? .empty)
    var some: [Int] = []
    for list in targets.lists(wish.naming, in: asker.namespaces) {
      some += fitting(list, wish, referrer, resources, upTo: 2 - some.count)
    }
    if some.count < 2 { return (some, true) }
    let places = targets.places(wish.naming, near: asker)
    return (fitting(places, wish, referrer, resources), false)
  }

  private mutating func fitting(
    _ places: Places, _ wish: Wish, _ referrer: Referrer, _ resources: Resources,
    upTo limit: Int = .max
  ) -> [Int] {
    var result: [Int] = []
    for place in places {
      if result.count == limit { break }
      examined += 1
      if fits(resources[place], wish, referrer) { result.append(place) }
    }
    return result
  }

  private func fits(_ candidate: Resource, _ wish: Wish, _ referrer: Referrer) -> Bool {
    guard wasOfType(wish.target, candidate),
      wish.role.map({ wasOfType($0, candidate) }) ?? true,
      canRefer(referrer, to: candidate), isNear(referrer.resource, candidate)
    else { return false }
    guard let namespace = wish.namespace else { return true }
    let home =
      wish.isOriginal ? candidate.originalEffectiveNamespace : candidate.id.effectiveNamespace
    return home == namespace && home != .notANamespace
  }

  private func isMapping(_ field: NodeID, _ tree: Tree) -> Bool { tree.shape(field) == .mapping }

  /// Narrows the candidates down by the prefixes and suffixes that they share with the referrer.
  private func choose(
    _ all: [Int], isWhole: Bool, _ referrer: Resource, _ resources: Resources,
    comparesNamespaces: Bool, at field: NodeID, _ tree: Tree
  ) throws(Problem) -> Int? {
    if all.count == 1, isWhole { return all[0] }
    var candidates = all.filter {
      resources[$0].sharesAffixes(with: referrer, emptyMatchesAny: true)
    }
    if candidates.count > 1 {
      candidates = candidates.filter {
        resources[$0].sharesAffixes(with: referrer, emptyMatchesAny: false)
      }
    }
    guard let first = candidates.first else { return nil }
    let id = resources[first].id
    let areAlike = candidates.allSatisfy { place in
      let other = resources[place].id
      return other.name == id.name && (!comparesNamespaces || other.namespace == id.namespace)
    }
    if areAlike { return first }
    throw .ambiguous(
      candidates.map {
        (tree.symbols.describe(resources[$0].id), tree.position(resources[$0].root))
      },
      at: tree.position(field))
  }

  private func wasOfType(_ wish: GroupVersionKind, _ candidate: Resource) -> Bool {
    candidate.formerIDs.contains { candidate.type(of: $0).isSelected(by: wish) }
  }

  /// resmap/reswrangler.go `SubsetThatCouldBeReferencedByResource`
  private func canRefer(_ referrer: Referrer, to candidate: Resource) -> Bool {
    let id = referrer.resource.id
    return id.isClusterScoped || candidate.id.isClusterScoped
      || candidate.id.effectiveNamespace == id.effectiveNamespace
      || referrer.subjectNamespaces.contains(candidate.id.namespace)
  }

  /// Service accounts may be named from other namespaces, nothing else that lives in one.
  private func isNear(_ referrer: Resource, _ candidate: Resource) -> Bool {
    referrer.id.isClusterScoped || candidate.id.isClusterScoped
      || candidate.id.type.kind == .serviceAccount
      || candidate.id.effectiveNamespace == referrer.id.effectiveNamespace
  }

  /// Whether anything that the referrer could name once lived in this namespace: then references mean
  /// the former namespaces, else the present ones.
  private mutating func isOriginalNamespace(
    _ namespace: Symbol, for referrer: Referrer, _ resources: Resources
  ) -> Bool {
    if namespace == .notANamespace { return false }
    let id = referrer.resource.id
    let known = residences ?? Self.residences(of: resources)
    residences = known
    return (known[namespace] ?? []).contains { residence in
      id.isClusterScoped || residence.current == .notANamespace
        || residence.current == id.effectiveNamespace
        || referrer.subjectNamespaces.contains(residence.written)
    }
  }

  /// The type that a binding's `roleRef` says; nil where it does not say all of it.
  private func roleType(of root: NodeID, _ tree: inout Tree) -> GroupVersionKind? {
    guard let role = tree.field(.roleRef, of: root),
      let group = tree.field(.apiGroup, of: role), let kind = tree.field(.kind, of: role)
    else { return nil }
    return GroupVersionKind(
      group: tree.symbol(of: group), version: .empty, kind: tree.symbol(of: kind))
  }
}

extension Resource {
  /// Whether two objects went through the same layers, judged by what these put on the names
  /// (resource/resource.go `PrefixesSuffixesEquals`).
  fileprivate func sharesAffixes(with other: Resource, emptyMatchesAny: Bool) -> Bool {
    func share(_ mine: [Symbol], _ theirs: [Symbol]) -> Bool {
      if emptyMatchesAny, mine.isEmpty || theirs.isEmpty { return true }
      let length = min(mine.count, theirs.count)
      if length == 0 { return mine.count == theirs.count }
      return mine.suffix(length).elementsEqual(theirs.suffix(length))
    }
    return share(prefixes, other.prefixes) && share(suffixes, other.suffixes)
  }
}

extension Problem {
  fileprivate static func ambiguous(
    _ candidates: [(String, Position)], at position: Position
  ) -> Problem {
    let names = candidates.map(\.0).joined(separator: ", ")
    var problem = Problem(
      .ambiguousReference, "found multiple possible referrals: \(names)", at: position)
    for (name, place) in candidates { problem = problem.noting("\(name) is here", at: place) }
    return problem
  }
}
