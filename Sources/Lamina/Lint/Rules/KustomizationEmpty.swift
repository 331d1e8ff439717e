extension Rule {
  /// A file without any field is an error of kustomize, and reported under the same name by the
  /// reader.
  static let kustomizationEmpty = Rule(
    .kustomizationEmpty, .lint, askedOnceFor: .file,
    summary: "a kustomization says nothing",
    page: """
      The file has no fields but such as are empty, so that listing it does nothing. A file with its types only, or \
      without any text, is an error already.

          resources: []
      """
  ) { inspection in
    let build = inspection.build
    for layer in build.layers {
      // What is no mapping is an error of its own.
      guard let document = layer.document, build.tree.shape(document) == .mapping,
        build.saysNothing(document)
      else { continue }
      inspection.report(.kustomizationSaysNothing(at: build.tree.position(document)), .lint)
    }
  }
}

extension InspectedBuild {
  /// Fields that only describe the file do not count, and empty values neither.
  fileprivate func saysNothing(_ document: NodeID) -> Bool {
    let isAbout: [Symbol] = [.apiVersion, .kind, .metadata]
    return tree.children(of: document).allSatisfy { field in
      isAbout.contains(tree.key(field)) || tree.isNullOrEmpty(field)
        || (tree.shape(field) == .scalar && tree.textIsEmpty(field))
    }
  }
}

extension Problem {
  fileprivate static func kustomizationSaysNothing(at position: Position) -> Problem {
    Problem(.kustomizationEmpty, "the kustomization says nothing", at: position)
  }
}
