extension Pattern {
  /// A condition on a place in the text that consumes nothing.
  enum Assertion: Sendable {
    case beginText
    case endText
    case beginLine
    case endLine
    case wordBoundary
    case notWordBoundary
  }

  /// A parsed expression, its nodes in one array so that no walk needs recursion.
  struct Tree: Sendable {
    /// Every node; children come before the node that refers to them.
    var nodes: [Node] = []

    /// The character classes the nodes refer to.
    var sets: [ScalarSet] = []

    /// The node of the whole expression.
    var root = 0
  }
}

extension Pattern.Tree {
  /// One piece of an expression, with the measures that limit expressions.
  struct Node: Sendable {
    /// What a node stands for; children are indices of nodes.
    enum Kind: Sendable {
      case empty
      case scalar(UInt32, isFolded: Bool)
      case set(Int)
      case anyScalar
      case anyExceptNewline
      case assertion(Pattern.Assertion)
      case repetition(Int, minimum: Int, maximum: Int?)
      case concatenation([Int])
      case alternation([Int])
      case group(Int)
    }

    /// How far a node is plain text, which counts as one level however long it is.
    enum Text: Sendable {
      case none
      case exact
      case folded
    }

    /// What the node stands for.
    let kind: Kind

    /// How many levels the node has.
    var height = 1

    /// How many instructions the node takes at most.
    var size = 1

    /// The largest product of nested repeat counts.
    var repeats = 1

    /// Whether the node is plain text.
    var text = Text.none

    /// True when the node always consumes exactly one code point.
    var isSingle = false
  }

  /// The node for one piece and its measures, computed from its children.
  ///
  /// Source: Go regexp/syntax, the limits on height, size and repetition.
  func measured(_ kind: Node.Kind) -> Node {
    switch kind {
    case .scalar(_, let isFolded):
      Node(kind: kind, text: isFolded ? .folded : .exact, isSingle: true)
    case .set, .anyScalar, .anyExceptNewline:
      Node(kind: kind, isSingle: true)
    case .empty, .assertion:
      Node(kind: kind)
    case .group(let child):
      Node(
        kind: kind, height: nodes[child].height + 1, size: nodes[child].size + 2,
        repeats: nodes[child].repeats)
    case .repetition(let child, let minimum, let maximum):
      measuredRepetition(kind, of: nodes[child], minimum: minimum, maximum: maximum)
    case .concatenation(let children):
      measuredConcatenation(kind, of: children)
    case .alternation(let children):
      measuredAlternation(kind, of: children)
    }
  }

  /// The measures of a repetition: counted ones are written out as copies.
  ///
  /// `x{2,4}` is `xx` and two forks with an `x` each.
  private func measuredRepetition(
    _ kind: Node.Kind, of child: Node, minimum: Int, maximum: Int?
  ) -> Node {
    var node = Node(kind: kind, height: child.height + 1)
    guard let maximum else {
      node.size = minimum == 0 ? child.size + 2 : minimum * child.size + 1
      node.repeats = max(minimum, 1) * child.repeats
      return node
    }
    node.size = max(maximum * child.size + maximum - minimum, 1)
    node.repeats = maximum == 0 ? 1 : maximum * child.repeats
    return node
  }

  /// The measures of a sequence: plain text in a row and nested sequences add no level.
  private func measuredConcatenation(_ kind: Node.Kind, of children: [Int]) -> Node {
    var node = Node(kind: kind, size: 0)
    node.text = children.first.map { nodes[$0].text } ?? .none
    for child in children {
      let part = nodes[child]
      if part.text != node.text { node.text = .none }
      node.size += part.size
      node.repeats = max(node.repeats, part.repeats)
      node.height = max(node.height, part.height + (part.isFlattenedInSequence ? 0 : 1))
    }
    if node.text != .none { node.height = 1 }
    return node
  }

  /// The measures of a choice: one between single code points is as flat as a class.
  private func measuredAlternation(_ kind: Node.Kind, of children: [Int]) -> Node {
    var node = Node(kind: kind, size: max(children.count - 1, 0), isSingle: true)
    var isFlat = true
    for child in children {
      let part = nodes[child]
      node.isSingle = node.isSingle && part.isSingle
      isFlat = isFlat && part.isEmpty
      node.size += part.size
      node.repeats = max(node.repeats, part.repeats)
      node.height = max(node.height, part.height + (part.isFlattenedInChoice ? 0 : 1))
    }
    if node.isSingle || isFlat { node.height = 1 }
    return node
  }
}

extension Pattern.Tree.Node {
  /// True when the node matches only the empty text, by being empty.
  var isEmpty: Bool {
    if case .empty = kind { true } else { false }
  }

  /// True for a sequence, which dissolves in the sequence around it.
  var isFlattenedInSequence: Bool {
    if case .concatenation = kind { text == .none } else { false }
  }

  /// True for a choice, which dissolves in the choice around it.
  var isFlattenedInChoice: Bool {
    if case .alternation = kind { !isSingle } else { false }
  }
}
