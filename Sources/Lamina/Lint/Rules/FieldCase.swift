extension Rule {
  /// The reader remarks it (`FieldDecoder.fields`), except for names that are commonly written in
  /// two ways.
  static let fieldCase = Rule(
    .fieldCase, .warning, askedOnceFor: .reported,
    summary: "a field of a kustomization is spelled in letters of another case",
    page: """
      kustomize ignores the case of field names, and other tools do not: schema checks, editors and scripts do \
      not know `Images`.

          Images:   # images
          - {name: example/web, newTag: "2.0"}
      """
  )
}
