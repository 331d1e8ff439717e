extension Rule {
  /// Only pods of Kubernetes' own kinds are judged: a custom kind may add volumes of its own.
  static let mountWithoutVolume = Rule(
    .mountWithoutVolume, .error, askedOnceFor: .root,
    summary: "a container mounts a volume that the pod does not have",
    page: """
      The API refuses the pod: each name in `volumeMounts` must be a volume of the pod, or a claim template of a \
      StatefulSet.

          volumeMounts: [{name: data, mountPath: /data}]
          volumes: [{name: date, emptyDir: {}}]   # data
      """
  ) { inspection in
    let build = inspection.build
    let (tree, words) = (build.tree, build.words)
    for pod in build.pods.pods where pod.isBuiltIn {
      for container in build.pods.containers[pod.containers] {
        guard let mounts = container.volumeMounts else { continue }
        tree.eachField(.name, inElementsOf: mounts) { name in
          var isThere = false
          if let volumes = pod.volumes {
            tree.eachField(.name, inElementsOf: volumes) {
              isThere = isThere || tree.textsAreEqual($0, name)
            }
          }
          if isThere || tree.isSubstituted(name) || build.hasClaimTemplate(name, of: pod, words) {
            return
          }
          inspection.report(.noVolume(name, pod, build), .error, of: build.resources[pod.resource])
        }
      }
    }
  }
}

extension InspectedBuild {
  /// A StatefulSet makes a volume for each of its claim templates, under the template's name.
  fileprivate func hasClaimTemplate(
    _ name: NodeID, of pod: PodList.Pod, _ words: RuleWords
  ) -> Bool {
    guard let spec = tree.field(.spec, of: resources[pod.resource].root),
      let templates = tree.field(words.volumeClaimTemplates, of: spec)
    else { return false }
    for template in tree.children(of: templates) {
      if let metadata = tree.field(.metadata, of: template),
        let own = tree.field(.name, of: metadata), tree.textsAreEqual(own, name)
      {
        return true
      }
    }
    return false
  }
}

extension Problem {
  fileprivate static func noVolume(
    _ name: NodeID, _ pod: PodList.Pod, _ build: InspectedBuild
  ) -> Problem {
    let tree = build.tree
    var names: [String] = []
    if let volumes = pod.volumes {
      tree.eachField(.name, inElementsOf: volumes) { names.append(tree.string($0)) }
    }
    let text = tree.string(name)
    return Problem(
      .mountWithoutVolume, "the pod has no volume \"\(text)\" to mount", at: tree.position(name),
      hint: Suggestion.nearest(to: text, among: names).map { "did you mean \"\($0)\"?" }
        ?? "add it to volumes")
  }
}
