extension Rule {
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
    let tree = build.tree
    var seen: Set<UInt32> = []
    for pod in build.pods.pods where pod.isBuiltIn {
      let root = build.resources[pod.resource].root
      guard pod.template != root, let spec = tree.field(.spec, of: root),
        let selector = tree.field(build.words.selector, of: spec)
      else { continue }
      let labels = tree.field(build.words.matchLabels, of: selector) ?? selector
      for label in tree.children(of: labels) {
        guard let edit = tree.writer(label).edit.map({ tree.ledger[$0] }), edit.kind == .labels,
          seen.insert(edit.position.raw).inserted
        else { continue }
        let resource = build.resources[pod.resource]
        inspection.report(.labelInSelector(label, edit, resource, build), .lint, of: resource)
      }
    }
  }
}

extension Problem {
  fileprivate static func labelInSelector(
    _ label: NodeID, _ edit: Ledger.Edit, _ resource: Resource, _ build: InspectedBuild
  ) -> Problem {
    let text = "\(build.symbols.string(build.tree.key(label))): \(build.tree.string(label))"
    return Problem(
      .labelsInSelectors,
      "the label \(text) becomes part of selectors, which cannot be changed in a cluster",
      at: edit.position, hint: "use 'labels' without includeSelectors"
    ).noting(
      "one is in \(build.name(of: resource))", at: build.tree.position(resource.root))
  }
}
