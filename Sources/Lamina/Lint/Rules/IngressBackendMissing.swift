extension Rule {
  /// Backends of other kinds (`resource`) are not looked at.
  static let ingressBackendMissing = Rule(
    .ingressBackendMissing, .lint, askedOnceFor: .root,
    summary: "an Ingress names a Service that is not in the build",
    page: """
      Requests get an error, unless something else makes the Service in the same namespace.

          defaultBackend:
            service: {name: wbe, port: {number: 80}}   # the Service is called "web"
      """
  ) { inspection in
    let build = inspection.build
    for index in build.resources.indices
    where build.resources[index].id.type.kind == build.words.ingress {
      for name in build.backendNames(of: index) where !build.tree.isSubstituted(name) {
        let found = build.places(
          of: build.words.service, named: name, from: build.namespace(of: index))
        if !found.isEmpty { continue }
        inspection.report(.noBackend(name, build), .lint, of: build.resources[index])
      }
    }
  }
}

extension InspectedBuild {
  /// The names of Services in an Ingress, of all its versions.
  fileprivate func backendNames(of ingress: Int) -> [NodeID] {
    func field(_ word: StaticString, of node: NodeID?) -> NodeID? {
      node.flatMap { node in symbol(word).flatMap { tree.field($0, of: node) } }
    }
    let spec = tree.field(.spec, of: resources[ingress].root)
    var backends = [field("defaultBackend", of: spec), field("backend", of: spec)]
    for rule in field("rules", of: spec).map({ tree.children(of: $0) }) ?? [] {
      guard let paths = field("paths", of: field("http", of: rule)) else { continue }
      backends += tree.children(of: paths).map { field("backend", of: $0) }
    }
    return backends.compactMap { backend in
      field("serviceName", of: backend)
        ?? field("service", of: backend).flatMap { tree.field(.name, of: $0) }
    }
  }
}

extension Problem {
  fileprivate static func noBackend(_ name: NodeID, _ build: InspectedBuild) -> Problem {
    Problem(
      .ingressBackendMissing, "there is no Service \"\(build.tree.string(name))\" in this build",
      at: build.tree.position(name), hint: build.nameHint(name, of: build.words.service))
  }
}
