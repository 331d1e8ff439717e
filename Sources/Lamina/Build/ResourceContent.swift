/// The fields of a rendered resource.
public struct ResourceContent: Sendable {
  private let document: Document
  private let root: NodeID
  private let source: NodeID
  private let stage: FinalStage

  /// What was printed, as a tree. Shared by all values that are taken from it.
  fileprivate final class Document: Sendable {
    let tree: Tree

    init(_ tree: Tree) { self.tree = tree }
  }

  init(
    yaml: [UInt8], name: String, of source: NodeID, in stage: FinalStage
  ) throws(Diagnostic) {
    var tree = Tree()
    var sources = SourceMap()
    let file = sources.add(path: name, bytes: yaml)
    do {
      let document = try YAMLReader.firstDocument(ofFile: file, into: &tree, sources: sources)
      root = document ?? tree.addMapping(at: .none)
    } catch { throw Diagnostic(error, in: sources) }
    document = Document(tree)
    self.source = source
    self.stage = stage
  }

  /// The resource as JSON on one line, with sorted keys.
  public var json: [UInt8] { JSONPrinter.bytes(of: root, in: document.tree) }

  /// The value at the end of a way of keys and indices; nil where there is none.
  ///
  /// No steps lead to the resource itself.
  public func value(at path: FieldStep...) -> FieldValue? { value(at: path) }

  /// The value at the end of a way of keys and indices; nil where there is none.
  public func value(at path: [FieldStep]) -> FieldValue? {
    var node = root
    var origin: NodeID? = source
    for step in path {
      guard let next = document.tree.value(at: step, of: node) else { return nil }
      node = next
      origin = origin.flatMap { stage.tree.value(at: step, of: $0) }
    }
    return FieldValue(node, in: document.tree, location: origin.flatMap { stage.location(of: $0) })
  }
}

extension RenderedResource {
  /// Where a field comes from; nil where there is none, or where the build made it of something else.
  package func location(at path: [FieldStep]) -> Diagnostic.Location? {
    var node = root
    for step in path {
      guard let next = stage.tree.value(at: step, of: node) else { return nil }
      node = next
    }
    return stage.location(of: node)
  }
}

/// One step on the way to a field.
public enum FieldStep: Sendable, Hashable {
  /// Into the value of a mapping's key.
  case key(String)
  /// Into an element of a list; the first has 0.
  case index(Int)
}

extension FieldStep: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  public init(stringLiteral key: String) { self = .key(key) }
  public init(integerLiteral index: Int) { self = .index(index) }
}

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

  fileprivate init(_ node: NodeID, in tree: Tree, location: Diagnostic.Location?) {
    self.location = location
    json = JSONPrinter.bytes(of: node, in: tree)
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

extension Tree {
  /// What a printed value is to its readers.
  func printedKind(of node: NodeID) -> FieldValue.Kind {
    switch shape(node) {
    case .sequence: return .list
    case .mapping: return .mapping
    case .scalar: break
    }
    switch meaning(of: node) {
    case .null: return .null
    case .bool: return .bool
    case .integer, .float: return .number
    default: return .string
    }
  }

  /// The value one step further, where the collection has one there.
  fileprivate func value(at step: FieldStep, of node: NodeID) -> NodeID? {
    switch step {
    case .key(let text):
      let bytes = Array(text.utf8)
      guard shape(node) == .mapping, let key = symbols.find(bytes.span) else { return nil }
      return field(key, of: node)
    case .index(let index):
      guard shape(node) == .sequence else { return nil }
      let elements = children(of: node)
      return elements.indices.contains(index) ? elements[index] : nil
    }
  }
}
