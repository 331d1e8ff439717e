import Lamina

/// The layers and files of some roots, numbered, with arrows to what each asks for.
struct DependencyGraph {
  private enum Kind: String {
    case layer, component, file, remote, chart
  }

  private struct Node {
    let label: String
    var kind: Kind
  }

  private var nodes: [Node] = []
  private var numbers: [ByteText: Int] = [:]
  private var arrows: [(from: Int, to: Int)] = []

  init(_ roots: [RootDependencies]) {
    var known: Set<[Int]> = []
    for edge in roots.flatMap(\.edges) {
      let from = number(of: edge.layer.path, edge.layer.isRemote ? .remote : .layer)
      let to =
        switch edge.part {
        case .file(let path, let isRemote): number(of: path.string, isRemote ? .remote : .file)
        case .layer(let layer, let isComponent):
          number(of: layer.path, layer.isRemote ? .remote : isComponent ? .component : .layer)
        case .directory(let path): number(of: path.string, .chart)
        }
      if known.insert([from, to]).inserted { arrows.append((from, to)) }
    }
  }

  private mutating func number(of label: String, _ kind: Kind) -> Int {
    if let number = numbers[label] { return number }
    numbers[label] = nodes.count
    nodes.append(Node(label: label, kind: kind))
    return nodes.count - 1
  }

  // MARK: - Mermaid

  /// A flow chart as Mermaid reads it, which GitHub and GitLab draw in Markdown.
  var mermaid: String {
    var text = "flowchart LR\n"
    for (number, node) in nodes.enumerated() {
      let (open, close) = Self.mermaidShape(of: node.kind)
      text += "  n\(number)\(open)\"\(Self.mermaidText(node.label))\"\(close)\n"
    }
    for arrow in arrows { text += "  n\(arrow.from) --> n\(arrow.to)\n" }
    return text
  }

  private static func mermaidShape(of kind: Kind) -> (String, String) {
    switch kind {
    case .layer: ("[", "]")
    case .component: ("[[", "]]")
    case .file: ("(", ")")
    case .remote: ("([", "])")
    case .chart: ("[(", ")]")
    }
  }

  /// Whatever Mermaid or HTML may take for its own is written by its number.
  private static func mermaidText(_ label: String) -> String {
    label.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "#", "&", ";", "<", ">", "`", "\\", "\u{0}"..<" ": "#\(scalar.value);"
      default: String(scalar)
      }
    }.joined()
  }

  // MARK: - DOT

  /// A graph as Graphviz reads it.
  var dot: String {
    var text = "digraph render {\n  rankdir=LR;\n"
    for (number, node) in nodes.enumerated() {
      let shape = Self.dotShape(of: node.kind)
      text += "  n\(number) [shape=\(shape), label=\"\(Self.dotText(node.label))\"];\n"
    }
    for arrow in arrows { text += "  n\(arrow.from) -> n\(arrow.to);\n" }
    return text + "}\n"
  }

  private static func dotShape(of kind: Kind) -> String {
    switch kind {
    case .layer: "folder"
    case .component: "component"
    case .file: "note"
    case .remote: "cds"
    case .chart: "cylinder"
    }
  }

  private static func dotText(_ label: String) -> String {
    label.unicodeScalars.map { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\u{0}"..<" ": "?"
      default: String(scalar)
      }
    }.joined()
  }
}
