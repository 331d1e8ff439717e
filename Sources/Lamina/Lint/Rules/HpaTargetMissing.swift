extension Rule {
  /// Kind and name are compared, but no API version: autoscalers of old files name versions that
  /// are no longer served.
  static let hpaTargetMissing = Rule(
    .hpaTargetMissing, .lint, askedOnceFor: .root,
    summary: "a HorizontalPodAutoscaler names an object that is not in the build",
    page: """
      Nothing is scaled, unless something else makes the object in the same namespace.

          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: wbe}   # it is called "web"
      """
  ) { inspection in
    let build = inspection.build
    build.eachScaleTarget { scaler, kind, name in
      if build.tree.isSubstituted(name) { return }
      let symbol = build.symbol(ofText: kind)
      let found =
        symbol.map {
          build.places(of: $0, named: name, from: build.namespace(of: scaler))
        } ?? []
      if !found.isEmpty { return }
      inspection.report(.noScaleTarget(kind, name, build), .lint, of: build.resources[scaler])
    }
  }
}

extension InspectedBuild {
  /// Calls `body` with each autoscaler and the kind and name of what it scales.
  func eachScaleTarget(_ body: (Int, _ kind: NodeID, _ name: NodeID) -> Void) {
    for index in resources.indices where resources[index].id.type.kind == words.podAutoscaler {
      guard let spec = tree.field(.spec, of: resources[index].root),
        let target = tree.field(words.scaleTargetRef, of: spec),
        let kind = tree.field(.kind, of: target), let name = tree.field(.name, of: target)
      else { continue }
      body(index, kind, name)
    }
  }
}

extension Problem {
  fileprivate static func noScaleTarget(
    _ kind: NodeID, _ name: NodeID, _ build: InspectedBuild
  ) -> Problem {
    let tree = build.tree
    return Problem(
      .hpaTargetMissing,
      "there is no \(tree.string(kind)) \"\(tree.string(name))\" in this build",
      at: tree.position(name),
      hint: build.symbol(ofText: kind).flatMap { build.nameHint(name, of: $0) })
  }
}
