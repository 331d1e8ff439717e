internal import Lamina
internal import LaminaDiff

/// The lines of objects with what wrote each of them last, for text.
///
/// A rendering has thousands of them, so that a line is kept in numbers, and what many lines say just once.
package struct ObjectLines: Sendable {
  struct Line: Sendable {
    /// In `bytes`.
    let range: Range<Int>
    /// Nil for a further line of a text.
    var write: Write?
    /// The text to show instead, in `masks`; -1 for none.
    var mask = -1
  }

  struct Write: Sendable {
    /// Nil for a value that has no other place than that of its deed.
    let place: PlaceReader.Place?
    /// In `deeds`.
    let deed: Int
    let earlier: Int
  }

  struct Deed: Sendable {
    let words: String
    let place: String
  }

  let bytes: [UInt8]
  private(set) var lines: ContiguousArray<Line> = []
  private(set) var deeds: [Deed] = []
  private(set) var masks: [String] = []
  /// The files of the places.
  var files: [String] { places.files }

  private var places: PlaceReader
  private var numbers: [BuildHistory.Deed: (deed: Int, hasPlace: Bool)] = [:]

  package init(_ explainer: Explainer) {
    bytes = explainer.bytes
    places = PlaceReader(explainer.history)
  }

  /// Adds the lines of an object.
  package mutating func object(at index: Int, of explainer: Explainer) -> ExplainedObject {
    let history = explainer.history
    let object = history.object(explainer.resources[index])
    let start = lines.count
    let secrets = explainer.secrets(of: index)
    for line in history.lines(of: explainer.resources[index]) {
      if line.isContinued {
        let isSecret = isSecret(line.node, history, secrets, explainer)
        if !isSecret { lines.append(Line(range: line.range)) }
        continue
      }
      let last = history.lastWrite(of: line.node, in: object)
      var new = Line(range: line.range)
      new.write = write(last, line.node, explainer)
      if isSecret(line.node, history, secrets, explainer) {
        new.mask = masks.count
        let text = String(decoding: bytes[line.range], as: UTF8.self)
        masks.append(explainer.masked(text, of: line.node))
      }
      lines.append(new)
    }
    var result = explainer.object(at: index, .head, object)
    result.lineNumbers = start..<lines.count
    return result
  }

  private func isSecret(
    _ node: NodeID, _ history: BuildHistory, _ secrets: Set<NodeID>, _ explainer: Explainer
  ) -> Bool {
    secrets.contains(node)
      || history.isScalar(node) && explainer.isCopiedSecret(history.isSecret(node))
  }

  private mutating func write(
    _ last: BuildHistory.LastWrite, _ node: NodeID, _ explainer: Explainer
  ) -> Write {
    let deed = number(of: last.deed, explainer)
    var place = places.place(of: last.position)
    if place != nil || deed.hasPlace, !explainer.history.isScalar(node) {
      place = places.keyPlace(of: node)
    }
    return Write(place: place, deed: deed.deed, earlier: last.earlier)
  }

  private mutating func number(
    of deed: BuildHistory.Deed, _ explainer: Explainer
  ) -> (deed: Int, hasPlace: Bool) {
    if let known = numbers[deed] { return known }
    let write = explainer.history.write(of: deed)
    let explained = explainer.explained(write, shape: .scalar, isSecret: false)
    let new = (deed: deeds.count, hasPlace: write.place != nil)
    deeds.append(Deed(words: WriteText.deed(explained), place: WriteText.place(write.origin)))
    numbers[deed] = new
    return new
  }
}

extension Explainer {
  /// The values of a Secret that are not to be shown.
  fileprivate func secrets(of index: Int) -> Set<NodeID> {
    if showsSecrets || !isOfKindSecret(index) { return [] }
    var secrets: Set<NodeID> = []
    visit(resources[index]) { node, way in
      if isSecret(way.path, of: index) { secrets.insert(node) }
    }
    return secrets
  }
}
