extension Rule {
  /// Variables of `envFrom` are not counted: `env` goes before them on purpose.
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
    inspection.reportRepetitions({ pod, pods, tree in
      pods.repeatedTexts(.name, inEach: { $0.env }, of: pod, tree)
    }) { .duplicateEnv($1, $2) }
  }
}

extension Problem {
  fileprivate static func duplicateEnv(
    _ second: NodeID, _ build: InspectedBuild
  ) -> Problem {
    Problem(
      .duplicateEnv,
      "the container sets \"\(build.tree.string(second))\" twice; the last one counts",
      at: build.tree.position(second))
  }
}
