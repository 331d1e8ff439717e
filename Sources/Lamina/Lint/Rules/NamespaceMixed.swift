extension Rule {
  /// One finding a build, with one object of each sort: if one is mended the next one shows, and
  /// often one change mends all.
  static let namespaceMixed = Rule(
    .namespaceMixed, .lint, askedOnceFor: .root,
    summary: "some objects of the build say a namespace, and some do not",
    page: """
      `kubectl apply` puts the objects without a namespace where the current context points, and so perhaps \
      elsewhere than the others of the build. Set `namespace:` in the kustomization, or in each object.
      """
  ) { inspection in
    let build = inspection.build
    var first: (with: Int?, without: Int?)
    for index in build.resources.indices {
      let id = build.resources[index].id
      guard !id.isClusterScoped, build.isKnownToHaveNamespace(id.type) else { continue }
      if id.namespace.isEmpty {
        if first.without == nil { first.without = index }
      } else if first.with == nil {
        first.with = index
      }
    }
    guard let with = first.with, let without = first.without else { return }
    inspection.report(
      .namespaceMixed(with, without, build), .lint, of: build.resources[without])
  }
}

extension InspectedBuild {
  /// The type is one of Kubernetes' own: of others nobody knows whether they lie in namespaces.
  fileprivate func isKnownToHaveNamespace(_ type: GroupVersionKind) -> Bool {
    let group = symbols.string(type.group)
    let isBuiltIn =
      ["", "apps", "batch", "autoscaling", "policy", "extensions"].contains(group)
      || [
        "networking.k8s.io", "rbac.authorization.k8s.io", "coordination.k8s.io",
        "discovery.k8s.io", "events.k8s.io",
      ].contains(group)
    return isBuiltIn && type.kind != .list
  }
}

extension Problem {
  fileprivate static func namespaceMixed(
    _ with: Int, _ without: Int, _ build: InspectedBuild
  ) -> Problem {
    let namespace = build.symbols.string(build.namespace(of: with))
    return Problem(
      .namespaceMixed, "\(build.name(of: build.resources[without])) says no namespace, others do",
      at: build.tree.position(build.resources[without].root),
      hint: "set 'namespace' in the kustomization"
    ).noting(
      "this one is in \"\(namespace)\"", at: build.tree.position(build.resources[with].root))
  }
}
