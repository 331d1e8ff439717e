internal import Lamina

/// What a scalar of the wrong type was probably meant to be, in YAML.
enum ScalarGuess {
  /// The same text in quotes.
  static func string(_ node: NodeID, in tree: Tree) -> String? {
    tree.shape(node) == .scalar ? "\"\(tree.string(node))\"" : nil
  }

  /// A text as YAML has to write it to be of the same type as another value.
  static func plain(_ text: String, like value: CustomValue) -> String {
    guard case .string = value else { return text }
    let bytes = Array(text.utf8)
    return PlainScalar.isString(bytes.span) && PlainScalar.allowsPlain(bytes.span)
      ? text : "\"\(text)\""
  }

  /// The text of a string without quotes, if that is an integer.
  static func integer(_ node: NodeID, in tree: Tree) -> String? {
    text(of: node, in: tree).flatMap { Int64($0) == nil ? nil : $0 }
  }

  /// The text of a string without quotes, if that is a number.
  static func number(_ node: NodeID, in tree: Tree) -> String? {
    text(of: node, in: tree).flatMap { Double($0)?.isFinite == true ? $0 : nil }
  }

  /// The boolean that a string spells, also with a word of YAML 1.1.
  static func boolean(_ node: NodeID, in tree: Tree) -> String? {
    switch text(of: node, in: tree)?.lowercased() {
    case "true", "yes", "on": "true"
    case "false", "no", "off": "false"
    default: nil
    }
  }

  /// A list of the value alone, where it could be its element.
  static func list(_ node: NodeID, of type: FactTypes.List, in tree: Tree) -> String? {
    guard case .string = TreeValue(node, in: tree), type.elements == .string else { return nil }
    return "[\"\(tree.string(node))\"]"
  }

  /// Nil for what is no string.
  private static func text(of node: NodeID, in tree: Tree) -> String? {
    guard case .string = TreeValue(node, in: tree) else { return nil }
    return tree.string(node)
  }
}
