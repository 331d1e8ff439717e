/// A layer on one of the ways that lead to it from the root.
///
/// `Layer` is what was read, once; a visit is one of its uses, and knows what depends on the way.
struct Visit {
  let layer: Layer
  /// What the layer has read must be copied, since other ways lead to it as well.
  let isShared: Bool
  /// The directory of the layer as an origin; nil where nobody asked for origins.
  let origin: Origin?
  /// The entry that names the layer; none for the root.
  let asked: Position
  /// The namespace for charts: that of the layer, or else of the nearest layer above.
  let releaseNamespace: String

  /// The visit of the root.
  init(root graph: LayerGraph, origin: Origin?) {
    self.init(graph.root, in: graph, origin, asked: .none, inherited: "")
  }

  /// - Parameters:
  ///   - number: the index of the layer in the graph.
  ///   - inherited: the release namespace of the layer above.
  private init(
    _ number: Int, in graph: LayerGraph, _ origin: Origin?, asked: Position, inherited: String
  ) {
    layer = graph.layers[number]
    isShared = graph.isShared[number]
    self.origin = origin
    self.asked = asked
    releaseNamespace = layer.kustomization.namespace?.text ?? inherited
  }

  /// The visit of a layer that an entry of this one names.
  func visit(of number: Int, in graph: LayerGraph, at entry: Kustomization.Entry) -> Visit {
    Visit(
      number, in: graph, origin?.appending(entry.text), asked: entry.position,
      inherited: releaseNamespace)
  }

  /// The origin of what a generator or a transformer of the kustomization file does.
  func origin(of kind: BuiltInKind) -> Origin? {
    file?.configured(by: .init(kind: kind.rawValue))
  }

  /// The origin of objects that stand in the kustomization file.
  var file: Origin? { origin?.appending(layer.fileName) }

  /// The origin of what an object of `generators` or `transformers` does.
  ///
  /// The origin of the object itself, with its id as what configured the step (resource/origin.go
  /// `OriginFromCustomPlugin`). Nil where origins are not tracked.
  static func origin(of object: Resource, _ workspace: Workspace) -> Origin? {
    guard let id = object.origin else { return nil }
    let tree = workspace.tree
    func text(_ key: Symbol, of node: NodeID?) -> String {
      node.flatMap { tree.field(key, of: $0) }.map { tree.string($0) } ?? ""
    }
    let metadata = tree.field(.metadata, of: object.root)
    return workspace.origins[id].configured(
      by: .init(
        apiVersion: text(.apiVersion, of: object.root), kind: text(.kind, of: object.root),
        name: text(.name, of: metadata), namespace: text(.namespace, of: metadata)))
  }
}
