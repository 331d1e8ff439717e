internal import Lamina

/// The way from the root of an object to the value that is being looked at.
struct ObjectPath {
  enum Step {
    case key(Symbol)
    /// A field of a mapping whose keys are free; it is called with the key of the mapping in front.
    case entry(Symbol)
    /// An element of a list, with the keys that tell it apart.
    case element(index: Int, node: NodeID, keys: [String])
  }

  /// Grows and shrinks with the walk; the text is only made for a finding.
  private var steps: [Step] = []

  mutating func append(_ step: Step) { steps.append(step) }
  mutating func removeLast() { steps.removeLast() }

  var isEmpty: Bool { steps.isEmpty }

  /// The last key and what comes behind it.
  func tail(in tree: Tree) -> String {
    let start = steps.lastIndex { if case .key = $0 { true } else { false } } ?? 0
    return Self.text(steps[start...], in: tree)
  }

  func text(in tree: Tree) -> String { Self.text(steps[...], in: tree) }

  private static func text(_ steps: ArraySlice<Step>, in tree: Tree) -> String {
    var text = ""
    for step in steps {
      switch step {
      case .key(let symbol), .entry(let symbol):
        let key = tree.symbols.string(symbol)
        if isPlain(key) { text += text.isEmpty ? key : ".\(key)" } else { text += "[\"\(key)\"]" }
      case .element(let index, let node, let keys):
        text += "[\(name(of: node, keys, in: tree) ?? "\(index)")]"
      }
    }
    return text
  }

  /// `name=web`, from the fields that tell an element apart; nil where one of them is no scalar.
  private static func name(of element: NodeID, _ keys: [String], in tree: Tree) -> String? {
    if keys.isEmpty { return nil }
    var parts: [String] = []
    for key in keys {
      let bytes = Array(key.utf8)
      guard let symbol = tree.symbols.find(bytes.span),
        let value = tree.field(symbol, of: element), tree.shape(value) == .scalar
      else { continue }
      parts.append("\(key)=\(tree.string(value))")
    }
    return parts.isEmpty ? nil : parts.joined(separator: ",")
  }

  /// A key that can stand between dots without brackets.
  private static func isPlain(_ key: String) -> Bool {
    !key.isEmpty && !key.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }
  }
}
