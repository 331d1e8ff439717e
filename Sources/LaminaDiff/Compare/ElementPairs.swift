internal import Lamina

/// Which elements of two lists belong together.
struct ElementPairs {
  struct Pair {
    /// The way to the element.
    let step: ChangedPath.Step
    /// Places in the two lists; nil where only one has the element.
    let old: Int?
    let new: Int?
  }

  /// What differs or may differ, in the order of the new list; what only the old one has stands behind
  /// what it followed there.
  let all: [Pair]
  /// Elements that both lists have, in a few words, in the order of each; empty if that is the same.
  let oldOrder: [ElementWords]
  let newOrder: [ElementWords]

  var isReordered: Bool { !oldOrder.isEmpty }
}

/// An element in a few words, for those who read of an order.
struct ElementWords: CustomStringConvertible {
  let description: String

  init(_ words: String) { description = words }

  /// The text of a scalar, or the first field of a mapping that has one; cut where it is long.
  init(_ value: ComparedValue) {
    description = Self.cut(Self.words(of: value))
  }

  private static func words(of value: ComparedValue) -> String {
    if let text = value.keyText { return text }
    switch value {
    case .null: return "null"
    case .secret(let secret): return "(secret, \(secret.byteCount) bytes)"
    case .list(let list): return "[\(list.elements.first.map { words(of: $0) } ?? "")…]"
    case .mapping(let entries):
      for name in ["name", "key", "id"] {
        if let text = value[name]?.keyText { return "\(name)=\(text)" }
      }
      guard let first = entries.first(where: { $0.value.keyText != nil }) ?? entries.first else {
        return "{}"
      }
      return "\(first.key.string)=\(words(of: first.value))"
    default: return ""
    }
  }

  private static func cut(_ text: String) -> String {
    let line = text.cut(at: "\n")?.before ?? text[...]
    return line.count > 60 || line.utf8.count < text.utf8.count ? "\(line.prefix(60))…" : text
  }
}
