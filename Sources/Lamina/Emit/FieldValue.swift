/// A value of a rendered resource, as it is printed.
public struct FieldValue: Sendable, Equatable {
  /// What a value is to a reader of YAML 1.2, as Kubernetes reads it.
  public enum Kind: String, Sendable {
    /// Nothing: `null`, `~` or no text.
    case null
    /// `true` or `false`.
    case bool
    /// An integer or a number with a fraction; `FieldValue.text` has its digits.
    case number
    /// A text.
    case string
    /// Keys with a value each.
    case mapping
    /// Elements in an order.
    case list
  }

  /// What the value is.
  public let kind: Kind
  /// The text of a string, number or boolean, without quotes; nil for all others.
  public let text: String?
  /// The keys of a mapping, in the order in which they are printed.
  public let keys: [String]
  /// The number of a mapping's entries or a list's elements, else 0.
  public let count: Int
  /// The value as JSON on one line, with sorted keys.
  public let json: [UInt8]
  /// The file, line and column that the value comes from; nil where a program printed it, or where the
  /// build made it of something else.
  public let location: Diagnostic.Location?

  /// All is taken out of the tree at once, so that a value does not keep the whole build.
  init(_ node: NodeID, in stage: FinalStage) {
    location = stage.location(of: node)
    let tree = stage.tree
    json = JSONWriter.bytes(of: node, in: tree)
    let children = tree.children(of: node)
    count = children.count
    switch tree.shape(node) {
    case .sequence: (kind, text, keys) = (.list, nil, [])
    case .mapping:
      (kind, text) = (.mapping, nil)
      keys = children.map { tree.symbols.string(tree.key($0)) }
    case .scalar:
      keys = []
      kind = tree.printedKind(of: node)
      text = kind == .null ? nil : tree.string(node)
    }
  }
}
