extension Rule {
  /// Labels of objects are left to the schema check; here are those that kustomizations add to all
  /// of them.
  static let labelInvalid = Rule(
    .labelInvalid, .error, askedOnceFor: .file,
    summary: "a label or annotation of a kustomization is not valid in Kubernetes",
    page: """
      The API refuses every object with it. A key is a name of up to 63 letters, digits, `-`, `_` and `.`, perhaps \
      behind a DNS name and a slash; the value of a label is such a name or empty. Values of annotations may be any \
      text.

          commonLabels:
            version: 1.0 beta   # 1.0-beta
      """
  ) { inspection in
    for layer in inspection.build.layers {
      let kustomization = layer.kustomization
      inspection.checkLabels(kustomization.commonLabels)
      for set in kustomization.labels { inspection.checkLabels(set.pairs) }
      inspection.checkAnnotations(kustomization.commonAnnotations)
      inspection.checkOptions(kustomization.generatorOptions)
    }
    inspection.build.forEachGenerator { generator, _ in
      inspection.checkOptions(generator.options)
    }
    for object in inspection.build.stage.configuredObjects {
      switch object.arguments {
      case .labels(let pairs, _): inspection.checkLabels(pairs)
      case .annotations(let pairs, _): inspection.checkAnnotations(pairs)
      default: break
      }
    }
  }
}

extension Inspection {
  /// Labels and annotations of generated objects.
  fileprivate mutating func checkOptions(_ options: GeneratorOptions?) {
    guard let options else { return }
    checkLabels(options.labels)
    checkAnnotations(options.annotations)
  }

  fileprivate mutating func checkLabels(_ pairs: [Pair]) {
    for pair in pairs {
      if !Tree.isSubstituted(pair.key), !LabelSyntax.isKey(Array(pair.key.utf8)) {
        report(.invalidKey(pair, "a label", build), .error)
      }
      if !Tree.isSubstituted(pair.value), !LabelSyntax.isValue(Array(pair.value.utf8)) {
        report(.invalidValue(pair), .error)
      }
    }
  }

  /// The keys of annotations may have capital letters in the domain as well.
  fileprivate mutating func checkAnnotations(_ pairs: [Pair]) {
    for pair in pairs
    where !Tree.isSubstituted(pair.key) && !LabelSyntax.isKey(Array(pair.key.lowercased().utf8)) {
      report(.invalidKey(pair, "an annotation", build), .error)
    }
  }
}

extension Problem {
  fileprivate static func invalidKey(
    _ pair: Pair, _ what: String, _ build: InspectedBuild
  ) -> Problem {
    Problem(
      .labelInvalid, "\"\(pair.key)\" is no key of \(what)",
      at: build.sources.position(ofKey: pair.key, before: pair.position),
      hint:
        "a key is up to 63 letters, digits, \"-\", \"_\" and \".\", perhaps behind a domain and \"/\""
    )
  }

  fileprivate static func invalidValue(_ pair: Pair) -> Problem {
    Problem(
      .labelInvalid, "\"\(pair.value)\" is no value of a label", at: pair.position,
      hint: "a value is up to 63 letters, digits, \"-\", \"_\" and \".\"")
  }
}
