extension Rule {
  /// References with a key are not judged: those of a volume's `items` repeat that of the volume, and
  /// `configMapKeyRef` and `secretKeyRef` are left out with them. Objects that were renamed belong to
  /// `danglingAfterRename`.
  static let danglingReference = Rule(
    .danglingReference, .off, askedOnceFor: .root,
    summary: "a pod names an object that is not in the build",
    page: """
      A config map, secret, service account or claim that a pod needs is in none of the resources. Many builds \
      rely on objects that others make, so the rule is off; switch it on for all kinds or for one:

          lint:
            rules:
              dangling-reference/Secret: warning

      The finding is about the missing object: `object: Secret/tls` in an entry of `ignore` names it. References \
      that are `optional`, and the service account "default", are passed over.
      """
  ) { inspection in
    let build = inspection.build
    for reference in build.podReferences where reference.key == nil {
      guard case .none = reference.target else { continue }
      let name = build.tree.string(reference.name)
      if reference.kind == .serviceAccount, name == "default" { continue }
      if build.tree.isSubstituted(reference.name) { continue }
      let kind = reference.kind.symbol(build.words)
      if let symbol = build.symbol(ofText: reference.name),
        [build.namesOfPods, build.formerNames].contains(where: {
          $0.places(of: kind, named: symbol).first != nil
        })
      {
        continue
      }
      inspection.report(
        .noObjectNamed(reference, kind, build), .off, about: "\(reference.kind.rawValue)/\(name)")
    }
  }
}

extension Problem {
  fileprivate static func noObjectNamed(
    _ reference: PodReferences.Reference, _ kind: Symbol, _ build: InspectedBuild
  ) -> Problem {
    Problem(
      .danglingReference,
      "there is no \(reference.kind.rawValue) \"\(build.tree.string(reference.name))\" in this build",
      at: build.tree.position(reference.name), hint: build.nameHint(reference.name, of: kind))
  }
}
