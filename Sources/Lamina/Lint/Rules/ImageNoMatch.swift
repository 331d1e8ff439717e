extension Rule {
  /// The step notes entries that match nothing (`ImageStep.apply`). Names that other rules explain
  /// are left to them, so that an entry has one finding.
  static let imageNoMatch = Rule(
    .imageNoMatch, .warning,
    summary: "an entry of images matches no image",
    page: """
      The entry changes nothing, and the image that was meant keeps its old tag. `images` reaches the \
      containers and init containers of every object, and the fields that a file of `configurations` names \
      under `images`; it does not reach ephemeral containers, fields of custom resources, or texts such as \
      those of a config map. An entry that matches a container is reported as well where the same image \
      stands unchanged in a field that `images` does not reach.

          images:
          - {name: example/wbe, newTag: "2.0"}   # the container has example/web

      Mend the name, or tell kustomize where else images are:

          # configurations: [images.yaml]
          images:
          - {path: spec/container/image, kind: ClusterStorageContainer}
      """
  ) { inspection in
    for entry in inspection.build.stage.idleEntries {
      guard case .image(let change) = entry.kind, !change.changesNothing,
        case .plain = ImageName(change.name)
      else { continue }
      let search = ImageSearch(change.name, in: inspection.build)
      inspection.report(
        .imageWithoutContainer(change, search, inspection.build), .warning,
        idleEntry: change.position)
    }
    for left in LeftBehindImage.all(in: inspection.build) {
      inspection.report(.leftBehindImage(left, inspection.build), .warning, of: left.resource)
    }
  }
}

/// Images of a build, and the places of one that `images` does not reach.
private struct ImageSearch {
  /// The names of images in the fields that `images` reaches.
  private(set) var names: [String] = []
  /// Where the image stands elsewhere: a whole text that begins with the name.
  private(set) var elsewhere: (node: NodeID, resource: Resource, path: [Symbol])?

  /// Looks at all texts of the build. The first place outside of the fields of images is kept.
  init(_ name: String, in build: InspectedBuild) {
    let tree = build.tree
    for resource in build.resources {
      var stack: [(node: NodeID, path: [Symbol])] = [(resource.root, [])]
      while let (node, path) = stack.popLast() {
        for child in tree.children(of: node).reversed() {
          let isField = tree.shape(node) == .mapping
          stack.append((child, isField ? path + [tree.key(child)] : path))
        }
        guard tree.shape(node) == .scalar else { continue }
        // Longer texts are files, not images.
        let text = tree.withText(node) { $0.count < 500 ? tree.string(node) : "" }
        if path.last == .image { names.append(Self.name(of: text)) }
        if elsewhere == nil, Self.name(of: text).hasBytes(of: name),
          path.last == .image || !text.hasBytes(of: name)
        {
          elsewhere = (node, resource, path)
        }
      }
    }
  }

  /// An image without tag and digest.
  private static func name(of image: String) -> String {
    let bytes = Array(image.utf8)
    let parts = ImageReference(bytes.span)
    return String(decoding: bytes[parts.name], as: UTF8.self)
  }
}

extension Problem {
  fileprivate static func imageWithoutContainer(
    _ change: ImageChange, _ search: ImageSearch, _ build: InspectedBuild
  ) -> Problem {
    let message = "no container has the image \"\(change.name)\", so the entry changes nothing"
    guard let (node, resource, path) = search.elsewhere else {
      return Problem(
        .imageNoMatch, message, at: change.position,
        hint: Suggestion.nearest(to: change.name, among: search.names).map {
          "did you mean \"\($0)\"?"
        })
    }
    return Problem(
      .imageNoMatch, message, at: change.position, hint: fieldSpecHint(path, resource, build)
    ).noting(
      "the image is here, in a field that 'images' does not reach", at: build.tree.position(node))
  }

  fileprivate static func leftBehindImage(
    _ left: LeftBehindImage, _ build: InspectedBuild
  ) -> Problem {
    Problem(
      .imageNoMatch,
      "the image \"\(left.change.name)\" changes in containers, and stays as it is in another field",
      at: left.change.position, hint: fieldSpecHint(left.path, left.resource, build)
    ).noting(
      "the image is here, in a field that 'images' does not reach",
      at: build.tree.position(left.node))
  }

  /// How `images` reaches a field.
  private static func fieldSpecHint(
    _ path: [Symbol], _ resource: Resource, _ build: InspectedBuild
  ) -> String {
    let kind = build.symbols.string(resource.id.type.kind)
    let field = path.map { build.symbols.string($0) }.joined(separator: "/")
    return "add a file to configurations with images: [{path: \(field), kind: \(kind)}]"
  }
}
