extension Rule {
  /// Paths are compared as they are written, like in the API: `/data/` is another one than `/data`.
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
    let mountPath = inspection.build.words.mountPath
    inspection.reportRepetitions({ pod, pods, tree in
      pods.repeatedTexts(mountPath, inEach: { $0.volumeMounts }, of: pod, tree)
    }) { .duplicateMountPath($1, $2) }
  }
}

extension Problem {
  fileprivate static func duplicateMountPath(
    _ second: NodeID, _ build: InspectedBuild
  ) -> Problem {
    Problem(
      .duplicateMountPath, "two volumes are mounted at \"\(build.tree.string(second))\"",
      at: build.tree.position(second))
  }
}
