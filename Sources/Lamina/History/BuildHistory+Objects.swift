/// The objects of the rendering as they are asked for.
extension BuildHistory {
  /// The names that an object had on its way, the oldest first.
  package func formerNames(of resource: Int) -> [String] {
    guard stage.resources.indices.contains(resource) else { return [] }
    return stage.resources[resource].formerIDs.map { tree.symbols.string($0.name) }
  }

  /// Whether a value, or a part of it, was copied from the data of a Secret.
  package func isSecret(_ node: NodeID) -> Bool { ledger.isSecret(tree.writer(node)) }

  /// Whether the key of a value may be a part of a value itself (`Ledger.isSecretKey`).
  package func isSecretKey(of node: NodeID) -> Bool { tree.hasSecretKey(node) }

  package func isScalar(_ node: NodeID) -> Bool { tree.shape(node) == .scalar }

  /// The writer of a value is a place in a file of objects, and nothing else had to do with it.
  func isAsWritten(_ writes: [FieldWrite]) -> Bool {
    writes.count == 1 && writes.first?.kind == Ledger.Kind.resources.rawValue
  }

  /// All layers, each on the first way that led to it, the root first: its directory, and the number of the layer
  /// that names it.
  package var layers: [(directory: String, file: String, parent: Int?)] {
    var numbers: [ByteText: Int] = [:]
    var result: [(directory: String, file: String, parent: Int?)] = []
    for visit in ledger.visits where numbers[visit.directory] == nil {
      numbers[visit.directory] = result.count
      let layer = stage.layers.first { $0.directory.displayRoot.hasBytes(of: visit.directory) }
      let parent = visit.parent.map { ledger[$0].directory }.flatMap { numbers[$0] }
      result.append((visit.directory, layer?.path ?? visit.directory, parent))
    }
    return result
  }
}
