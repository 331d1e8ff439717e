package import Lamina
internal import LaminaExplain

/// The fields of a rendering that name one of its objects.
package enum ObjectUsers {
  /// A line for each field; words where there is none.
  package static func text(of word: String, in rendering: Rendering) throws(ToolFailure) -> String {
    guard let query = ObjectQuery(word) else {
      throw ToolFailure(message: "\"object\" must be a kind and a name, such as deploy/web")
    }
    let resources = rendering.resources
    let kinds = KindNames(resources)
    guard
      let object = resources.first(where: {
        $0.id.name.hasBytes(of: query.name) && query.hasKind($0.id, kinds)
      })
    else {
      let alike = resources.filter { query.hasKind($0.id, kinds) }.map(\.id.name)
      let known = alike.isEmpty ? "" : "; of this kind there are \(alike.joined(separator: ", "))"
      throw ToolFailure(message: "there is no \(word)\(known)")
    }
    var lines: [String] = []
    for resource in resources where resource.id != object.id {
      let content: JSONDocument
      do throws(Diagnostic) { content = try JSONDocument(resource.content.json) } catch {
        throw ToolFailure(message: error.report)
      }
      find(query.name, in: content.root, at: "") { lines.append("\(resource.id): \($0)\n") }
    }
    return lines.isEmpty ? "no other object names \(object.id)\n" : lines.joined()
  }

  /// Labels may have the same text, and name nothing.
  private static let labels = [
    "labels", "annotations", "selector", "matchLabels", "matchExpressions", "data", "stringData",
  ]

  private static func find(
    _ name: String, in value: JSONDocument.Value, at path: String, found: (String) -> Void
  ) {
    if let keys = value.keys {
      for key in keys where !labels.contains(key) {
        guard let child = value[key] else { continue }
        find(name, in: child, at: path.isEmpty ? key : "\(path).\(key)", found: found)
      }
    } else if let elements = value.elements {
      for (index, element) in elements.enumerated() {
        find(name, in: element, at: "\(path)[\(index)]", found: found)
      }
    } else if value.text == name, path != "metadata.name" {
      found(path)
    }
  }
}
