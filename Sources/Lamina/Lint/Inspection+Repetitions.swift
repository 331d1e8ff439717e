/// The walk of the rules about what a pod says twice.
extension Inspection {
  /// Reports what pods repeat.
  ///
  /// - Parameters:
  ///   - repeated: the values of one pod that repeat another one, each with the first of its text.
  ///   - problem: says so of a pair.
  @inline(__always)
  mutating func reportRepetitions(
    _ repeated: (PodList.Pod, PodList, Tree) -> [(first: NodeID, second: NodeID)],
    _ problem: (_ first: NodeID, _ second: NodeID, InspectedBuild) -> Problem
  ) {
    let build = build
    for pod in build.pods.pods {
      for (first, second) in repeated(pod, build.pods, build.tree) {
        report(
          problem(first, second, build)
            .noting("the first is here", at: build.tree.position(first)), .warning,
          of: build.resources[pod.resource])
      }
    }
  }
}

extension PodList {
  /// The fields of this name that repeat the text of an earlier one, in the elements of one list of a container.
  @inline(__always)
  func repeatedTexts(
    _ key: Symbol, inEach list: (Container) -> NodeID?, of pod: Pod, _ tree: Tree
  ) -> [(first: NodeID, second: NodeID)] {
    var found: [(first: NodeID, second: NodeID)] = []
    for container in containers[pod.containers] {
      guard let list = list(container), tree.hasSeveral(list) else { continue }
      found += tree.repeatedTexts(key, inElementsOf: list)
    }
    return found
  }
}
