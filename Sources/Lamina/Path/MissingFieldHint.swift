/// Guesses why the path of a replacement leads nowhere in an object, for the hint of a message.
struct MissingFieldHint {
  private let path: FieldPath
  private let root: NodeID
  private let tree: Tree

  init(_ path: FieldPath, of root: NodeID, in tree: Tree) {
    self.path = path
    self.root = root
    self.tree = tree
  }

  /// What to write instead; nil where nothing comes to mind.
  var correction: String? {
    if let written = bracketed { return "write it as \(written)" }
    return slip
  }

  // MARK: - Brackets

  /// Brackets behind a key, and quotes in brackets, mean nothing in these paths: `annotations["a.b/c"]` is
  /// cut at its dots. The path as it was probably meant; nil where there are no such brackets.
  private var bracketed: String? {
    let isOdd = path.steps.contains { step in
      let text = tree.symbols.bytes(step.key)
      let quoted = text.first == UInt8(ascii: "\"") || text.first == UInt8(ascii: "'")
      return !step.isInBrackets && (quoted || text.contains(UInt8(ascii: "[")))
    }
    if !isOdd { return nil }
    var parts: [String] = []
    var rest = tree.symbols.string(path.text)[...]
    while let first = rest.first {
      if first == "." {
        rest.removeFirst()
      } else if first == "[", let end = rest.firstIndex(of: "]") {
        let inner = rest[rest.index(after: rest.startIndex)..<end]
        parts.append(inner.contains("=") ? "[\(inner)]" : FieldPath.dotted(Self.unquoted(inner)))
        rest = rest[rest.index(after: end)...]
      } else {
        let name = rest.prefix { $0 != "." && $0 != "[" }
        if name.isEmpty { return nil }
        parts.append(String(name))
        rest = rest.dropFirst(name.count)
      }
    }
    return parts.joined(separator: ".")
  }

  private static func unquoted(_ text: Substring) -> String {
    for quote in ["\"", "'"] where text.count > 1 && text.hasPrefix(quote) && text.hasSuffix(quote)
    {
      return String(text.dropFirst().dropLast())
    }
    return String(text)
  }

  // MARK: - Names

  /// A key that looks like the first one that is not there.
  private var slip: String? {
    let end = FirstMissing(
      in: path, upTo: path.steps.count, below: root, entersScalars: true, .leadNowhere, of: tree)
    guard end.step < path.steps.count, tree.shape(end.node) == .mapping else { return nil }
    let step = path.steps[end.step]
    return step.isInBrackets || step.kind == .wildcard ? nil : key(at: end.step, in: end.node)
  }

  private func key(at index: Int, in mapping: NodeID) -> String? {
    let keys = tree.children(of: mapping).prefix(2000).map { tree.symbols.string(tree.key($0)) }
    let rest = path.steps[index...].map { tree.symbols.string($0.key) }
    // A dot ends a key unless it is escaped.
    for count in stride(from: rest.count, to: 1, by: -1) {
      let whole = rest.prefix(count).joined(separator: ".")
      if keys.contains(whole) { return "did you mean \"\(FieldPath.dotted(whole))\"?" }
    }
    return Suggestion.nearest(to: rest[0], among: keys).map { "did you mean \"\($0)\"?" }
  }
}

extension FieldPath.Step {
  fileprivate var isInBrackets: Bool {
    switch kind {
    case .element, .brackets: true
    case .key, .keyOfList, .itself, .index, .end, .wildcard: false
    }
  }
}
