/// A regular expression that is just letters, digits, dashes and underscores, as nearly all are: it matches
/// the texts that it is a part of.
///
/// The slow way is to print the scalar and to run a `Pattern` on that; `LiteralExpressionTests` holds the two
/// equal.
struct LiteralExpression {
  /// The word.
  private let bytes: [UInt8]

  /// Beyond this, to look for the word at every place costs more than to read the expression.
  private static let longest = 256

  /// Nil for an expression that may say more than that.
  init?(_ expression: [UInt8]) {
    guard Self.isLiteral(expression.span) else { return nil }
    bytes = expression
  }

  /// Whether an expression says no more than that.
  static func isLiteral(_ expression: Span<UInt8>) -> Bool {
    expression.count <= longest
      && expression.indices.allSatisfy { expression[$0].isLiteralInExpressions }
  }

  /// Whether the word is a part of a scalar as it is printed; nil where that has to be printed to be
  /// known. Quotes around such a text make no difference.
  func isPart(of node: NodeID, in tree: Tree) -> Bool? {
    Self.isPart(bytes.span, of: node, in: tree)
  }

  /// The same for a word that is known to be one.
  static func isPart(_ word: Span<UInt8>, of node: NodeID, in tree: Tree) -> Bool? {
    guard tree.shape(node) == .scalar,
      tree[node].flags.isDisjoint(with: [.literal, .folded, .explicitTag])
    else { return nil }
    return tree.withText(node) { text in
      guard text.count > 0, isLiteral(text) else { return nil }
      guard text.count >= word.count else { return false }
      return (0...(text.count - word.count)).contains { start in
        word.indices.allSatisfy { text[start + $0] == word[$0] }
      }
    }
  }
}

extension UInt8 {
  /// A letter, a digit, a dash or an underscore: in an expression it means nothing but itself.
  var isLiteralInExpressions: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
