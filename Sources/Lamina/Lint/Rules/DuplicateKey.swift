extension Rule {
  /// The reader remarks it (`FieldDecoder.lastOfEachKey`): afterwards the first of the two is gone.
  static let duplicateKey = Rule(
    .duplicateKey, .error, askedOnceFor: .reported,
    summary: "a key stands twice in one mapping of a kustomization",
    page: """
      kustomize takes the last of the two and ignores the first without a word.

          resources: [web.yaml]
          namePrefix: prod-
          resources: [settings.yaml]   # web.yaml is not rendered

      Put both into one.
      """
  )
}
