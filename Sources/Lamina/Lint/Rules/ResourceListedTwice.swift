extension Rule {
  /// The build reports it when it adds the second object (`ListedTwice`).
  static let resourceListedTwice = Rule(
    .resourceListedTwice, .error, askedOnceFor: .reported,
    summary: "two entries of resources bring the same object",
    page: """
      A file or a directory is listed twice, or two entries stand on one base, so that each of its objects would be \
      there twice. The build fails.

          resources:
          - ../one   # both have ../base among their resources
          - ../two

      List the base once, above both, or give one of the two a `namePrefix` or a `namespace`.
      """
  )
}
