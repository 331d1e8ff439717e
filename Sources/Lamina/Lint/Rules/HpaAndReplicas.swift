extension Rule {
  /// A workload without `replicas` is what the rule asks for: the API then leaves the number as it
  /// is.
  static let hpaAndReplicas = Rule(
    .hpaAndReplicas, .lint, askedOnceFor: .root,
    summary: "an object has replicas, and an autoscaler sets them",
    page: """
      Each `kubectl apply` puts the number in the file in the place of the one that the autoscaler has chosen.

          kind: Deployment
          spec:
            replicas: 2   # leave it out
      """
  ) { inspection in
    let build = inspection.build
    build.eachScaleTarget { scaler, kind, name in
      guard let symbol = build.symbol(ofText: kind) else { return }
      for place in build.places(of: symbol, named: name, from: build.namespace(of: scaler)) {
        guard let spec = build.tree.field(.spec, of: build.resources[place].root),
          let replicas = build.tree.field(build.words.replicas, of: spec),
          !build.tree.isNull(replicas)
        else { continue }
        inspection.report(
          .replicasTwice(replicas, scaler, build), .lint, of: build.resources[place])
      }
    }
  }
}

extension Problem {
  fileprivate static func replicasTwice(
    _ replicas: NodeID, _ scaler: Int, _ build: InspectedBuild
  ) -> Problem {
    Problem(
      .hpaAndReplicas, "a HorizontalPodAutoscaler sets the replicas, which each apply sets back",
      at: build.tree.position(replicas), hint: "leave replicas out"
    ).noting("the autoscaler is here", at: build.tree.position(build.resources[scaler].root))
  }
}
