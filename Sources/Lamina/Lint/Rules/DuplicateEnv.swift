extension Rule {
  static let duplicateEnv = Rule(
    .duplicateEnv, .warning, askedOnceFor: .root,
    summary: "a container sets an environment variable twice",
    page: """
      Of two entries of `env` with one name, the last counts. Strategic merges find entries by name, so that a \
      patch changes only the first of them.

          env:
          - {name: LEVEL, value: info}
          - {name: LEVEL, value: debug}   # remove one
      """
  ) { inspection in
    let build = inspection.build
    for pod in build.pods.pods {
      for container in build.pods.containers[pod.containers] {
        guard let list = container.env else { continue }
        for (first, second) in build.tree.repeatedTexts(.name, inElementsOf: list) {
          inspection.report(
            .duplicateEnv(first, second, build), .warning, of: build.resources[pod.resource])
        }
      }
    }
  }
}

extension Problem {
  fileprivate static func duplicateEnv(
    _ first: NodeID, _ second: NodeID, _ build: InspectedBuild
  ) -> Problem {
    Problem(
      .duplicateEnv,
      "the container sets \"\(build.tree.string(second))\" twice; the last one counts",
      at: build.tree.position(second)
    ).noting("the first is here", at: build.tree.position(first))
  }
}
