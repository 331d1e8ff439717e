extension Rule {
  /// Only the nearest namespace on each way counts, as that is the one which is overwritten.
  static let namespaceTwice = Rule(
    .namespaceTwice, .lint,
    summary: "a kustomization sets another namespace than one below it",
    page: """
      The upper one counts, so that all objects of the lower kustomization move, and texts in them that name the \
      old namespace stay.

          namespace: kubeflow    # ../auth sets namespace: auth
          resources: [../auth]

      Where both say the same, the finding is off; `namespace-twice: lint` in `lamina.yaml` switches it on.
      """
  ) { inspection in
    let build = inspection.build
    for layer in build.layers {
      guard let namespace = layer.kustomization.namespace else { continue }
      for below in build.nearestNamespaces(below: layer) {
        let isSame = below.text.hasBytes(of: namespace.text)
        inspection.report(.namespaceTwice(namespace, below), isSame ? .off : .lint)
      }
    }
  }
}

extension InspectedBuild {
  /// The namespaces that layers below one set, the nearest on each way.
  fileprivate func nearestNamespaces(below layer: Layer) -> [Kustomization.Entry] {
    var result: [Kustomization.Entry] = []
    var seen: Set<Int> = []
    var rest = children(of: layer)
    while let next = rest.popLast() {
      guard seen.insert(next).inserted, layers.indices.contains(next) else { continue }
      if let namespace = layers[next].kustomization.namespace {
        if !result.contains(where: { $0.text.hasBytes(of: namespace.text) }) {
          result.append(namespace)
        }
      } else {
        rest += children(of: layers[next])
      }
    }
    return result
  }

  /// Layers below, components included.
  private func children(of layer: Layer) -> [Int] {
    layer.components
      + layer.resources.compactMap { if case .layer(let child, _) = $0 { child } else { nil } }
  }
}

extension Problem {
  fileprivate static func namespaceTwice(
    _ upper: Kustomization.Entry, _ lower: Kustomization.Entry
  ) -> Problem {
    let message =
      upper.text.hasBytes(of: lower.text)
      ? "namespace \"\(upper.text)\" is set below as well"
      : "namespace \"\(upper.text)\" takes the place of \"\(lower.text)\", which is set below"
    return Problem(.namespaceTwice, message, at: upper.position)
      .noting("it is set here", at: lower.position)
  }
}
