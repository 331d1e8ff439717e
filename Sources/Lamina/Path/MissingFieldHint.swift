/// Guesses why the path of a replacement leads nowhere in an object, for the hint of a message.
struct MissingFieldHint {
  private let path: FieldPath
  private let root: NodeID
  private let tree: Tree

  /// Made after a path has led nowhere; looking costs a walk along the path.
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
    var rest = tree.symbols.string(path.text)[...].unicodeScalars
    while let first = rest.first {
      if first == "." {
        rest.removeFirst()
      } else if first == "[", let (inner, after) = Substring(rest.dropFirst()).cut(at: "]") {
        let isCondition = inner.unicodeScalars.contains("=")
        parts.append(isCondition ? "[\(inner)]" : FieldPath.dotted(Self.unquoted(inner)))
        rest = after.unicodeScalars
      } else {
        let name = rest.prefix { $0 != "." && $0 != "[" }
        if name.isEmpty { return nil }
        parts.append(String(name))
        rest = rest[name.endIndex...]
      }
    }
    return parts.joined(separator: ".")
  }

  /// The text without a pair of quotes around it.
  private static func unquoted(_ text: Substring) -> String {
    for quote in ["\"", "'"]
    where text.count > 1 && text.begins(with: quote) && text.ends(with: quote) {
      return String(text.dropFirst().dropLast())
    }
    return String(text)
  }

  // MARK: - Names

  /// A key that looks like the first one that is not there.
  private var slip: String? {
    let end = FirstMissing(
      in: path, upTo: path.steps.count, below: root, entersScalars: true, .leadNowhere, of: tree)
    guard end.step < path.steps.count else { return nil }
    let step = path.steps[end.step]
    if tree.shape(end.node) == .sequence { return element(for: step, of: end.node) }
    guard tree.shape(end.node) == .mapping else { return nil }
    return step.isInBrackets || step.kind == .wildcard ? nil : key(at: end.step, in: end.node)
  }

  /// The element that was probably meant by `[name=wbe]`, or by a plain name in the place of a list's step.
  private func element(for step: FieldPath.Step, of list: NodeID) -> String? {
    var field = Symbol.name
    var wanted = tree.symbols.string(step.key)
    switch step.kind {
    case .element(let name, let value):
      if name.isEmpty { return nil }
      (field, wanted) = (name, tree.symbols.string(value))
    case .key: break
    default: return nil
    }
    let key = tree.symbols.string(field)
    let texts = tree.children(of: list).prefix(2000).compactMap { element in
      tree.shape(element) == .mapping ? tree.field(field, of: element).map { tree.string($0) } : nil
    }
    if step.kind == .key, texts.contains(bytesOf: wanted) {
      return "write it as [\(key)=\(wanted)]"
    }
    return Suggestion.nearest(to: wanted, among: texts).map { "did you mean [\(key)=\($0)]?" }
  }

  /// A key that is the next steps joined by dots, or one that is nearly the next step.
  private func key(at index: Int, in mapping: NodeID) -> String? {
    let keys = tree.children(of: mapping).prefix(2000).map { tree.symbols.string(tree.key($0)) }
    let rest = path.steps[index...].map { tree.symbols.string($0.key) }
    // A dot ends a key unless it is escaped.
    for count in stride(from: rest.count, to: 1, by: -1) {
      let whole = rest.prefix(count).joined(separator: ".")
      if keys.contains(bytesOf: whole) { return "did you mean \"\(FieldPath.dotted(whole))\"?" }
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
