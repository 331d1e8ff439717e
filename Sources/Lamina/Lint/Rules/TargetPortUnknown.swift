extension Rule {
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
    for index in build.resources.indices where build.isService(index) {
      guard let spec = tree.field(.spec, of: build.resources[index].root),
        let ports = tree.field(words.ports, of: spec),
        let selector = tree.field(words.selector, of: spec)
      else { continue }
      tree.eachField(words.targetPort, inElementsOf: ports) { target in
        guard build.isPortName(target) else { return }
        let pods = build.pods(withLabels: selector, from: build.namespace(of: index))
        let names = pods.flatMap { build.portNames(of: $0) }
        if pods.isEmpty || names.contains(where: { tree.textsAreEqual($0, target) }) { return }
        inspection.report(.noSuchPort(target, names, build), .warning, of: build.resources[index])
      }
    }
  }
}

extension InspectedBuild {
  /// A port is a number or a name, which has a letter.
  fileprivate func isPortName(_ node: NodeID) -> Bool {
    guard tree.shape(node) == .scalar, !tree.textIsEmpty(node), !tree.isSubstituted(node) else {
      return false
    }
    return tree.withText(node) { text in
      text.indices.contains { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[$0]) }
    }
  }

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
