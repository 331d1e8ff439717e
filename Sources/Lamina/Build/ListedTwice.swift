/// Two entries of `resources` that bring the same object: a file or directory that stands twice, or a base to
/// which two ways lead.
///
/// Such a build fails with "already registered id" in kustomize. Here the message names both
/// entries and the layer that the object is of, since neither of the two positions of the object
/// helps: they are the same.
struct ListedTwice {
  /// Kind and name, for messages.
  private let object: String
  /// The path of the file that holds the object.
  private let file: String
  /// The layer that has both entries.
  private let layer: Layer
  /// The entry that brings the object the second time.
  private let second: LayerResource
  /// The entry that brings it first.
  private let first: LayerResource?
  /// The layer that the object is of.
  private let base: Layer?
  private let sources: SourceMap

  /// `new` and `old` are the roots of the two objects.
  ///
  /// - Parameter position: the entry that brings the new object.
  /// - Returns: nil where the objects are two that only have the same id.
  init?(
    _ new: NodeID, _ old: NodeID, asked position: Position, by layer: Layer, in graph: LayerGraph,
    _ workspace: Workspace
  ) {
    let (tree, sources) = (workspace.tree, workspace.sources)
    guard let place = sources.place(of: tree.position(new)),
      place == sources.place(of: tree.position(old)),
      let second = layer.resources.first(where: { $0.position == position })
    else { return nil }
    let search = OriginSearch(file: place.path, graph, workspace)
    first = layer.resources.first {
      $0.position != position && search.base(of: $0, in: layer) != nil
    }
    base = search.base(of: second, in: layer)
    self.second = second
    self.layer = layer
    self.sources = sources
    file = place.path
    let metadata = tree.field(.metadata, of: new)
    let name = metadata.flatMap { tree.field(.name, of: $0) }.map { tree.string($0) } ?? ""
    object = "\(tree.field(.kind, of: new).map { tree.string($0) } ?? "object") \"\(name)\""
  }

  /// What is wrong, with the entry that came first as a note.
  var problem: Problem {
    let text = second.text
    var problem: Problem
    switch (first, second) {
    case (.layer(let one, _)?, .layer(let other, _)) where one != other:
      problem = .baseTwice(text, object, base?.directory.displayRoot ?? file, at: second.position)
    case (.layer?, .layer), (.objects?, .objects): problem = .listedTwice(text, at: second.position)
    default: problem = .objectTwice(text, object, file, at: second.position)
    }
    if let first {
      problem = problem.noting("\"\(first.text)\" brings it first", at: first.position)
    }
    if let base, base !== layer {
      let start = sources.files[base.file].position(at: 0)
      problem = problem.noting("\(object) is of this kustomization", at: start)
    }
    return problem
  }
}

/// Finds the layer that an object of a file is of.
private struct OriginSearch {
  private let file: String
  private let graph: LayerGraph
  private let workspace: Workspace

  init(file: String, _ graph: LayerGraph, _ workspace: Workspace) {
    self.file = file
    self.graph = graph
    self.workspace = workspace
  }

  /// The layer that has the file, if the entry leads to it.
  ///
  /// The search goes through `resources` only, each layer once. Files are told by their path, since
  /// an object that was changed may have no position of its own left.
  func base(of entry: LayerResource, in layer: Layer) -> Layer? {
    guard case .layer(let index, _) = entry else { return holds(entry) ? layer : nil }
    var seen: Set<Int> = [index]
    var rest = [index]
    while let next = rest.popLast() {
      let layer = graph.layers[next]
      if layer.path.hasBytes(of: file) || layer.resources.contains(where: holds) { return layer }
      for case .layer(let child, _) in layer.resources where seen.insert(child).inserted {
        rest.append(child)
      }
    }
    return nil
  }

  /// Whether an entry is the file: its first object tells, as all objects of an entry stand in one
  /// file.
  private func holds(_ entry: LayerResource) -> Bool {
    guard case .objects(let roots, _) = entry, let root = roots.first else { return false }
    return workspace.sources.file(of: workspace.tree.position(root))?.path.hasBytes(of: file)
      == true
  }
}

extension LayerResource {
  fileprivate var position: Position {
    switch self {
    case .objects(_, let entry), .layer(_, let entry): entry.position
    case .inline(_, let position): position
    }
  }

  /// The path as it was written; empty for objects in the kustomization itself.
  fileprivate var text: String {
    switch self {
    case .objects(_, let entry), .layer(_, let entry): entry.text
    case .inline: ""
    }
  }
}

extension Problem {
  fileprivate static func listedTwice(_ text: String, at position: Position) -> Problem {
    Problem(
      .resourceListedTwice, "\"\(text)\" is listed twice", at: position,
      hint: "leave one of the two out")
  }

  fileprivate static func objectTwice(
    _ text: String, _ object: String, _ file: String, at position: Position
  ) -> Problem {
    Problem(
      .resourceListedTwice, "\"\(text)\" brings \(object) of \(file) a second time", at: position,
      hint: "leave one of the two entries out")
  }

  fileprivate static func baseTwice(
    _ text: String, _ object: String, _ base: String, at position: Position
  ) -> Problem {
    Problem(
      .resourceListedTwice,
      "\"\(text)\" brings \(object) a second time, since another entry stands on \(base) as well",
      at: position,
      hint: "list \(base) once, above both, or give one of the two a namePrefix or a namespace")
  }
}
