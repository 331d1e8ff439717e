extension Rule {
  /// A Role must be in the binding's namespace, a ClusterRole in none.
  static let roleMissing = Rule(
    .roleMissing, .lint, askedOnceFor: .root,
    summary: "a binding names a role that is not in the build",
    page: """
      The binding gives no rights: the role is in no resource of the build and is none of those that every \
      cluster has (`cluster-admin`, `admin`, `edit`, `view` and those that begin with `system:`).

          roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: raeder}   # reader

      A role that something else installs is a reason to silence the finding.
      """
  ) { inspection in
    let build = inspection.build
    let (tree, words) = (build.tree, build.words)
    for index in build.resources.indices {
      let kind = build.resources[index].id.type.kind
      guard kind == .clusterRoleBinding || kind == .roleBinding,
        let reference = tree.field(.roleRef, of: build.resources[index].root),
        let written = tree.field(.kind, of: reference), let name = tree.field(.name, of: reference),
        !tree.isSubstituted(name), !build.isDefaultRole(name)
      else { continue }
      let isCluster = tree.textEquals(written, "ClusterRole")
      guard isCluster || tree.textEquals(written, "Role") else { continue }
      let role = isCluster ? words.clusterRole : .role
      let namespace = isCluster ? .empty : build.namespace(of: index)
      if !build.places(of: role, named: name, from: namespace).isEmpty { continue }
      inspection.report(
        .noRole(name, tree.string(written), role, build), .lint, of: build.resources[index])
    }
  }
}

extension InspectedBuild {
  /// Every cluster has the role.
  fileprivate func isDefaultRole(_ name: NodeID) -> Bool {
    let text = tree.string(name)
    return text.begins(with: "system:")
      || [
        "cluster-admin", "admin", "edit", "view", "extension-apiserver-authentication-reader",
      ].contains(bytesOf: text)
  }
}

extension Problem {
  fileprivate static func noRole(
    _ name: NodeID, _ kind: String, _ role: Symbol, _ build: InspectedBuild
  ) -> Problem {
    Problem(
      .roleMissing, "there is no \(kind) \"\(build.tree.string(name))\" in this build",
      at: build.tree.position(name), hint: build.nameHint(name, of: role))
  }
}
