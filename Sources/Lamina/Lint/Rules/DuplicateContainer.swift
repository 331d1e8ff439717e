extension Rule {
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
    let build = inspection.build
    for pod in build.pods.pods where pod.containers.count > 1 {
      var names = RepeatedTexts()
      for container in build.pods.containers[pod.containers] {
        if let name = container.name { names.add(name, in: build.tree) }
      }
      for (first, second) in names.found {
        inspection.report(
          .duplicateContainer(first, second, build), .warning, of: build.resources[pod.resource])
      }
    }
  }
}

extension Problem {
  fileprivate static func duplicateContainer(
    _ first: NodeID, _ second: NodeID, _ build: InspectedBuild
  ) -> Problem {
    Problem(
      .duplicateContainer,
      "two containers of the pod are called \"\(build.tree.string(second))\"",
      at: build.tree.position(second)
    ).noting("the first is here", at: build.tree.position(first))
  }
}
