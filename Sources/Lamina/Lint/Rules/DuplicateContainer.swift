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
      guard pod.containers.count > 1, pods.hasEqualNames(pod, tree) else { return [] }
      var names = RepeatedTexts()
      for container in pods.containers[pod.containers] {
        if let name = container.name { names.add(name, in: tree) }
      }
      return names.found
    }) { .duplicateContainer($1, $2) }
  }
}

extension PodList {
  /// Whether two containers of a pod have one name, as hardly ever.
  fileprivate func hasEqualNames(_ pod: Pod, _ tree: Tree) -> Bool {
    for place in pod.containers.dropFirst() {
      guard let name = containers[place].name, tree.shape(name) == .scalar else { continue }
      for earlier in pod.containers.lowerBound..<place {
        if let other = containers[earlier].name, tree.shape(other) == .scalar,
          tree.textsAreEqual(name, other)
        {
          return true
        }
      }
    }
    return false
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
