extension Rule {
  /// A bare pod is its own template and has no selector. Selectors of labels alone, as nearly all
  /// are, are compared without building a condition; any other goes through
  /// `InspectedBuild.matches`.
  static let workloadSelector = Rule(
    .workloadSelector, .error, askedOnceFor: .root,
    summary: "the selector of a workload does not match its own pods",
    page: """
      The API refuses the object: a Deployment must select the pods that its template makes. It happens when a \
      patch changes the labels of the template and not those of the selector, which cannot be changed later.

          spec:
            selector: {matchLabels: {app: web}}
            template:
              metadata: {labels: {app: front}}   # must have app: web
      """
  ) { inspection in
    let build = inspection.build
    let (tree, pods) = (build.tree, build.pods)
    let (selectorWord, labelsWord) = (build.words.selector, build.words.matchLabels)
    for pod in pods.pods where pod.isBuiltIn {
      let root = build.resources[pod.resource].root
      guard pod.template != root, let spec = tree.field(.spec, of: root),
        let selector = tree.field(selectorWord, of: spec), tree.shape(selector) == .mapping
      else { continue }
      let labels = pod.labels
      // Nearly all selectors have labels only.
      if let wanted = tree.first(of: selector), tree.key(wanted) == labelsWord,
        tree.next(after: wanted) == nil, tree.missedLabel(wanted, of: labels) == nil
      {
        continue
      }
      if build.matches(selector, labels) { continue }
      if build.holdsSubstitutions(selector) || labels.map(build.holdsSubstitutions) == true {
        continue
      }
      inspection.report(
        .selectsOthers(selector, labels, build), .error, of: build.resources[pod.resource])
    }
  }
}

extension Problem {
  fileprivate static func selectsOthers(
    _ selector: NodeID, _ labels: NodeID?, _ build: InspectedBuild
  ) -> Problem {
    let tree = build.tree
    let wanted = tree.field(build.words.matchLabels, of: selector)
    guard let label = wanted.flatMap({ build.missedLabel($0, labels) }) else {
      return Problem(
        .workloadSelector, "the selector does not match the labels of the template",
        at: tree.position(selector))
    }
    let key = build.symbols.string(tree.key(label))
    let asked = "\(key): \(tree.string(label))"
    guard let other = labels.flatMap({ tree.field(tree.key(label), of: $0) }) else {
      return Problem(
        .workloadSelector, "the selector asks for \(asked), which the template does not have",
        at: tree.position(label), hint: "add the label to the template")
    }
    return Problem(
      .workloadSelector,
      "the template has \(key): \(tree.string(other)), and the selector asks for \(asked)",
      at: tree.position(other), hint: "write \"\(tree.string(label))\", or change both"
    ).noting("the selector is here", at: tree.position(label))
  }
}
