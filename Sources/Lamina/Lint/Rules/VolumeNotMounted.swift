extension Rule {
  /// Devices count as mounts. Only pods of Kubernetes' own kinds are judged, whose fields are
  /// known.
  static let volumeNotMounted = Rule(
    .volumeNotMounted, .lint, askedOnceFor: .root,
    summary: "no container mounts a volume of the pod",
    page: """
      The volume is there for nothing, and a claim or secret that it names must exist all the same. Often the \
      mount has another name, or was removed with its container.

          volumes: [{name: data, emptyDir: {}}]   # no volumeMounts entry is called data
      """
  ) { inspection in
    let build = inspection.build
    let tree = build.tree
    for pod in build.pods.pods where pod.isBuiltIn {
      guard let volumes = pod.volumes else { continue }
      tree.eachField(.name, inElementsOf: volumes) { name in
        let isMounted = build.pods.containers[pod.containers].contains { container in
          [container.volumeMounts, container.volumeDevices].compactMap { $0 }.contains { mounts in
            var isMounted = false
            tree.eachField(.name, inElementsOf: mounts) {
              isMounted = isMounted || tree.textsAreEqual($0, name)
            }
            return isMounted
          }
        }
        if isMounted || tree.isSubstituted(name) { return }
        inspection.report(.volumeNotMounted(name, build), .lint, of: build.resources[pod.resource])
      }
    }
  }
}

extension Problem {
  fileprivate static func volumeNotMounted(_ name: NodeID, _ build: InspectedBuild) -> Problem {
    Problem(
      .volumeNotMounted, "no container mounts the volume \"\(build.tree.string(name))\"",
      at: build.tree.position(name))
  }
}
