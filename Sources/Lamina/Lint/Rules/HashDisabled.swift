extension Rule {
  /// Reads the documents of the kustomizations, since the decoded options no longer tell whether a
  /// `false` or nothing was written, nor where.
  static let hashDisabled = Rule(
    .hashDisabled, .off, askedOnceFor: .file,
    summary: "generated names get no hash",
    page: """
      When the content of the object changes, its name stays the same, and pods that read it go on with the old \
      values until something restarts them. A choice, and so off.

          generatorOptions: {disableNameSuffixHash: true}
      """
  ) { inspection in
    let build = inspection.build
    guard let disabled = build.symbol("disableNameSuffixHash") else { return }
    let words: [StaticString] = ["generatorOptions", "configMapGenerator", "secretGenerator"]
    for layer in build.layers {
      guard let document = layer.document else { continue }
      for field in words.compactMap({ build.symbol($0) }).compactMap({
        build.tree.field($0, of: document)
      }) {
        var options = [field]
        if build.tree.shape(field) == .sequence, let word = build.symbol("options") {
          options = build.tree.children(of: field).compactMap { build.tree.field(word, of: $0) }
        }
        for value in options.compactMap({ build.tree.field(disabled, of: $0) })
        where ["true", "yes", "on", "y"].contains(build.tree.string(value).lowercased()) {
          inspection.report(.hashDisabled(at: build.position(ofKeyOf: value)), .off)
        }
      }
    }
  }
}

extension Problem {
  fileprivate static func hashDisabled(at position: Position) -> Problem {
    Problem(
      .hashDisabled, "without a hash in the name, pods do not notice new content", at: position)
  }
}
