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
    for reference in build.podReferences {
      guard let key = reference.key, case .one(let place) = reference.target,
        !build.tree.isSubstituted(key), build.lacks(build.symbol(ofText: key), inDataOf: place)
      else { continue }
      inspection.report(
        .keyNotInObject(key, reference, place, build.dataMaps(of: place), build), .warning,
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

  /// Whether a config map or secret has data, and not of this key.
  fileprivate func lacks(_ key: Symbol?, inDataOf resource: Int) -> Bool {
    let root = resources[resource].root
    var hasData = false
    func holds(_ name: Symbol) -> Bool {
      guard let map = tree.field(name, of: root), !tree.isNullOrEmpty(map) else { return false }
      hasData = true
      return key.flatMap { tree.field($0, of: map) } != nil
    }
    return !holds(.data) && !holds(.stringData) && !holds(.binaryData) && hasData
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
