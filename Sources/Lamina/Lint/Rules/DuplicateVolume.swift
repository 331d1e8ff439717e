extension Rule {
  static let duplicateVolume = Rule(
    .duplicateVolume, .warning, askedOnceFor: .root,
    summary: "two volumes of a pod have one name",
    page: """
      The API refuses the pod: a mount would not know which of the two is meant.

          volumes:
          - {name: data, emptyDir: {}}
          - {name: data, configMap: {name: settings}}   # another name
      """
  ) { inspection in
    let build = inspection.build
    for pod in build.pods.pods {
      guard let volumes = pod.volumes else { continue }
      for (first, second) in build.tree.repeatedTexts(.name, inElementsOf: volumes) {
        inspection.report(
          .duplicateVolume(first, second, build), .warning, of: build.resources[pod.resource])
      }
    }
  }
}

extension Problem {
  fileprivate static func duplicateVolume(
    _ first: NodeID, _ second: NodeID, _ build: InspectedBuild
  ) -> Problem {
    Problem(
      .duplicateVolume, "two volumes of the pod are called \"\(build.tree.string(second))\"",
      at: build.tree.position(second)
    ).noting("the first is here", at: build.tree.position(first))
  }
}
