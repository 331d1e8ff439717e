internal import Lamina

/// All that a page says of a root.
package struct ExplainedPage: Sendable {
  package let root: String
  let objects: [ExplainedObject]
  let deleted: [BuildHistory.Deletion]
  let layers: [Layer]
  /// By the place of an object in the rendering, the places of those whose fields repeat its values.
  let namedBy: [Int: [Int]]

  struct Layer: Sendable {
    let directory: String
    let file: String
    /// The number of the layer that names this one; nil for the root.
    let parent: Int?
    /// How many printed lines the layer wrote last.
    var lines = 0
  }

  /// - Parameter indices: the objects, by their places in the rendering.
  package init(_ explainer: Explainer, _ indices: [Int]) {
    root = explainer.root
    objects = indices.map { explainer.object(at: $0, .lines) }
    deleted = explainer.history.deletions()
    var layers = explainer.history.layers.map {
      Layer(directory: $0.directory, file: $0.file, parent: $0.parent)
    }
    var numbers: [ByteText: Int] = [:]
    for (number, layer) in layers.enumerated() { numbers[layer.directory] = number }
    var namedBy: [Int: [Int]] = [:]
    for object in objects {
      for line in object.lines ?? [] {
        if let directory = line.write?.write.layers.first?.directory,
          let number = numbers[directory]
        {
          layers[number].lines += 1
        }
        if let target = line.write?.followed?.index, target != object.index,
          namedBy[target]?.last != object.index
        {
          namedBy[target, default: []].append(object.index)
        }
      }
    }
    self.layers = layers
    self.namedBy = namedBy
  }
}
