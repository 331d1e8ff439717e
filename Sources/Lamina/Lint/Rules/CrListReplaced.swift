extension Rule {
  /// The merge notes each such list when it replaces it (`StrategicMerge.noteReplacement`), since
  /// only then are both lists there.
  static let crListReplaced = Rule(
    .crListReplaced, .warning,
    summary: "a patch replaces a list of a custom resource, and loses elements or fields",
    page: """
      kustomize knows the merge keys of Kubernetes' own kinds only. In a custom resource a list of a patch takes \
      the place of the whole list, also where its elements have the names of those that are there.

          apiVersion: argoproj.io/v1alpha1
          kind: Rollout
          spec:
            template:
              spec:
                containers:
                - name: web             # all other containers are dropped, and all other fields of this one
                  image: example/web:2.0

      Give kustomize the merge key with `openapi: {path: schema.json}`, in which the list has \
      `x-kubernetes-patch-merge-key: name` and `x-kubernetes-patch-strategy: merge`, or use a JSON patch.
      """
  ) { inspection in
    let build = inspection.build
    for remark in build.tree.ledger.remarks {
      // Of Kubernetes' own kinds, `openapi-shadows-builtin` says it.
      guard case .listReplaced(_, let object, isKnown: false) = remark.kind,
        !build.isOfBuiltInKind(object)
      else { continue }
      inspection.report(.replacedList(remark, build), .warning)
    }
  }
}

extension InspectedBuild {
  /// The copy of the tree is there because looking up a kind may add symbols.
  fileprivate func isOfBuiltInKind(_ object: NodeID) -> Bool {
    var tree = tree
    guard let name = tree.typeName(of: object) else { return false }
    return Schema.isBuiltIn(name, tree.symbols)
  }
}

extension Problem {
  fileprivate static func replacedList(_ remark: PatchRemark, _ build: InspectedBuild) -> Problem {
    let words = remark.losses.map { $0.words(in: build) }
    let shown = words.prefix(5).joined(separator: ", ") + (words.count > 5 ? " and more" : "")
    return Problem(
      .crListReplaced,
      "kustomize knows no merge key for \(build.symbols.string(remark.list)) here, so the list is replaced: \(shown) \(words.count == 1 ? "is" : "are") dropped",
      at: remark.position,
      hint: "write the whole list, use a JSON patch, or give its merge key with 'openapi'"
    ).noting(remark.losses, in: build)
  }
}
