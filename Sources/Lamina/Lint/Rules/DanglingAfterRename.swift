extension Rule {
  /// Reports only if an object of the kind had the name, or has it in another namespace. A name
  /// that no object ever had belongs to `danglingReference`.
  static let danglingAfterRename = Rule(
    .danglingAfterRename, .warning, askedOnceFor: .root,
    summary: "a pod names an object that is called otherwise, or lies elsewhere, in this build",
    page: """
      The object exists, but not under this name in this namespace: kustomize gave it a hash, a prefix or a \
      suffix and did not carry the new name over. It only does so where both objects lie in the same namespace.

          configMapGenerator:
          - name: settings            # becomes settings-5m7f2ch2bm in no namespace
            literals: [LEVEL=debug]
          # the Deployment in namespace "shop" still asks for "settings"

      Give both the same namespace, with `namespace:` in the kustomization or in the generator, or write the \
      name that the object has.
      """
  ) { inspection in
    let build = inspection.build
    // Going through all pods is the greater part of the work, and for nothing without such an
    // object.
    guard build.resources.indices.contains(where: { build.mayBeNamedByPods($0) }) else { return }
    for reference in build.podReferences {
      guard case .none = reference.target, let name = build.symbol(ofText: reference.name) else {
        continue
      }
      let kind = reference.kind.symbol(build.words)
      let renamed = build.formerNames.places(of: kind, named: name).first
      let elsewhere = build.namesOfPods.places(of: kind, named: name).first
      guard let place = renamed ?? elsewhere else { continue }
      inspection.report(
        .namedOtherwise(reference, build.resources[place], build), .warning,
        of: build.resources[reference.resource])
    }
  }
}

extension Problem {
  /// Two causes are told apart: kustomize carries names over within a namespace only, and only into
  /// fields that it knows.
  fileprivate static func namedOtherwise(
    _ reference: PodReferences.Reference, _ object: Resource, _ build: InspectedBuild
  ) -> Problem {
    let (tree, symbols) = (build.tree, build.symbols)
    let name = tree.string(reference.name)
    let kind = reference.kind.rawValue
    let own = symbols.string(build.namespace(of: reference.resource))
    let other = symbols.string(object.id.namespace)
    let isElsewhere = object.id.namespace != build.namespace(of: reference.resource)
    let isRenamed = !symbols.string(object.id.name).hasBytes(of: name)
    let what = "\(kind) \"\(name)\""
    let position = tree.position(reference.name)
    let owner = tree.position(object.root)
    if isElsewhere {
      let place = other.isEmpty ? "no namespace" : "namespace \"\(other)\""
      let here = own.isEmpty ? "no namespace" : "\"\(own)\""
      let change = isRenamed ? ", so that its new name is not carried over" : ""
      return Problem(
        .danglingAfterRename, "\(what) lies in \(place) and this object in \(here)\(change)",
        at: position, hint: "give both the same namespace"
      ).noting("it is made here", at: owner)
    }
    return Problem(
      .danglingAfterRename, "\(what) is renamed in this build, and this field keeps the old name",
      at: position,
      hint: "name the field in a nameReference of a file of configurations"
    ).noting("it is made here", at: owner)
  }
}
