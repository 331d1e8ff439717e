extension Rule {
  /// The reader of kustomizations reports it, in kustomize's order (`Kustomization+Reading.swift`).
  static let deprecatedField = Rule(
    .deprecatedField, .warning, askedOnceFor: .reported,
    summary: "a field has a replacement",
    page: """
      The field still works, and is to be removed from kustomize. `render edit fix` moves it to the field that \
      replaces it where the result stays the same.

          bases: [../base]       # resources
          commonLabels: {a: b}   # labels: [{pairs: {a: b}, includeSelectors: true}]
      """
  )
}
