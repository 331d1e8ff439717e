extension Rule {
  /// Asks the ledger who wrote the labels of selectors, so that fields added by `configurations`
  /// are found, and selectors that no label has reached are not.
  static let labelsInSelectors = Rule(
    .labelsInSelectors, .lint,
    summary: "a label is added to the selectors of workloads",
    page: """
      The selector of a Deployment, StatefulSet or DaemonSet cannot be changed in a cluster: when such a label is \
      added, changed or removed later, the API refuses the object until it is deleted.

          labels:
          - pairs: {team: shop}
            includeSelectors: true   # leave it out; includeTemplates labels the pods
      """
  ) { inspection in
    let build = inspection.build
    let found = build.labelsOfSelectors
    if found.isEmpty { return }
    for layer in build.layers {
      let kustomization = layer.kustomization
      for pairs in [kustomization.commonLabels] + kustomization.labels.map(\.pairs) {
        let hits = pairs.filter { found[$0.position.raw] != nil }
        guard let first = hits.min(by: { $0.position.raw < $1.position.raw }),
          let resource = found[first.position.raw]
        else { continue }
        inspection.report(
          .labelsInSelectors(hits, first, build.resources[resource], build), .lint)
      }
    }
  }
}

extension InspectedBuild {
  /// The places of labels that kustomizations have added to selectors of workloads, each with the first
  /// such workload.
  fileprivate var labelsOfSelectors: [UInt32: Int] {
    var found: [UInt32: Int] = [:]
    for pod in pods.pods where pod.isBuiltIn {
      let root = resources[pod.resource].root
      guard pod.template != root, let spec = tree.field(.spec, of: root),
        let selector = tree.field(words.selector, of: spec)
      else { continue }
      for label in tree.children(of: tree.field(words.matchLabels, of: selector) ?? selector) {
        guard let edit = tree.writer(label).edit.map({ tree.ledger[$0] }), edit.kind == .labels,
          found[edit.position.raw] == nil
        else { continue }
        found[edit.position.raw] = pod.resource
      }
    }
    return found
  }
}

extension Problem {
  fileprivate static func labelsInSelectors(
    _ pairs: [Pair], _ first: Pair, _ resource: Resource, _ build: InspectedBuild
  ) -> Problem {
    let keys = pairs.map { "\"\($0.key)\"" }.joined(separator: ", ")
    return Problem(
      .labelsInSelectors,
      "\(keys) \(pairs.count == 1 ? "becomes" : "become") part of selectors, which cannot be changed in a cluster",
      at: first.position, hint: "use 'labels' without includeSelectors"
    ).noting("one is in \(build.name(of: resource))", at: build.tree.position(resource.root))
  }
}
