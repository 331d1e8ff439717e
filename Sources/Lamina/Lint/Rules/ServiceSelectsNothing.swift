extension Rule {
  /// A Service without a selector is served by endpoints of its own, and not judged.
  static let serviceSelectsNothing = Rule(
    .serviceSelectsNothing, .lint, askedOnceFor: .root,
    summary: "a Service selects no pod of the build",
    page: """
      The Service has no endpoints, if its pods are in this build at all. Often a label has changed on one side \
      only.

          kind: Service
          spec:
            selector: {app: wbe}   # the pods have app: web

      Judged only where the build has workloads. Services that select pods of a StatefulSet by name are passed \
      over.
      """
  ) { inspection in
    let build = inspection.build
    let tree = build.tree
    guard !build.pods.pods.isEmpty else { return }
    for index in build.services {
      guard let spec = tree.field(.spec, of: build.resources[index].root),
        let selector = tree.field(build.words.selector, of: spec), !build.isEmptySelector(selector),
        !build.holdsSubstitutions(selector), !build.selectsByPodName(selector),
        build.pods(withLabels: selector, from: build.namespace(of: index)).isEmpty
      else { continue }
      inspection.report(
        .serviceWithoutPods(selector, index, build), .lint, of: build.resources[index])
    }
  }
}

extension InspectedBuild {
  /// The object is a Service of Kubernetes itself.
  func isService(_ resource: Int) -> Bool {
    let type = resources[resource].id.type
    return type.kind == words.service && type.group.isEmpty
  }

  /// StatefulSets label each pod with its name.
  fileprivate func selectsByPodName(_ selector: NodeID) -> Bool {
    let labels: [StaticString] = [
      "statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index",
    ]
    return labels.contains { symbol($0).map { tree.field($0, of: selector) != nil } ?? false }
  }
}

extension Problem {
  /// Names the first label that no pod has, as that is the one to mend.
  fileprivate static func serviceWithoutPods(
    _ selector: NodeID, _ service: Int, _ build: InspectedBuild
  ) -> Problem {
    let tree = build.tree
    let namespace = build.namespace(of: service)
    let own = build.pods.pods.filter {
      build.mayBeEqual(build.namespace(of: $0.resource), namespace)
    }
    // A label that no pod has is what is wrong; without one, pods have them, but not together.
    func isMissing(_ label: NodeID) -> Bool {
      for pod in own {
        if let labels = pod.labels,
          let value = tree.field(tree.key(label), of: labels), tree.textsAreEqual(value, label)
        {
          return false
        }
      }
      return true
    }
    guard let missing = tree.children(of: selector).first(where: isMissing) else {
      return Problem(
        .serviceSelectsNothing, "no pod of this build has all labels that the Service selects",
        at: tree.position(selector))
    }
    var values: [String] = []
    for pod in own {
      if let labels = pod.labels,
        let value = tree.field(tree.key(missing), of: labels)
      {
        values.append(tree.string(value))
      }
    }
    let key = build.symbols.string(tree.key(missing))
    return Problem(
      .serviceSelectsNothing, "no pod of this build has the label \(key): \(tree.string(missing))",
      at: tree.position(missing),
      hint: Suggestion.nearest(to: tree.string(missing), among: values).map {
        "did you mean \"\($0)\"?"
      })
  }
}
