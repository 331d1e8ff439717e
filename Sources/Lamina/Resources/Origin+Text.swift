/// Origins as the text of an annotation.
extension OriginTable {
  /// One origin, as `config.kubernetes.io/origin` has it.
  func text(of id: OriginID) -> String { self[id].written ?? self[id].text }

  /// A list of them, as `alpha.config.kubernetes.io/transformations` has it.
  func text(of ids: [OriginID]) -> String {
    var text = ""
    for id in ids {
      for (index, line) in self[id].text.parts(at: "\n").enumerated() {
        text += (index == 0 ? "- " : "  ") + line + "\n"
      }
    }
    return text
  }
}

extension Origin {
  fileprivate var text: String {
    var tree = Tree()
    let root = tree.addMapping(at: .none)
    tree.append("path", path, to: root)
    tree.append("repo", repo, to: root)
    tree.append("ref", ref, to: root)
    tree.append("configuredIn", configuredIn, to: root)
    if let configuredBy {
      let mapping = tree.addMapping(at: .none)
      tree.append("apiVersion", configuredBy.apiVersion, to: mapping)
      tree.append("kind", configuredBy.kind, to: mapping)
      tree.append("name", configuredBy.name, to: mapping)
      tree.append("namespace", configuredBy.namespace, to: mapping)
      let key = tree.symbols.intern("configuredBy" as StaticString)
      tree.appendField(key, mapping, to: root)
    }
    // Two levels of short texts meet no limit.
    let text = (try? EmbeddedPrinter.text(of: root, in: tree)) ?? []
    return String(decoding: text, as: UTF8.self) + "\n"
  }
}

extension Tree {
  /// Appends a field, unless its text is empty.
  fileprivate mutating func append(
    _ name: StaticString, _ text: String, to mapping: NodeID
  ) {
    if text.isEmpty { return }
    let bytes = Array(text.utf8)
    let value = addScalar(
      bytes.span, tag: .string, flags: EncodedStringStyle.flags(bytes.span), at: .none)
    appendField(symbols.intern(name), value, to: mapping)
  }
}
