extension Rule {
  /// An account counts as found if its namespace may be the one that the subject names: either may
  /// leave it out. The account "default" is made by Kubernetes in every namespace.
  static let bindingSubjectMissing = Rule(
    .bindingSubjectMissing, .off, askedOnceFor: .root,
    summary: "a role binding gives rights to a service account that is not in the build",
    page: """
      Nobody gets the rights: the binding names a ServiceAccount that no resource makes, or that lies in another \
      namespace. Accounts of other builds are common, so the rule is off.

          subjects:
          - {kind: ServiceAccount, name: robot, namespace: shop}   # robot is in namespace "prod"
      """
  ) { inspection in
    let build = inspection.build
    build.eachServiceAccount { binding, subject, name in
      if build.tree.textEquals(name, "default") || build.tree.isSubstituted(name) { return }
      let namespace = build.tree.field(.namespace, of: subject)
      if namespace.map({ build.tree.isSubstituted($0) }) == true { return }
      let found =
        build.symbol(ofText: name).map {
          build.names.places(of: .serviceAccount, named: $0)
        } ?? Places()
      let isThere = found.contains { place in
        let own = build.namespace(of: place)
        return namespace.map { own.isEmpty || build.tree.text($0, equals: own) } ?? true
      }
      if isThere { return }
      inspection.report(
        .noServiceAccount(name, found.first, build), .off, of: build.resources[binding])
    }
  }
}

extension InspectedBuild {
  /// Calls `body` with each service account that a binding names: the binding, the subject and its name.
  ///
  /// Subjects of other kinds are users and groups, which are no objects.
  func eachServiceAccount(_ body: (Int, NodeID, NodeID) -> Void) {
    for index in resources.indices {
      let kind = resources[index].id.type.kind
      guard kind == .clusterRoleBinding || kind == .roleBinding,
        let subjects = tree.field(.subjects, of: resources[index].root),
        tree.shape(subjects) == .sequence
      else { continue }
      for subject in tree.children(of: subjects) {
        guard let kind = tree.field(.kind, of: subject), tree.text(kind, equals: .serviceAccount),
          let name = tree.field(.name, of: subject)
        else { continue }
        body(index, subject, name)
      }
    }
  }
}

extension Problem {
  /// - Parameter elsewhere: an account of that name in another namespace.
  fileprivate static func noServiceAccount(
    _ name: NodeID, _ elsewhere: Int?, _ build: InspectedBuild
  ) -> Problem {
    let text = build.tree.string(name)
    guard let elsewhere else {
      return Problem(
        .bindingSubjectMissing, "there is no ServiceAccount \"\(text)\" in this build",
        at: build.tree.position(name), hint: build.nameHint(name, of: .serviceAccount))
    }
    let namespace = build.symbols.string(build.namespace(of: elsewhere))
    return Problem(
      .bindingSubjectMissing, "ServiceAccount \"\(text)\" is in another namespace",
      at: build.tree.position(name), hint: "it is in \"\(namespace)\""
    ).noting("it is here", at: build.tree.position(build.resources[elsewhere].root))
  }
}
