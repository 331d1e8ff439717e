extension Rule {
  /// The root is the last of the layers. A directory that is a root in another run is not reported
  /// there.
  static let sortOptionsIgnored = Rule(
    .sortOptionsIgnored, .warning,
    summary: "sortOptions stands in a kustomization that is no root",
    page: """
      Only the kustomization that is rendered decides about the order; `sortOptions` of those that it includes do \
      nothing. Move it to the root.
      """
  ) { inspection in
    let build = inspection.build
    for layer in build.layers.dropLast() {
      guard let options = layer.kustomization.sortOptions else { continue }
      inspection.report(
        .sortOptionsIgnored(options, build), .warning, idleEntry: options.position)
    }
  }
}

extension Problem {
  fileprivate static func sortOptionsIgnored(
    _ options: SortOptions, _ build: InspectedBuild
  ) -> Problem {
    let field = KustomizationField.sortOptions.rawValue
    return Problem(
      .sortOptionsIgnored, "'\(field)' is ignored in a kustomization that another one includes",
      at: build.sources.position(ofKey: field, before: options.position),
      hint: "move it to the kustomization that is rendered")
  }
}
