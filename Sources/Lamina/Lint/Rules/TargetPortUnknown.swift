extension Rule {
  /// Where the Service selects no pod, its ports cannot be judged; `serviceSelectsNothing` says
  /// that.
  static let targetPortUnknown = Rule(
    .targetPortUnknown, .warning, askedOnceFor: .root,
    summary: "a Service sends to a named port that no pod has",
    page: """
      Nothing is sent: the name in `targetPort` is looked up in the containers of the pods that the Service \
      selects, and none of them has a port of that name.

          ports:
          - {port: 80, targetPort: htpp}   # the container has a port "http"
      """
  ) { inspection in
    let build = inspection.build
    let (tree, words) = (build.tree, build.words)
    let search = PortSearch(build)
    for index in build.services {
      guard let spec = tree.field(.spec, of: build.resources[index].root),
        let ports = tree.field(words.ports, of: spec), tree.shape(ports) == .sequence,
        let selector = tree.field(words.selector, of: spec)
      else { continue }
      var item = tree.first(of: ports)
      while let port = item {
        item = tree.next(after: port)
        guard let target = tree.field(words.targetPort, of: port), tree.isPortName(target),
          !search.finds(target, inPodsWith: selector, of: build.resources[index].id)
        else { continue }
        let names = build.pods(withLabels: selector, from: build.namespace(of: index))
          .flatMap { build.portNames(of: $0) }
        inspection.report(.noSuchPort(target, names, build), .warning, of: build.resources[index])
      }
    }
  }
}

extension Tree {
  /// A port is a number or a name, which has a letter.
  fileprivate func isPortName(_ node: NodeID) -> Bool {
    guard shape(node) == .scalar, !textIsEmpty(node), !isSubstituted(node) else { return false }
    return withText(node) { text in
      for place in text.indices where !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[place])
      {
        return true
      }
      return false
    }
  }
}

/// Looks for named ports in the pods of a build.
private struct PortSearch {
  private let build: InspectedBuild
  // Held here once more, since each look at what a build makes lazily is checked for exclusive access.
  private let tree: Tree
  private let pods: PodList
  private let owners: PodsByOwner

  init(_ build: InspectedBuild) {
    self.build = build
    (tree, pods, owners) = (build.tree, build.pods, build.podsByOwner)
  }

  /// Whether one of the pods that a Service selects has a port of a name; true where it selects none.
  func finds(
    _ target: NodeID, inPodsWith wanted: NodeID, of service: ResourceID
  ) -> Bool {
    // Most Services are called as what makes their pods, and a look there spares the index of all labels.
    if let place = owners.place(ofOwnerNamed: service.name),
      isSelected(pods.pods[place], wanted, from: service), hasPort(target, pods.pods[place])
    {
      return true
    }
    var isSelecting = false
    for place in build.podsByLabel.candidates(wanted, in: tree) {
      let pod = pods.pods[place]
      guard isSelected(pod, wanted, from: service) else { continue }
      isSelecting = true
      if hasPort(target, pod) { return true }
    }
    return !isSelecting
  }

  private func isSelected(
    _ pod: PodList.Pod, _ wanted: NodeID, from service: ResourceID
  ) -> Bool {
    build.mayBeEqual(build.namespace(of: pod.resource), service.namespace)
      && tree.missedLabel(wanted, of: pod.labels) == nil
  }

  private func hasPort(_ target: NodeID, _ pod: PodList.Pod) -> Bool {
    for container in pods.containers[pod.containers] {
      guard let ports = container.ports, tree.shape(ports) == .sequence else { continue }
      var item = tree.first(of: ports)
      while let port = item {
        item = tree.next(after: port)
        if let name = tree.field(.name, of: port), tree.textsAreEqual(name, target) {
          return true
        }
      }
    }
    return false
  }
}

extension InspectedBuild {
  /// The names of all ports of a pod, for the hint.
  fileprivate func portNames(of pod: PodList.Pod) -> [NodeID] {
    var names: [NodeID] = []
    for container in pods.containers[pod.containers] {
      guard let ports = container.ports else { continue }
      tree.eachField(.name, inElementsOf: ports) { names.append($0) }
    }
    return names
  }
}

extension Problem {
  fileprivate static func noSuchPort(
    _ target: NodeID, _ names: [NodeID], _ build: InspectedBuild
  ) -> Problem {
    let tree = build.tree
    let text = tree.string(target)
    let nearest = Suggestion.nearest(to: text, among: names.map { tree.string($0) })
    let known =
      names.isEmpty
      ? "they have no named ports"
      : "they have "
        + names.map { "\"\(tree.string($0))\"" }.joined(separator: ", ")
    let position = tree.position(target)
    return Problem(
      .targetPortUnknown, "the pods of this Service have no port called \"\(text)\"", at: position,
      hint: nearest.map { "did you mean \"\($0)\"?" } ?? known,
      fixes: nearest.map { [.renaming(text, to: $0, at: position, isSafe: false)] } ?? [])
  }
}
