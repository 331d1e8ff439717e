extension Rule {
  /// An error where the patch deletes, a warning otherwise.
  static let targetMatchesAll = Rule(
    .targetMatchesAll, .error,
    summary: "the target of a patch selects every object",
    page: """
      A target without conditions, or with nothing but `.*`, selects all objects of the layer, also those that \
      will be added later. With `$patch: delete` nothing is left.

          patches:
          - target: {}
            patch: '[{"op": "add", "path": "/metadata/annotations", "value": {}}]'

      Name a kind, a name or labels. For labels and annotations there are `labels` and `commonAnnotations`.
      """
  ) { inspection in
    let build = inspection.build
    build.forEachPatch { arguments, patch in
      guard let target = arguments.target, target.selectsAll else { return }
      let deletes = build.deletes(patch)
      inspection.report(.targetOfAll(target, deletes), deletes ? .error : .warning)
    }
  }
}

extension Selector {
  /// No condition leaves anything out. Other expressions that match all are hardly ever written.
  fileprivate var selectsAll: Bool {
    if !labelSelector.text.isEmpty || !annotationSelector.text.isEmpty { return false }
    return [kind, name, namespace, group, version].allSatisfy { condition in
      condition.text.isEmpty || [".*", ".+", "^.*$"].contains(condition.text)
    }
  }
}

extension InspectedBuild {
  /// A strategic merge patch that deletes its object.
  fileprivate func deletes(_ patch: LoadedPatch) -> Bool {
    patch.objects.contains { object in
      tree.field(.patchDirective, of: object).map { tree.textEquals($0, "delete") } ?? false
    }
  }
}

extension Problem {
  fileprivate static func targetOfAll(_ target: Selector, _ deletes: Bool) -> Problem {
    Problem(
      .targetMatchesAll,
      deletes
        ? "this target selects every object, and the patch deletes them all"
        : "this target selects every object",
      at: target.position, hint: "name a kind, a name or labels")
  }
}
