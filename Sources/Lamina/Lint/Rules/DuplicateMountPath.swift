extension Rule {
  static let duplicateMountPath = Rule(
    .duplicateMountPath, .warning, askedOnceFor: .root,
    summary: "a container mounts two volumes at one path",
    page: """
      The API refuses a container that mounts two volumes at one path.

          volumeMounts:
          - {name: data, mountPath: /data}
          - {name: cache, mountPath: /data}   # another path
      """
  ) { inspection in
    let build = inspection.build
    for pod in build.pods.pods {
      for container in build.pods.containers[pod.containers] {
        guard let list = container.volumeMounts else { continue }
        for (first, second) in build.tree.repeatedTexts(build.words.mountPath, inElementsOf: list) {
          inspection.report(
            .duplicateMountPath(first, second, build), .warning, of: build.resources[pod.resource])
        }
      }
    }
  }
}

extension Problem {
  fileprivate static func duplicateMountPath(
    _ first: NodeID, _ second: NodeID, _ build: InspectedBuild
  ) -> Problem {
    Problem(
      .duplicateMountPath, "two volumes are mounted at \"\(build.tree.string(second))\"",
      at: build.tree.position(second)
    ).noting("the first is here", at: build.tree.position(first))
  }
}
