/// Looks at the values of rendered resources, for those that compare them.
///
/// What it learns of kinds and keys it keeps, so that one reader serves all resources of a rendering.
package struct ObjectReader: Sendable {
  private let stage: FinalStage
  /// A copy of the rendering's tree, which is shared storage until `replace` or a new symbol
  /// changes it.
  private var tree: Tree
  /// Remembers the types that it has looked up.
  private var schema = Schema.builtIn
  /// The rendering does not know all keys of the tree.
  private var hasNewKeys = false

  /// A value of an object, and what is known of its type.
  package struct Node: Sendable {
    fileprivate let id: NodeID
    fileprivate let type: Schema.TypeID?
  }

  /// A reader for the resources of the same rendering as this one.
  package init(for resource: RenderedResource) {
    stage = resource.stage
    tree = resource.stage.tree
    tree.stack = .ofThread
  }

  /// Whether a resource is one of the rendering.
  package func reads(_ resource: RenderedResource) -> Bool { resource.stage === stage }

  /// The root of a resource of the rendering.
  ///
  /// The type is that of the kind the object says it is; nil for custom kinds.
  package mutating func root(of resource: RenderedResource) -> Node {
    let apiVersion = tree.symbol(of: tree.field(.apiVersion, of: resource.root))
    let kind = tree.symbol(of: tree.field(.kind, of: resource.root))
    return Node(
      id: resource.root, type: schema.type(apiVersion: apiVersion, kind: kind, in: &tree))
  }

  // MARK: - Looking at values

  package func kind(of node: Node) -> FieldValue.Kind { tree.printedKind(of: node.id) }

  /// The text of a scalar.
  package func text(of node: Node) -> String { tree.string(node.id) }

  /// Whether a scalar, or a part of it, was copied from the data of a Secret.
  package func isCopiedSecret(_ node: Node) -> Bool { tree.ledger.isSecret(tree.writer(node.id)) }

  /// Whether the key of a value of a Secret's data may be a part of a value itself.
  package func hasSecretKey(_ node: Node) -> Bool { tree.hasSecretKey(node.id) }

  /// The entries of a mapping, in the order in which they are printed.
  package mutating func entries(of mapping: Node) -> [(key: String, value: Node)] {
    var entries: [(key: String, value: Node)] = []
    for child in tree.children(of: mapping.id) {
      let key = tree.key(child)
      let type = mapping.type.flatMap { schema.field(key, of: $0, in: &tree) }
      entries.append((tree.symbols.string(key), Node(id: child, type: type)))
    }
    return entries
  }

  /// The elements of a list.
  package mutating func elements(of list: Node) -> [Node] {
    let type = list.type.flatMap { schema.elements(of: $0, in: &tree) }
    return tree.children(of: list.id).map { Node(id: $0, type: type) }
  }

  /// The keys by which the elements of a list are told apart; none where nothing is known of the list,
  /// or where its elements are scalars.
  package mutating func mergeKeys(of list: Node) -> [String] {
    guard let type = list.type, let keys = schema.mergeKeys(of: type, in: &tree) else { return [] }
    return keys.map { tree.symbols.string($0) }
  }

  // MARK: - Printing

  /// Puts a text in the place of a value, for this reader only.
  ///
  /// Diffs hide secrets this way before they print an object.
  package mutating func replace(_ node: Node, with text: String) {
    tree.setScalar(node.id, text, tag: .string, by: tree.writer(node.id))
    tree.setFlags([], of: node.id)
  }

  /// Puts another key in the place of that of a value, for this reader only.
  package mutating func replaceKey(of node: Node, with text: String) {
    let key = tree.symbols.intern(text)
    tree.setKey(key, of: node.id)
    hasNewKeys = true
  }

  /// The object as a rendering prints it.
  package func yaml(of object: Node) throws(Diagnostic) -> [UInt8] {
    var ranks = stage.ranks
    if hasNewKeys { ranks.addKeys(of: tree.symbols) }
    var printer = TreePrinter(tree, ranks)
    do {
      try printer.print(object.id)
      return printer.take()
    } catch { throw Diagnostic(error, in: SourceMap()) }
  }

  /// The number of bytes that a text in base64 stands for; nil where it is none.
  package static func decodedCount(ofBase64 text: String) -> Int? {
    let bytes = Array(text.utf8)
    return decodeBase64(bytes.span)?.count
  }

  /// The text that a text in base64 stands for; nil where it is none, or stands for no text.
  package static func decoded(base64 text: String) -> String? {
    let bytes = Array(text.utf8)
    return decodeBase64(bytes.span).flatMap { String(validating: $0, as: UTF8.self) }
  }

  /// A JSON object or array with a line for each entry; nil where the text is something else.
  ///
  /// Values of annotations and config maps often hold JSON on one line, which no diff can show.
  package static func layOut(json text: String) -> [UInt8]? {
    let bytes = Array(text.utf8)
    guard bytes.first == UInt8(ascii: "{") || bytes.first == UInt8(ascii: "[") else { return nil }
    var tree = Tree()
    tree.stack = .ofThread
    var sources = SourceMap()
    let file = sources.add(path: "", bytes: bytes)
    guard let root = try? JSONReader.document(ofFile: file, into: &tree, sources: sources) else {
      return nil
    }
    return JSONWriter.bytes(of: root, in: tree, isPretty: true)
  }
}

extension RenderedResource {
  /// The build of the resource copied values of Secrets to other places.
  package var isOfBuildThatCopiesSecrets: Bool { stage.tree.ledger.copiesSecrets }
}
