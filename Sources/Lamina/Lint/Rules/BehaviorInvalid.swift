extension Rule {
  /// The reader remarks it while it decodes the generator (`FieldDecoder.behavior`): only there is
  /// the word still known.
  static let behaviorInvalid = Rule(
    .behaviorInvalid, .error, askedOnceFor: .reported,
    summary: "the behavior of a generator is no word that kustomize knows",
    page: """
      kustomize takes any word but `create`, `merge` and `replace` for no word at all, and creates an object.

          configMapGenerator:
          - name: settings
            behavior: Merge   # merge
            literals: [LEVEL=debug]
      """
  )
}
