extension Rule {
  /// Containers and init containers stand side by side in `PodList`, so one look finds both.
  static let duplicateContainer = Rule(
    .duplicateContainer, .warning, askedOnceFor: .root,
    summary: "two containers of a pod have one name",
    page: """
      The API refuses the pod: containers and init containers share their names.

          containers:
          - {name: web, image: example/web}
          - {name: web, image: example/proxy}   # another name
      """
  ) { inspection in
    inspection.reportRepetitions({ pod, pods, tree in
      guard pod.containers.count > 1 else { return [] }
      var names = RepeatedTexts()
      for container in pods.containers[pod.containers] {
        if let name = container.name { names.add(name, in: tree) }
      }
      return names.found
    }) { .duplicateContainer($1, $2) }
  }
}

extension Problem {
  fileprivate static func duplicateContainer(
    _ second: NodeID, _ build: InspectedBuild
  ) -> Problem {
    Problem(
      .duplicateContainer,
      "two containers of the pod are called \"\(build.tree.string(second))\"",
      at: build.tree.position(second))
  }
}
