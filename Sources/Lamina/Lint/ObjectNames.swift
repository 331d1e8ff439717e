/// The resources of a build by kind and name.
struct ObjectNames {
  private struct Key: NumberedKey {
    let kind: Symbol
    let name: Symbol

    func mix(into hash: inout NumberHash) { hash.combine(kind, name) }
  }

  private var table = NumberTable<Key, Places>()

  /// By the names that they have.
  ///
  /// - Parameter onlyOfPods: of the kinds only that pods name.
  init(_ build: InspectedBuild, onlyOfPods: Bool = false) {
    for index in build.resources.indices where !onlyOfPods || build.mayBeNamedByPods(index) {
      let id = build.resources[index].id
      let place = Int32(truncatingIfNeeded: index)
      table[Key(kind: id.type.kind, name: id.name), default: Places()].append(place)
    }
  }

  /// By names that they had and have no more, which few builds ask for.
  init(formerOf build: InspectedBuild) {
    for index in build.resources.indices {
      let id = build.resources[index].id
      let place = Int32(truncatingIfNeeded: index)
      for known in build.resources[index].formerIDs where known.name != id.name {
        table[Key(kind: known.kind, name: known.name), default: Places()].append(place)
      }
    }
  }

  /// The resources of a kind and a name.
  func places(of kind: Symbol, named name: Symbol) -> Places {
    table[Key(kind: kind, name: name)] ?? Places()
  }
}

extension InspectedBuild {
  /// The symbol of a scalar's text, if some file of the build has it as a key or a name.
  func symbol(ofText node: NodeID) -> Symbol? {
    guard tree.shape(node) == .scalar, !tree.textIsEmpty(node) else { return nil }
    return tree.withText(node) { symbols.find($0) }
  }

  /// Whether an object that says one namespace may mean one that says the other: `kubectl -n` decides where
  /// none is written.
  func mayBeEqual(_ a: Symbol, _ b: Symbol) -> Bool { a == b || a.isEmpty || b.isEmpty }

  /// The namespace as it is written in the object.
  func namespace(of resource: Int) -> Symbol { resources[resource].id.namespace }

  /// The resources of a kind and name that an object in a namespace may mean.
  func places(of kind: Symbol, named node: NodeID, from namespace: Symbol) -> [Int] {
    guard let name = symbol(ofText: node) else { return [] }
    return names.places(of: kind, named: name).filter {
      mayBeEqual(self.namespace(of: $0), namespace)
    }
  }

  /// The object is of a kind that pods name.
  func mayBeNamedByPods(_ resource: Int) -> Bool {
    let kind = resources[resource].id.type.kind
    return kind == .configMap || kind == .secret || kind == .serviceAccount
      || kind == words.persistentVolumeClaim
  }

  /// The names that objects of a kind have and had, for suggestions.
  func allNames(of kind: Symbol) -> [String] {
    var result: [String] = []
    for resource in resources where resource.id.type.kind == kind {
      result.append(symbols.string(resource.id.name))
      result += resource.formerIDs.map { symbols.string($0.name) }
    }
    return result
  }

  /// `did you mean "…"?`, if an object of the kind is called nearly so.
  func nameHint(_ node: NodeID, of kind: Symbol) -> String? {
    Suggestion.nearest(to: tree.string(node), among: allNames(of: kind))
      .map { "did you mean \"\($0)\"?" }
  }
}
