internal import Lamina

/// A scalar that an enumeration of a custom kind allows. Numbers are compared by what they stand for.
enum CustomValue: Sendable, Equatable {
  case null
  case boolean(Bool)
  case number(Double)
  case string(ByteText)

  /// Nil for collections.
  init?(_ node: NodeID, in tree: Tree) {
    switch TreeValue(node, in: tree) {
    case .null: self = .null
    case .boolean: self = .boolean(tree.isTrue(node))
    case .integer, .float:
      guard let number = Double(tree.string(node)) else { return nil }
      self = .number(number)
    case .string: self = .string(ByteText(tree.string(node)))
    case .mapping, .list: return nil
    }
  }

  /// The elements of a list; nil where one of them is no scalar.
  static func values(_ list: NodeID, in tree: Tree) -> [CustomValue]? {
    guard tree.shape(list) == .sequence else { return nil }
    var values: [CustomValue] = []
    for element in tree.children(of: list) {
      guard let value = CustomValue(element, in: tree) else { return nil }
      values.append(value)
    }
    return values
  }

  /// As YAML prints it, without quotes.
  var text: String {
    switch self {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .number(let value): value.asText
    case .string(let text): text.string
    }
  }
}

extension Double {
  /// Without a fraction where there is none.
  var asText: String { Int64(exactly: self).map { String($0) } ?? String(self) }
}
