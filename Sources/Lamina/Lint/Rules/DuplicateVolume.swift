extension Rule {
  /// Claim templates of a StatefulSet are not looked at: one may take the place of a volume.
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
    inspection.reportRepetitions({ pod, _, tree in
      pod.volumes.map { tree.repeatedTexts(.name, inElementsOf: $0) } ?? []
    }) { .duplicateVolume($1, $2) }
  }
}

extension Problem {
  fileprivate static func duplicateVolume(
    _ second: NodeID, _ build: InspectedBuild
  ) -> Problem {
    Problem(
      .duplicateVolume, "two volumes of the pod are called \"\(build.tree.string(second))\"",
      at: build.tree.position(second))
  }
}
