extension Rule {
  /// Numbers are compared only if the names are in order, so that one pair of ports gives one
  /// finding.
  static let duplicatePort = Rule(
    .duplicatePort, .warning, askedOnceFor: .root,
    summary: "two ports of a container or a Service have one name, or one number and protocol",
    page: """
      The API refuses two ports of one name. Of two container ports with one number and protocol, a strategic merge \
      may lose one; a Service with such ports is refused.

          ports:
          - {name: http, containerPort: 80}
          - {name: http, containerPort: 81}   # another name
      """
  ) { inspection in
    let build = inspection.build
    let (tree, pods) = (build.tree, build.pods)
    for pod in pods.pods {
      for container in pods.containers[pod.containers] {
        guard let ports = container.ports, tree.hasSeveral(ports) else { continue }
        inspection.reportRepeated(ports, build.words.containerPort, of: pod.resource)
      }
    }
    guard let port = build.symbol("port") else { return }
    let portsWord = build.words.ports
    for index in build.services {
      guard let spec = tree.field(.spec, of: build.resources[index].root),
        let ports = tree.field(portsWord, of: spec), tree.hasSeveral(ports)
      else { continue }
      inspection.reportRepeated(ports, port, of: index)
    }
  }
}

extension Inspection {
  /// Reports what stands twice in a list of ports, by name or else by number and protocol.
  fileprivate mutating func reportRepeated(_ ports: NodeID, _ number: Symbol, of resource: Int) {
    let tree = build.tree
    let names = tree.repeatedTexts(.name, inElementsOf: ports)
    for (first, second) in names {
      report(
        .duplicatePort(first, second, isName: true, build), .warning, of: build.resources[resource])
    }
    guard names.isEmpty else { return }
    for (first, second) in tree.repeatedTexts(number, inElementsOf: ports)
    where hasSameProtocol(first, second, in: ports, number) {
      report(
        .duplicatePort(first, second, isName: false, build), .warning,
        of: build.resources[resource])
    }
  }

  /// TCP where none is written; a port of one address of the host is another one.
  private func hasSameProtocol(
    _ first: NodeID, _ second: NodeID, in ports: NodeID, _ number: Symbol
  ) -> Bool {
    let tree = build.tree
    func word(_ node: NodeID, _ key: Symbol?, orElse usual: String) -> String {
      let port = tree.children(of: ports).first { tree.field(number, of: $0) == node }
      let value = port.flatMap { port in key.flatMap { tree.field($0, of: port) } }
      return value.map { tree.string($0) } ?? usual
    }
    let others = [build.symbol("hostIP"), build.symbol("hostPort")]
    return word(first, build.words.protocol, orElse: "TCP")
      .hasBytes(of: word(second, build.words.protocol, orElse: "TCP"))
      && others.allSatisfy {
        word(first, $0, orElse: "").hasBytes(of: word(second, $0, orElse: ""))
      }
  }
}

extension Problem {
  fileprivate static func duplicatePort(
    _ first: NodeID, _ second: NodeID, isName: Bool, _ build: InspectedBuild
  ) -> Problem {
    let text = build.tree.string(second)
    return Problem(
      .duplicatePort,
      isName ? "two ports are called \"\(text)\"" : "port \(text) is given twice for one protocol",
      at: build.tree.position(second)
    ).noting("the first is here", at: build.tree.position(first))
  }
}
