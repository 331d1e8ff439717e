extension Rule {
  /// Asked of the whole run, as another root may be the one that includes the component. A
  /// component counts as used if a kustomization outside of its directory mentions the directory's
  /// name, even in a comment.
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
    for (number, path) in listing.kustomizations.enumerated() where !read.contains(path) {
      guard let text = bytes(of: path), Self.isComponent(text),
        !mentions.isNamed(Path.lastPart(Path.directory(path)), outsideText: number)
      else { continue }
      result.append(path)
    }
    return result
  }

  /// Looks for a line `kind: Component` instead of parsing: files that no build has read may be
  /// many.
  private static func isComponent(_ text: [UInt8]) -> Bool {
    text.split(separator: 0x0A).contains { line in
      guard line.starts(with: "kind:".utf8) else { return false }
      let value = line.dropFirst(5).drop { $0 == 0x20 }.prefix { $0 != 0x20 && $0 != 0x0D }
      return value.elementsEqual("Component".utf8)
    }
  }
}

extension Problem {
  fileprivate static func componentUnused(at position: Position) -> Problem {
    Problem(
      .componentUnused, "no kustomization of the repository includes this component", at: position)
  }
}
