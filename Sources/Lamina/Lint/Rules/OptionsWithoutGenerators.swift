extension Rule {
  /// Objects of `generators` do not count: they bring their own options.
  static let optionsWithoutGenerators = Rule(
    .optionsWithoutGenerators, .lint, askedOnceFor: .file,
    summary: "generatorOptions stands in a file without generators",
    page: """
      `generatorOptions` is about the generators of its own file: it is not inherited, neither by the bases below nor \
      by the overlays above.

          resources: [../base]
          generatorOptions: {disableNameSuffixHash: true}   # base still makes hashes
      """
  ) { inspection in
    let build = inspection.build
    for layer in build.layers {
      let kustomization = layer.kustomization
      guard kustomization.generatorOptions != nil, kustomization.configMapGenerator.isEmpty,
        kustomization.secretGenerator.isEmpty, let document = layer.document,
        let options = build.symbol("generatorOptions").flatMap({
          build.tree.field($0, of: document)
        })
      else { continue }
      inspection.report(.optionsWithoutGenerators(at: build.position(ofKeyOf: options)), .lint)
    }
  }
}

extension Problem {
  fileprivate static func optionsWithoutGenerators(at position: Position) -> Problem {
    Problem(
      .optionsWithoutGenerators, "'generatorOptions' does nothing in a file without generators",
      at: position, hint: "other kustomizations do not inherit it")
  }
}
