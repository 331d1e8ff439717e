extension Rule {
  /// A RoleBinding is not judged: the API takes its own namespace for such a subject.
  static let bindingSubjectNamespace = Rule(
    .bindingSubjectNamespace, .warning, askedOnceFor: .root,
    summary: "a service account in a ClusterRoleBinding has no namespace",
    page: """
      The API refuses a ClusterRoleBinding whose ServiceAccount says no namespace. `namespace:` of a kustomization \
      fills it in only for the account "default" and for accounts that are in the same build.

          subjects:
          - {kind: ServiceAccount, name: robot}   # write namespace: shop

      A base may leave it to its overlays: only roots are judged.
      """
  ) { inspection in
    let build = inspection.build
    build.eachServiceAccount { binding, subject, name in
      guard build.resources[binding].id.type.kind == .clusterRoleBinding else { return }
      let namespace = build.tree.field(.namespace, of: subject)
      if let namespace, !build.tree.isNull(namespace), !build.tree.textIsEmpty(namespace) { return }
      inspection.report(
        .subjectWithoutNamespace(subject, name, build), .warning, of: build.resources[binding])
    }
  }
}

extension Problem {
  fileprivate static func subjectWithoutNamespace(
    _ subject: NodeID, _ name: NodeID, _ build: InspectedBuild
  ) -> Problem {
    let account = "ServiceAccount \"\(build.tree.string(name))\""
    return Problem(
      .bindingSubjectNamespace,
      "\(account) has no namespace, which a ClusterRoleBinding must say",
      at: build.tree.position(subject),
      hint: "add a namespace; kustomize sets it only for accounts of this build")
  }
}
