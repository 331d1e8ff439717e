/// Why a path leads nowhere in an object, as far as that can be guessed: for the hint of a message.
struct MissingField {
  private let path: DottedPath
  private let root: NodeID
  private let tree: Tree

  init(_ path: DottedPath, of root: NodeID, in tree: Tree) {
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
    let isOdd = path.parts.contains { part in
      let text = part.text
      let quoted = text.first == UInt8(ascii: "\"") || text.first == UInt8(ascii: "'")
      return !part.isElement && (quoted || text.contains(UInt8(ascii: "[")))
    }
    if !isOdd { return nil }
    var parts: [String] = []
    var rest = path.text[...]
    while let first = rest.first {
      if first == "." {
        rest.removeFirst()
      } else if first == "[", let end = rest.firstIndex(of: "]") {
        let inner = rest[rest.index(after: rest.startIndex)..<end]
        parts.append(inner.contains("=") ? "[\(inner)]" : Self.key(Self.unquoted(inner)))
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

  /// A key as a part of a path: with its dots escaped.
  private static func key(_ text: String) -> String {
    text.split(separator: ".", omittingEmptySubsequences: false).joined(separator: "\\.")
  }

  // MARK: - Names

  /// A key that looks like the first one that is not there.
  private var slip: String? {
    var node = root
    for (index, part) in path.parts.enumerated() {
      switch tree.shape(node) {
      case .mapping:
        if let next = tree.field(part.key, of: node) {
          node = next
          continue
        }
        return part.isElement || part.isWildcard ? nil : key(at: index, in: node)
      case .sequence:
        let elements = tree.children(of: node)
        guard let number = part.number, elements.indices.contains(number) else { return nil }
        node = elements[number]
      case .scalar: return nil
      }
    }
    return nil
  }

  private func key(at index: Int, in mapping: NodeID) -> String? {
    let keys = tree.children(of: mapping).prefix(2000).map { tree.symbols.string(tree.key($0)) }
    let rest = path.parts[index...].map(\.string)
    // A dot ends a key unless it is escaped.
    for count in stride(from: rest.count, to: 1, by: -1) {
      let whole = rest.prefix(count).joined(separator: ".")
      if keys.contains(whole) { return "did you mean \"\(Self.key(whole))\"?" }
    }
    return Suggestion.nearest(to: rest[0], among: keys).map { "did you mean \"\($0)\"?" }
  }
}
