/// What a field of a resource was read from.
///
/// Of builds that share files, two have the same value where both have the same source. No text is looked at.
package struct FieldSource: Sendable, Hashable {
  /// Held, so that no other text comes to have its address.
  private let text: FileText
  private let offset: UInt32
  private let nodeCount: Int

  fileprivate init(_ text: FileText, offset: UInt32, nodeCount: Int) {
    (self.text, self.offset, self.nodeCount) = (text, offset, nodeCount)
  }

  package static func == (one: FieldSource, other: FieldSource) -> Bool {
    one.text === other.text && one.offset == other.offset && one.nodeCount == other.nodeCount
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(text))
    hasher.combine(offset)
  }
}

extension RenderedResource {
  /// What a field was read from; nil where it is not there, or where a part of it comes from elsewhere.
  ///
  /// What was removed of it shows in the number of its nodes.
  package func source(of field: Symbol) -> FieldSource? {
    let (tree, sources) = (stage.tree, stage.sources)
    guard let value = tree.field(field, of: root), let start = tree.writer(value).position,
      let file = sources.file(of: start)
    else { return nil }
    let positions = file.base...file.base &+ UInt32(truncatingIfNeeded: file.bytes.count)
    var nodeCount = 0
    var rest = [value]
    while let node = rest.popLast() {
      guard let position = tree.writer(node).position, positions.contains(position.raw) else {
        return nil
      }
      nodeCount += 1
      var child = tree.first(of: node)
      while let current = child {
        rest.append(current)
        child = tree.next(after: current)
      }
    }
    return FieldSource(file.text, offset: start.raw - file.base, nodeCount: nodeCount)
  }
}
