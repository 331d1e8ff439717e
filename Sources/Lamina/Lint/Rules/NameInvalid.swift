extension Rule {
  /// Names that stand in files are left to the schema check; here are those to which the
  /// kustomization gave a part. Objects whose name comes from one place are reported once.
  static let nameInvalid = Rule(
    .nameInvalid, .error,
    summary: "a namespace, prefix, suffix or generator gives a name that Kubernetes refuses",
    page: """
      Names are lower case letters, digits, `-` and, for most kinds, `.`, and begin and end with a letter or digit. \
      Namespaces and Services have no dots and at most 63 characters, others up to 253. Names of roles may be any \
      text.

          namespace: Shop_Prod   # shop-prod
      """
  ) { inspection in
    let build = inspection.build
    var seen: Set<UInt32> = []
    for namespace in build.namespaces {
      let bytes = Array(namespace.text.utf8)
      if LabelSyntax.isDNSLabel(bytes[...]) && bytes.count <= 63 { continue }
      if Tree.isSubstituted(namespace.text) { continue }
      seen.insert(namespace.position.raw)
      inspection.report(
        .invalidName(namespace.text, "Namespace", isLabel: true, at: namespace.position), .error)
    }
    // What is a label is good for every kind, and objects of several kinds often have one name.
    var isLabel = [Bool](repeating: false, count: build.symbols.count)
    for index in build.resources.indices where build.hasMadeName(index) {
      let symbol = build.resources[index].id.name
      if isLabel[Int(symbol.raw)] { continue }
      if build.symbols.withBytes(of: symbol, LabelSyntax.isShortLabel) {
        isLabel[Int(symbol.raw)] = true
        continue
      }
      guard let wantsLabel = build.wantsLabel(index), !build.hasName(index, isLabel: wantsLabel)
      else { continue }
      let resource = build.resources[index]
      let name = build.symbols.string(symbol)
      let position = build.positionOfName(of: resource)
      if Tree.isSubstituted(name) || !seen.insert(position.raw).inserted { continue }
      let kind = build.symbols.string(resource.id.type.kind)
      inspection.report(
        .invalidName(name, kind, isLabel: wantsLabel, at: position), .error, of: resource)
    }
  }
}

extension InspectedBuild {
  /// The namespaces that kustomizations and their transformers set.
  fileprivate var namespaces: [Kustomization.Entry] {
    layers.compactMap(\.kustomization.namespace)
      + stage.configuredObjects.compactMap { object in
        if case .namespace(let arguments) = object.arguments { arguments.namespace } else { nil }
      }
  }

  /// A kustomization gave the object its name, or a part of it.
  fileprivate func hasMadeName(_ resource: Int) -> Bool {
    resources[resource].isGenerated || !resources[resource].prefixes.isEmpty
      || !resources[resource].suffixes.isEmpty
  }

  /// Whether names of the kind are DNS labels, and not subdomains; nil where they may be any text, and for
  /// groups that have rules of their own.
  fileprivate func wantsLabel(_ resource: Int) -> Bool? {
    let type = resources[resource].id.type
    if type.group.isEmpty { return type.kind == .namespaceKind || type.kind == words.service }
    let group = symbols.string(type.group)
    return group == "rbac.authorization.k8s.io" || group.ends(with: "openshift.io") ? nil : false
  }

  fileprivate func hasName(_ resource: Int, isLabel: Bool) -> Bool {
    let bytes = symbols.bytes(resources[resource].id.name)
    return isLabel
      ? bytes.count <= 63 && LabelSyntax.isDNSLabel(bytes)
      : bytes.count <= 253 && LabelSyntax.isSubdomain(bytes)
  }

  fileprivate func positionOfName(of resource: Resource) -> Position {
    let name = tree.field(.metadata, of: resource.root).flatMap { tree.field(.name, of: $0) }
    return tree.position(name ?? resource.root)
  }
}

extension Problem {
  fileprivate static func invalidName(
    _ name: String, _ kind: String, isLabel: Bool, at position: Position
  ) -> Problem {
    let letters = isLabel ? "digits and \"-\"" : "digits, \"-\" and \".\""
    let most = isLabel ? 63 : 253
    let isLong = name.utf8.count > most
    return Problem(
      .nameInvalid, "\"\(name)\" is no name of a \(kind)\(isLong ? ": it is too long" : "")",
      at: position, hint: "a name is up to \(most) lower case letters, \(letters)")
  }
}
