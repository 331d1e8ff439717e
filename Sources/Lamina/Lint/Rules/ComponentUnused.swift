extension Rule {
  static let componentUnused = Rule(
    .componentUnused, .off, askedOnceFor: .run,
    summary: "no kustomization includes a component",
    page: """
      The component does nothing in this repository. In a catalogue that others include from, that is meant, so the \
      rule is off.
      """,
    ofRun: { inspection in
      for file in inspection.unusedComponents() {
        inspection.report(.componentUnused(at: inspection.start(of: file)), .off)
      }
    })
}

extension RunInspection {
  /// The kustomization files of components that no build reads and no other kustomization names.
  fileprivate mutating func unusedComponents() -> [String] {
    var result: [String] = []
    for path in listing.kustomizations where !read.contains(path) {
      guard let text = bytes(of: path), text.holds(Array("kind: Component".utf8)) else { continue }
      let name = Array(Path.lastPart(Path.directory(path)).utf8)
      var isNamed = false
      for other in listing.kustomizations where other != path && !isNamed {
        isNamed = bytes(of: other)?.holds(name) ?? false
      }
      if !isNamed { result.append(path) }
    }
    return result
  }
}

extension Problem {
  fileprivate static func componentUnused(at position: Position) -> Problem {
    Problem(
      .componentUnused, "no kustomization of the repository includes this component", at: position)
  }
}
