extension Rule {
  /// Judged only if exactly one object can be meant: with several, any may have the key.
  static let danglingKey = Rule(
    .danglingKey, .warning, askedOnceFor: .root,
    summary: "a pod asks for a key that a config map or secret of the build does not have",
    page: """
      The container does not start: the API finds the object, but not the key in it.

          configMapKeyRef: {name: settings, key: LEVLE}   # settings has LEVEL

      Mend the key, add it to the object, or say `optional: true`. Objects without any data are passed over, \
      since something else fills them.
      """
  ) { inspection in
    let build = inspection.build
    guard build.resources.indices.contains(where: { build.holdsKeys($0) }) else { return }
    for reference in build.podReferences.all where !reference.isOptional {
      guard let key = reference.key, !build.tree.isSubstituted(key) else { continue }
      let found = build.places(
        of: reference.kind.symbol(build.words), named: reference.name,
        from: build.namespace(of: reference.resource))
      guard let place = found.first, found.count == 1 else { continue }
      let maps = build.dataMaps(of: place)
      if maps.isEmpty { continue }
      let symbol = build.symbol(ofText: key)
      let isThere = symbol.map { key in maps.contains { build.tree.field(key, of: $0) != nil } }
      if isThere == true { continue }
      inspection.report(
        .keyNotInObject(key, reference, place, maps, build), .warning,
        of: build.resources[reference.resource])
    }
  }
}

extension InspectedBuild {
  /// The object is a config map or a secret.
  fileprivate func holdsKeys(_ resource: Int) -> Bool {
    let kind = resources[resource].id.type.kind
    return kind == .configMap || kind == .secret
  }

  /// The mappings of a config map or secret that hold its data.
  func dataMaps(of resource: Int) -> [NodeID] {
    [Symbol.data, .stringData, .binaryData].compactMap {
      tree.field($0, of: resources[resource].root)
    }.filter { !tree.isNullOrEmpty($0) }
  }
}

extension Problem {
  fileprivate static func keyNotInObject(
    _ key: NodeID, _ reference: PodReferences.Reference, _ place: Int, _ maps: [NodeID],
    _ build: InspectedBuild
  ) -> Problem {
    let (tree, symbols) = (build.tree, build.symbols)
    let keys = maps.flatMap { map in tree.children(of: map).map { symbols.string(tree.key($0)) } }
    let text = tree.string(key)
    let nearest = Suggestion.nearest(to: text, among: keys)
    let shown = keys.prefix(8).joined(separator: ", ")
    let position = tree.position(key)
    return Problem(
      .danglingKey,
      "\(reference.kind.rawValue) \"\(tree.string(reference.name))\" has no key \"\(text)\"",
      at: position, hint: nearest.map { "did you mean \"\($0)\"?" } ?? "it has \(shown)",
      fixes: nearest.map { [.renaming(text, to: $0, at: position, isSafe: false)] } ?? []
    ).noting("it is made here", at: tree.position(build.resources[place].root))
  }
}
