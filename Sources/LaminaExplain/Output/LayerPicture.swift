internal import Lamina
internal import LaminaDiff

/// The layers of a root as a picture: the root on the left, what a layer stands on to its right.
struct LayerPicture {
  private let layers: [ExplainedPage.Layer]
  private let columns: [Int]
  private let rows: [Int]

  private static let boxWidth = 250
  private static let boxHeight = 44
  private static let gap = 44
  private static let rowHeight = 58
  private static let mostLetters = 32

  init(_ layers: [ExplainedPage.Layer]) {
    self.layers = layers
    var columns = [Int](repeating: 0, count: layers.count)
    var rows = [Int](repeating: 0, count: layers.count)
    var children: [Int: [Int]] = [:]
    for (number, layer) in layers.enumerated() {
      guard let parent = layer.parent else { continue }
      // A layer comes behind the one that names it.
      columns[number] = columns[parent] + 1
      children[parent, default: []].append(number)
    }
    var row = 0
    var rest = layers.isEmpty ? [] : [0]
    while let number = rest.popLast() {
      rows[number] = row
      let below = children[number] ?? []
      // The first layer below stands beside the one that names it.
      if below.isEmpty { row += 1 }
      rest += below.reversed()
    }
    self.columns = columns
    self.rows = rows
  }

  var svg: String {
    let width = (columns.max() ?? 0) * (Self.boxWidth + Self.gap) + Self.boxWidth + 4
    let height = (rows.max() ?? 0) * Self.rowHeight + Self.boxHeight + 4
    var text =
      "<svg role=\"img\" aria-label=\"Layers\" width=\"\(width)\" height=\"\(height)\" "
      + "viewBox=\"0 0 \(width) \(height)\">\n"
    for number in layers.indices { text += edge(to: number) }
    for number in layers.indices { text += box(number) }
    return text + "</svg>\n"
  }

  private func place(_ number: Int) -> (x: Int, y: Int) {
    (columns[number] * (Self.boxWidth + Self.gap) + 2, rows[number] * Self.rowHeight + 2)
  }

  private func edge(to number: Int) -> String {
    guard let parent = layers[number].parent else { return "" }
    let (from, to) = (place(parent), place(number))
    let (x, y) = (from.x + Self.boxWidth, from.y + Self.boxHeight / 2)
    let (endX, endY) = (to.x, to.y + Self.boxHeight / 2)
    let middle = (x + endX) / 2
    return "<path d=\"M\(x) \(y)C\(middle) \(y) \(middle) \(endY) \(endX) \(endY)\"/>\n"
  }

  private func box(_ number: Int) -> String {
    let (layer, place) = (layers[number], place(number))
    let lines = layer.lines == 1 ? "1 line" : "\(layer.lines) lines"
    return """
      <g class="k\(number % 8)"><title>\(HTMLText.escaped(layer.file)): \(lines)</title>\
      <rect x="\(place.x)" y="\(place.y)" width="\(Self.boxWidth)" height="\(Self.boxHeight)" rx="6"/>\
      <text x="\(place.x + 10)" y="\(place.y + 19)">\(HTMLText.escaped(name(of: layer)))</text>\
      <text class="count" x="\(place.x + 10)" y="\(place.y + 35)">\(lines)</text></g>

      """
  }

  /// The end of a long path tells more than its beginning.
  private func name(of layer: ExplainedPage.Layer) -> String {
    let scalars = layer.directory.unicodeScalars
    if scalars.count <= Self.mostLetters { return layer.directory }
    return "…" + String(String.UnicodeScalarView(scalars.suffix(Self.mostLetters - 1)))
  }
}
