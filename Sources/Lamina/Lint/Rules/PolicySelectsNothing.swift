extension Rule {
  /// The pods of other builds are unknown, hence the level `lint`.
  static let policySelectsNothing = Rule(
    .policySelectsNothing, .lint, askedOnceFor: .root,
    summary: "a NetworkPolicy or PodDisruptionBudget selects no pod of the build",
    page: """
      The policy protects nothing, if its pods are in this build at all. It may be left from a workload that was \
      removed, or its labels differ by a letter.

          kind: PodDisruptionBudget
          spec:
            selector: {matchLabels: {app: cart}}   # no pod has app: cart

      Judged only where the build has workloads. An empty selector means all pods.
      """
  ) { inspection in
    let build = inspection.build
    let (tree, words) = (build.tree, build.words)
    guard !build.pods.pods.isEmpty else { return }
    for index in build.resources.indices {
      let kind = build.resources[index].id.type.kind
      let isNetwork = kind == words.networkPolicy
      guard isNetwork || kind == words.podDisruptionBudget,
        let spec = tree.field(.spec, of: build.resources[index].root),
        let selector = tree.field(isNetwork ? words.podSelector : words.selector, of: spec),
        !build.isEmptySelector(selector), !build.holdsSubstitutions(selector),
        !build.selectsPod(selector, from: build.namespace(of: index))
      else { continue }
      inspection.report(
        .policyWithoutPods(selector, index, build), .lint, of: build.resources[index])
    }
  }
}

extension Problem {
  fileprivate static func policyWithoutPods(
    _ selector: NodeID, _ policy: Int, _ build: InspectedBuild
  ) -> Problem {
    let kind = build.symbols.string(build.resources[policy].id.type.kind)
    return Problem(
      .policySelectsNothing, "the \(kind) selects no pod of this build",
      at: build.tree.position(selector))
  }
}
