extension Rule {
  /// kustomize's default (types.DefaultReplacementFieldPath) is for sources and targets alike; for
  /// a source it is harmless.
  static let replacementDefaultField = Rule(
    .replacementDefaultField, .error,
    summary: "a target of a replacement has no fieldPaths, so that its name is replaced",
    page: """
      A target without `fieldPaths` does not mean nothing: kustomize writes the value to `metadata.name`. The \
      object is renamed, and what refers to it is not.

          replacements:
          - source: {kind: ConfigMap, name: settings, fieldPath: data.port}
            targets:
            - select: {kind: Deployment, name: web}   # is now called 8080

      Say which fields are meant; if it is the name, write `fieldPaths: [metadata.name]`.
      """
  ) { inspection in
    inspection.build.forEachReplacement { replacement in
      for target in replacement.targets ?? [] where target.fieldPaths.isEmpty {
        inspection.report(.targetWithoutFields(target), .error)
      }
    }
  }
}

extension Problem {
  fileprivate static func targetWithoutFields(_ target: ReplacementTarget) -> Problem {
    Problem(
      .replacementDefaultField,
      "without fieldPaths the value replaces metadata.name of every object that is selected",
      at: target.position,
      hint: "add fieldPaths; write [metadata.name] if the name is meant")
  }
}
